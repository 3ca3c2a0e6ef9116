"""What comes in: rows of J-Quants Pro, compared with the vintages that the store has."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from investor_flows.accounts import doubts
from investor_flows.announcements import Announcement
from investor_flows.errors import SourceTooLarge
from investor_flows.model import JST, Held, Measure, Record, Vintage
from investor_flows.news import Release, Role
from investor_flows.plausibility import misfits
from investor_flows.progress import Progress
from investor_flows.releases import Stored, Week, by_release, find_news, held_record, week_of

HISTORY_BEGINS = date(2008, 1, 1)

OVERLAP = timedelta(days=35)
"""How far back a poll looks behind the newest release: corrections and late rows of five weeks are seen at once."""

NEIGHBOURHOOD = timedelta(days=35)
"""How far around a week lie the weeks that its size is compared with."""

MOST_DOUBTS = 5

AHEAD = timedelta(days=14)
"""A row may come so long before its day, and waits for it; any longer, and the date is wrong."""

Rows = Sequence[Record | Held]
Window = tuple[date, date]


class Source(Protocol):
    """Where rows come from: J-Quants Pro."""

    def rows(self, measure: Measure, window: Window | None = None) -> Iterable[Record | Held]:
        """Every row of a window or of all time; raises SourceError where the answer is not whole."""
        ...

    def connected(self) -> AbstractContextManager[None]:
        """Share one connection among all that is asked inside."""
        ...


class Store(Protocol):
    """Where vintages and announcements are kept."""

    def progress(self) -> Progress:
        """How far polling has come; an older state may be read, which `add` then refuses."""
        ...

    def vintages(self, section: str, measure: Measure, first: date, last: date) -> Iterable[Vintage]:
        """All vintages of the weeks that end from `first` to `last`."""
        ...

    def was_announced(self, published_date: date) -> bool:
        """Whether readers are owed or have had this date's release; a correction of that date is none."""
        ...

    def add(self, progress: Progress, announcements: Sequence[Announcement], vintages: Sequence[Vintage]) -> Progress:
        """Write all in one transaction, or raise Outrun where another poll was faster."""
        ...

    def hold(self, held: Held, first_seen_at: datetime) -> bool:
        """Keep a held row apart; say whether it is new."""
        ...

    def offer_again(self, untold_since: datetime, now: datetime) -> int:
        """Offer announcements that are still untold to the stream again, and count them."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """What a poll did, in counts. `outrun`: another poll stored first, so this one left the rest to it."""

    rows: int = 0
    new: int = 0
    revised: int = 0
    restated: int = 0
    held: int = 0
    announced: int = 0
    waiting: int = 0
    offered_again: int = 0
    overdue: int = 0
    last_published: str | None = None  # the newest release that is stored
    hours_overdue: int | None = None  # since the next one was expected
    outrun: bool = False
    unknown_sections: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def noting(self, found: "Comparison") -> "Report":
        """Count in what was held and what looks odd; of a long history the first few oddities will do."""
        return replace(self, held=self.held + found.held, doubts=(*self.doubts, *found.doubts)[:MOST_DOUBTS])

    def plus(self, release: Release, announced: int) -> "Report":
        """Count a stored release in."""
        roles = [item.role for item in release.news]
        return replace(
            self,
            new=self.new + len(roles) - roles.count(Role.REVISED) - roles.count(Role.RESTATED),
            revised=self.revised + roles.count(Role.REVISED),
            restated=self.restated + roles.count(Role.RESTATED),
            announced=self.announced + announced,
        )


def today(now: datetime) -> date:
    """The business day: Japan's calendar date."""
    return now.astimezone(JST).date()


def fetch(source: Source, now: datetime, window: Window | None = None) -> Rows:
    """Fetch value and volume of a window or of all time, without rows whose day is still to come."""
    with source.connected():
        rows = [row for measure in Measure for row in _rows(source, measure, window, today(now))]
    dated = [_held_if_far_ahead(row, today(now) + AHEAD) for row in rows]
    return [row for row in dated if row.published_date is None or row.published_date <= today(now)]


def _rows(source: Source, measure: Measure, window: Window | None, last: date) -> Rows:
    """Ask for all of it; where that is too large for one answer, for its parts, down to a single day."""
    try:
        return list(source.rows(measure, window))
    except SourceTooLarge:
        if window and window[0] >= window[1]:
            raise
        spans = halves(*window) if window else years(HISTORY_BEGINS, last)
        return [row for span in spans for row in _rows(source, measure, span, last)]


def _held_if_far_ahead(row: Record | Held, last: date) -> Record | Held:
    """Hold a row that says it is published after the last day; as held, it says no date."""
    if row.published_date is None or row.published_date <= last:
        return row
    held = held_record(row, f"PublishedDate {row.published_date} is too far ahead") if isinstance(row, Record) else row
    return replace(held, published_date=None)


def years(first: date, last: date) -> Iterator[Window]:
    """Cut a span into calendar years: small answers, and places to go on from."""
    for year in range(first.year, last.year + 1):
        yield max(first, date(year, 1, 1)), min(last, date(year, 12, 31))


def halves(first: date, last: date) -> Iterator[Window]:
    """Cut a span of two days or more in two."""
    middle = first + (last - first) // 2
    yield first, middle
    yield middle + timedelta(days=1), last


@dataclass(frozen=True, slots=True)
class Comparison:
    """What received rows come to: releases with news, and how many rows were held that were not held before.

    `contested` rows contradict each other or their series: a later poll looks again, since they may turn out right.
    `kept_apart` are the same, each with the reason.
    `doubts` are about rows that break an identity which is plausible, and not proven.
    """

    releases: list[Release]
    held: int
    contested: frozenset[Record]
    kept_apart: list[Held]
    doubts: list[str]


def compare(store: Store, now: datetime, unseen: Rows, received: Rows) -> Comparison:
    """Find the releases in the unseen rows, and keep apart what must be held."""
    records = [row for row in unseen if isinstance(row, Record)]
    stored = _stored(store, records)
    unfit = misfits(records, (vintage.record for vintages in stored.values() for vintage in vintages))
    news, conflicting = find_news((record for record in records if record not in unfit), stored, now)
    kept_apart = [*conflicting, *(held_record(record, reason) for record, reason in unfit.items())]
    held = dict.fromkeys([*(row for row in unseen if isinstance(row, Held)), *kept_apart])
    contested = frozenset(row.record for row in kept_apart if row.record)
    newly_held = sum(store.hold(row, now) for row in held)
    odd = [doubt for item in news for doubt in doubts(item.vintage.record)]
    return Comparison(by_release(news, received, kept_apart, stored), newly_held, contested, kept_apart, odd)


def _stored(store: Store, records: Iterable[Record]) -> Stored:
    """Read the weeks of the records and those around them, by value and by volume."""
    ends: defaultdict[tuple[str, Measure], list[date]] = defaultdict(list)
    for record in records:
        for measure in Measure:
            ends[record.section, measure].append(record.end_date)
    stored: defaultdict[Week, list[Vintage]] = defaultdict(list)
    for (section, measure), days in ends.items():
        around = min(days) - NEIGHBOURHOOD, max(days) + NEIGHBOURHOOD
        for vintage in store.vintages(section, measure, *around):
            stored[week_of(vintage.record)].append(vintage)
    return stored
