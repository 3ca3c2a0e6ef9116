"""What an announcement comes to: the week, its statistics, its corrections and their effects. Plain data for wording.

Figures are thousand yen for value and thousand shares for volume; None is "not published", never zero.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol

from investor_flows.announcements import Announcement, Occasion
from investor_flows.asof import Clock, as_of
from investor_flows.flows import Mover, Statistics, movers, opposite_weeks, statistics
from investor_flows.model import LEADS, Measure, Record, Vintage, VintageKey
from investor_flows.revisions import Change, Effect, compare, effects, with_revision

OTHERS_NAMED = 4
CHART_WEEKS = 52
PROMINENCE = ("TokyoNagoya", "TSEPrime", "TSE1st", "TSEStandard", "TSEGrowth", "TSE2nd", "TSEMothers", "TSEJASDAQ")


class History(Protocol):
    """The store, as a reader of history."""

    def find(self, keys: Sequence[VintageKey]) -> list[Vintage]:
        """The vintages of these keys, in their order."""
        ...

    def vintages(self, section: str, measure: Measure, first: date, last: date) -> Iterable[Vintage]:
        """All vintages of the weeks that end from `first` to `last`."""
        ...

    def announcements(self, published_date: date) -> list[Announcement]:
        """What was stored as published on a date."""
        ...


@dataclass(frozen=True, slots=True)
class Revision:
    """A vintage that supersedes another, and the figures that changed, the most telling first."""

    prior: Vintage
    revised: Vintage
    changes: tuple[Change, ...]
    returns_to: date | None = None  # published date of an older vintage that had the same figures


@dataclass(frozen=True, slots=True)
class SectionWeek:
    """One section's new week: value and volume as they arrived."""

    section: str
    start_date: date
    end_date: date
    value: Record | None
    volume: Record | None


@dataclass(frozen=True, slots=True)
class ChartWeek:
    """One week of the chart."""

    record: Record
    revised: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that a message about an announcement can say."""

    announcement: Announcement
    weeks: tuple[SectionWeek, ...]  # new weeks; the newest week first, in it the most prominent section
    revisions: tuple[Revision, ...]  # the most prominent section first, value before volume
    headline_section: str  # which messages lead with where it is there
    section: str  # of the statistics, effects and chart
    statistics: tuple[Statistics, ...]  # foreigners, individuals; what is not published is left out
    effects: tuple[tuple[str, Effect], ...]  # investor type and what a correction changed of its statistics
    opposite_weeks: int
    movers: tuple[Mover, ...]
    chart: tuple[ChartWeek, ...]  # oldest first
    corrected_receipts: tuple[str, ...]  # of the messages that told the superseded figures, oldest first
    replays: str = ""  # the receipt of the message that this one repeats, where it does

    @property
    def headline(self) -> SectionWeek | None:
        """The new week that the message leads with; None where it tells corrections only."""
        return self.weeks[0] if self.weeks else None


def summarise(announcement: Announcement, store: History, headline_section: str) -> Summary:
    """Read what the announcement needs, as known on its day, and compute what can be said."""
    if announcement.due:
        return of_notice(announcement, headline_section)
    vintages = store.find(announcement.keys)
    prominence = (headline_section, *PROMINENCE)
    revised = [vintage for vintage in vintages if vintage.key in announcement.revised]
    revisions = _revisions(store, revised, prominence)
    weeks = _weeks([vintage.record for vintage in vintages if vintage not in revised], prominence)
    section = weeks[0].section if weeks else revisions[0].revised.record.section
    known = list(store.vintages(section, Measure.VALUE, date.min, date.max))
    until = weeks[0].end_date if weeks else date.max
    stood = as_of(known, announcement.as_of, Clock.VENDOR)
    series = [vintage.record for vintage in stood if vintage.record.end_date <= until]
    new = {week.end_date for week in weeks}
    told_before = [record for record in series if record.end_date not in new]
    found = [statistics(series, lead) for lead in LEADS]
    return Summary(
        announcement=announcement,
        weeks=weeks,
        revisions=revisions,
        headline_section=headline_section,
        section=section,
        statistics=tuple(each for each in found if each),
        effects=_effects(told_before, [each for each in revisions if _touches(each, section)]),
        opposite_weeks=opposite_weeks(series),
        movers=movers(series, OTHERS_NAMED),
        chart=_chart(series[-CHART_WEEKS:], known, announcement.as_of),
        corrected_receipts=_corrected_receipts(store, revisions),
    )


def of_notice(announcement: Announcement, section: str) -> Summary:
    """A week that is overdue, or has arrived after all, comes without figures; so does a test."""
    return Summary(
        announcement=announcement,
        weeks=(),
        revisions=(),
        headline_section=section,
        section=section,
        statistics=(),
        effects=(),
        opposite_weeks=0,
        movers=(),
        chart=(),
        corrected_receipts=(),
    )


def _revisions(store: History, vintages: Sequence[Vintage], prominence: Sequence[str]) -> tuple[Revision, ...]:
    revisions: list[Revision] = []
    by_series = sorted(vintages, key=lambda v: (_place(v.record.section, prominence), v.record.measure, v.order))
    for (section, measure), group in groupby(by_series, key=lambda v: (v.record.section, v.record.measure)):
        revised = sorted(group, key=lambda vintage: vintage.record.end_date, reverse=True)
        known = list(store.vintages(section, measure, revised[-1].record.end_date, revised[0].record.end_date))
        revisions += (_revision(_prior(each, known), each, known) for each in revised)
    return tuple(revisions)


def _prior(vintage: Vintage, known: Iterable[Vintage]) -> Vintage:
    """The vintage of the same week that this one supersedes."""
    older = (v for v in known if v.record.end_date == vintage.record.end_date and v.order < vintage.order)
    return max(older, key=lambda v: v.order)


def _revision(prior: Vintage, revised: Vintage, known: Iterable[Vintage]) -> Revision:
    return Revision(prior, revised, compare(prior.record, revised.record), _returns_to(prior, revised, known))


def _returns_to(prior: Vintage, revised: Vintage, known: Iterable[Vintage]) -> date | None:
    """When the figures were published that a revision goes back to (A, B, A)."""
    end_date, state = revised.record.end_date, (revised.record.start_date, revised.record.figures)
    older = [v.record for v in known if v.record.end_date == end_date and v.order < prior.order]
    return max((r.published_date for r in older if (r.start_date, r.figures) == state), default=None)


def _place(section: str, prominence: Sequence[str]) -> tuple[int, str]:
    return (prominence.index(section) if section in prominence else len(prominence)), section


def _weeks(records: Sequence[Record], prominence: Sequence[str]) -> tuple[SectionWeek, ...]:
    found: dict[tuple[date, str], dict[Measure, Record]] = {}
    for record in records:
        found.setdefault((record.end_date, record.section), {})[record.measure] = record
    weeks = [
        SectionWeek(section, min(r.start_date for r in by.values()), end, by.get(Measure.VALUE), by.get(Measure.VOLUME))
        for (end, section), by in found.items()
    ]
    return tuple(sorted(weeks, key=lambda week: (-week.end_date.toordinal(), _place(week.section, prominence))))


def _touches(revision: Revision, section: str) -> bool:
    return (revision.revised.record.section, revision.revised.record.measure) == (section, Measure.VALUE)


def _effects(series: Sequence[Record], revisions: Sequence[Revision]) -> tuple[tuple[str, Effect], ...]:
    """What the corrections of a series changed of what the message on its newest week said."""
    before = after = tuple(series)
    for each in sorted(revisions, key=lambda revision: revision.revised.order):
        _, after = with_revision(after, each.prior.record, each.revised.record)
    for each in sorted(revisions, key=lambda revision: revision.revised.order, reverse=True):
        before, _ = with_revision(before, each.prior.record, each.revised.record)
    pairs = [(lead, statistics(before, lead), statistics(after, lead)) for lead in LEADS] if revisions else []
    return tuple((lead, effect) for lead, old, new in pairs if old and new for effect in effects(old, new))


def _corrected_receipts(store: History, revisions: Sequence[Revision]) -> tuple[str, ...]:
    """Receipts of the messages that told figures which are superseded now; silent history told nobody."""
    priors = {revision.prior.key for revision in revisions}
    told = (
        each
        for published_date in sorted({key.published_date for key in priors})
        for each in store.announcements(published_date)
        if each.occasion is not Occasion.HISTORY
    )
    return tuple(each.receipt for each in told if priors & set(each.keys))


def _chart(series: Sequence[Record], known: Iterable[Vintage], day: date) -> tuple[ChartWeek, ...]:
    counts = Counter(vintage.record.end_date for vintage in known if vintage.known_on <= day)
    return tuple(ChartWeek(record, counts[record.end_date] > 1) for record in series)
