"""The reckoning: once everything is at rest, what is stored and what readers saw, against what the vendor served."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from investor_flows.announcements import Announcement, Kind, Occasion
from investor_flows.asof import Clock
from investor_flows.intake import OVERLAP
from investor_flows.model import JST, Measure, Vintage
from investor_flows.releases import week_of

from tests.unit.republishing import Republishing, key_of
from tests.unit.virtual_stack import VirtualStack

type Series = tuple[str, Measure]


def as_of(vintages: Iterable[Vintage], series: Series, day: date, clock: Clock) -> list[Vintage]:
    """What was known of a series at the end of a day: of each week the newest vintage, oldest week first."""
    newest: dict[date, Vintage] = {}
    for vintage in sorted(vintages, key=lambda each: each.order):
        known = vintage.known_on if clock is Clock.VENDOR else seen_on(vintage)
        if (vintage.record.section, vintage.record.measure) == series and known <= day:
            newest[vintage.record.end_date] = vintage
    return [newest[end] for end in sorted(newest)]


def seen_on(vintage: Vintage) -> date:
    """The day, in Japan, on which a vintage was first seen."""
    return vintage.first_seen_at.astimezone(JST).date()


def seen_and_published(vintage: Vintage) -> tuple[datetime, date, int]:
    """The order in which vintages come to be stored."""
    return vintage.first_seen_at, *vintage.order


def reckon(stack: VirtualStack, vendor: Republishing, vintages: Iterable[Vintage], today: date) -> None:
    """See that nothing is lost, doubled or invented. The vintages are in the order of their storing."""
    stored = list(vintages)
    _nothing_served_is_missing(vendor, stored, today)
    _every_vintage_is_announced_once(stack.announced, stored)
    _news_is_told(stack.announced, stored)
    _notices_come_in_pairs(stack.announced, stored)
    for announcement in stack.announced:
        _readers_saw(stack, announcement)
    assert all(len(set(post.marks)) == len(post.marks) for post in stack.board.posts)


def _nothing_served_is_missing(vendor: Republishing, stored: list[Vintage], today: date) -> None:
    chains: defaultdict[object, list[Vintage]] = defaultdict(list)
    for vintage in stored:
        chains[key_of(vintage.record)].append(vintage)
    for key, record in vendor.sound.items():
        if record.published_date <= today:
            assert chains[key][-1].record == record
    for chain in chains.values():
        assert [vintage.restatement for vintage in chain] == list(range(len(chain)))


def _every_vintage_is_announced_once(announced: list[Announcement], stored: list[Vintage]) -> None:
    assert Counter(key for each in announced for key in each.keys) == Counter(vintage.key for vintage in stored)
    assert max(Counter(each.receipt for each in announced).values()) == 1


def _news_is_told(announced: list[Announcement], stored: list[Vintage]) -> None:
    """What is news to readers is in no silent announcement; what is none is in no other."""
    told = {key for each in announced if each.occasion is not Occasion.HISTORY for key in each.keys}
    begun = min(each.first_seen_at for each in announced if each.occasion is Occasion.START)
    for number, vintage in enumerate(stored):
        if vintage.first_seen_at > begun:
            news = _is_news(vintage, stored[:number])
            assert news in (None, vintage.key in told), vintage.key


def _is_news(vintage: Vintage, before: list[Vintage]) -> bool | None:
    """Whether a vintage says something new; None where it is so old that it may be history."""
    record = vintage.record
    if record.published_date < seen_on(vintage) - OVERLAP:
        return None
    week = [each for each in before if week_of(each.record) == week_of(record)]
    if vintage.restatement or not week:
        return True
    newest = max(week, key=lambda each: each.order).record
    return newest.published_date < record.published_date and newest.figures != record.figures


def _notices_come_in_pairs(announced: list[Announcement], stored: list[Vintage]) -> None:
    weeks = {kind: [each.due.end_date for each in announced if each.due and each.kind is kind] for kind in Kind}
    assert set(weeks[Kind.ARRIVED]) <= set(weeks[Kind.OVERDUE]) & {vintage.record.end_date for vintage in stored}
    assert len(set(weeks[Kind.OVERDUE])) == len(weeks[Kind.OVERDUE])


def _readers_saw(stack: VirtualStack, announcement: Announcement) -> None:
    """Each channel once; again only where a run ended between the message and the note of it. A bot not even then."""
    receipt, owed = announcement.receipt, announcement.occasion is not Occasion.HISTORY
    assert len(stack.board.of(receipt)) == len(stack.board.of(receipt, charts=True)) == owed
    for channel, seen in (("email", stack.emails), ("webhook", stack.webhook.posts)):
        assert owed <= seen.count(receipt) <= owed + stack.excused[channel, receipt]
