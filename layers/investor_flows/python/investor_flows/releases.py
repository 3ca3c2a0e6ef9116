"""From received rows to news: what is new, what it supersedes, and which release it belongs to. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from investor_flows.announcements import Announcement, Gap, Kind, Occasion
from investor_flows.model import Held, Measure, Record, Vintage
from investor_flows.news import News, Release, Role

Series = tuple[str, Measure]
Week = tuple[str, Measure, date]
Stored = Mapping[Week, Sequence[Vintage]]

CONFLICT = "two rows of one answer have the same key and other numbers"
LARGEST_PART = 86
"""Vintages stored at once: DynamoDB takes 100 items in a transaction, and announcements and progress come with them."""

MOST_HELD = 500
"""Held rows that an announcement names: an item takes 400 KB."""

_KINDS = {
    Role.INITIAL: Kind.RELEASE,
    Role.EARLIER: Kind.RELEASE,
    Role.REVISED: Kind.REVISION,
    Role.REPEATED: Kind.REVISION,
    Role.RESTATED: Kind.RESTATEMENT,
}
_PREFIXES = {Kind.RELEASE: "rel", Kind.REVISION: "rev", Kind.RESTATEMENT: "res"}


def week_of(record: Record) -> Week:
    """Name the week a record belongs to. A corrected StartDate does not make another week."""
    return record.section, record.measure, record.end_date


def fingerprint(received: Record | Held) -> bytes:
    """Stand for a received row in Progress.seen: equal rows, equal bytes."""
    text = repr((received.measure, received.raw)) if isinstance(received, Held) else repr(received)
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def find_news(records: Iterable[Record], stored: Stored, now: datetime) -> tuple[list[News], list[Held]]:
    """Compare received records with the stored vintages of their weeks; hold rows that contradict each other."""
    by_key: defaultdict[tuple[Week, date], list[Record]] = defaultdict(list)
    for record in dict.fromkeys(records):
        by_key[week_of(record), record.published_date].append(record)
    news, held = [], []
    known = {week: list(vintages) for week, vintages in stored.items()}
    for key in sorted(by_key, key=lambda key: (key[0][2], key[1], key[0])):
        rows, vintages = by_key[key], known.setdefault(key[0], [])
        unknown = _unknown(rows, vintages)
        if len(unknown) > 1:
            held += [held_record(record, CONFLICT) for record in unknown]
        for record in unknown if len(unknown) == 1 else ():
            news.append(_news(record, vintages, now))
            vintages.append(news[-1].vintage)
    return news, held


def _same_key(record: Record, vintages: Sequence[Vintage]) -> list[Vintage]:
    """The stored vintages of the record's own published row, oldest first. Another StartDate makes no other row."""
    same = [vintage for vintage in vintages if vintage.record.published_date == record.published_date]
    return sorted(same, key=lambda vintage: vintage.restatement)


def _unknown(rows: Sequence[Record], vintages: Sequence[Vintage]) -> list[Record]:
    """The rows of one key that are news. A lone row is news too where it goes back to an older state (A, B, A)."""
    same = _same_key(rows[0], vintages)
    if len(rows) == 1 and same and same[-1].record != rows[0]:
        return list(rows)
    stored = [vintage.record for vintage in same]
    return [row for row in rows if row not in stored]


def _news(record: Record, vintages: Sequence[Vintage], now: datetime) -> News:
    same = _same_key(record, vintages)
    if same:
        return News(Vintage(record, now, same[-1].restatement + 1), Role.RESTATED)
    return News(Vintage(record, now), _role(record, vintages))


def _role(record: Record, vintages: Sequence[Vintage]) -> Role:
    """What a record under a published date of its own is to the other vintages of its week."""
    if not vintages:
        return Role.INITIAL
    prior = max(vintages, key=lambda vintage: vintage.order).record
    if prior.published_date > record.published_date:
        return Role.EARLIER
    same = (prior.start_date, prior.figures) == (record.start_date, record.figures)
    return Role.REPEATED if same else Role.REVISED


def held_record(record: Record, reason: str) -> Held:
    """Hold a record that can be read but not be trusted."""
    return Held(repr(record), record.measure, reason, record.section, record.end_date, record.published_date, record)


def by_release(
    news: Iterable[News], received: Sequence[Record | Held], held: Iterable[Held], stored: Container[Week] = ()
) -> list[Release]:
    """Group news by published date, oldest first, each with what it lacks and what of it is held.

    `stored`: weeks that are there already, under another date; they are not lacking.
    """
    groups: defaultdict[date, list[News]] = defaultdict(list)
    for item in news:
        groups[item.vintage.record.published_date].append(item)
    all_held = dict.fromkeys([*(row for row in received if isinstance(row, Held)), *held])
    arrived: defaultdict[date | None, set[tuple[str | None, date | None, Measure]]] = defaultdict(set)
    for row in (*received, *all_held):
        arrived[row.published_date].add((row.section, row.end_date, row.measure))
    lacks = {day: tuple(_missing(groups[day], arrived[day], stored)) for day in groups}
    return [Release(day, tuple(groups[day]), lacks[day], held_gaps(all_held, day, day)) for day in sorted(groups)]


def _missing(
    news: Iterable[News], arrived: set[tuple[str | None, date | None, Measure]], stored: Container[Week]
) -> Iterator[Gap]:
    """Name each section of whose new week one measure came without the other. A correction may well come alone."""
    records = [item.vintage.record for item in news if item.role is Role.INITIAL]
    for section, end_date in sorted({(record.section, record.end_date) for record in records}):
        for measure in Measure:
            if (section, end_date, measure) not in arrived and (section, measure, end_date) not in stored:
                yield Gap(section, measure)


def held_gaps(held: Iterable[Held], first: date, last: date = date.max) -> tuple[Gap, ...]:
    """Name what is held of what was published from a day to a day."""
    dated = [row for row in held if row.published_date and first <= row.published_date <= last]
    gaps = {Gap(row.section or "?", row.measure, row.reason) for row in dated}
    return tuple(sorted(gaps, key=lambda gap: (gap.section, gap.measure, gap.reason)))[:MOST_HELD]


def held_up(releases: Iterable[Release], waiting: Sequence[Release]) -> list[Release]:
    """The releases that wait, and later ones with rows of their weeks: stored before, they would make them history."""
    found, weeks = list[Release](), set[Week]()
    for release in releases:
        own = {week_of(item.vintage.record) for item in release.news}
        if release in waiting or own & weeks:
            found.append(release)
            weeks |= own
    return found


def parts(release: Release) -> list[Release]:
    """Cut a release that no single transaction can take; value and volume of a week stay together."""
    news = sorted(release.news, key=lambda item: (item.vintage.record.end_date, week_of(item.vintage.record)))
    weeks: dict[tuple[date, str], list[News]] = {}
    for item in news:
        weeks.setdefault((item.vintage.record.end_date, item.vintage.record.section), []).append(item)
    cut: list[list[News]] = [[]]
    for group in weeks.values():
        if len(cut[-1]) + len(group) > LARGEST_PART:
            cut.append([])
        cut[-1].extend(group)
    return [Release(release.published_date, tuple(part), release.missing, release.held) for part in cut]


def by_kind(release: Release) -> list[Release]:
    """Cut a release into what is told apart: new week, corrections, restatements. The first says what is lacking."""
    groups = [tuple(item for item in release.news if _KINDS[item.role] is kind) for kind in Kind]
    found = [Release(release.published_date, news) for news in groups if news]
    return [replace(each, missing=release.missing, held=release.held) for each in found[:1]] + found[1:]


def announcement(release: Release, occasion: Occasion, now: datetime) -> Announcement:
    """Make what readers are owed for news of one kind. The same news always gets the same receipt."""
    [kind] = {_KINDS[item.role] for item in release.news}
    keys = tuple(item.vintage.key for item in release.news)
    content = sorted(repr((item.vintage.key, item.vintage.record.figures)) for item in release.news)
    digest = hashlib.blake2b("\n".join(content).encode(), digest_size=4).hexdigest()
    receipt = f"{_PREFIXES[kind]}-{release.published_date}-{digest}"
    return Announcement(receipt, kind, occasion, release.published_date, now, keys, release.missing, release.held)
