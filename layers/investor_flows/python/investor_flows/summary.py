"""What an announcement comes to: the week, its statistics, its corrections and their effects. Plain data for wording.

Figures are thousand yen for value and thousand shares for volume; None is "not published", never zero.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from investor_flows.announcements import Announcement, Kind
from investor_flows.asof import Clock, as_of
from investor_flows.corrections import (
    PROMINENCE,
    Revision,
    corrected_receipts,
    effects_of,
    place_of,
    revisions_of,
    value_first,
)
from investor_flows.directions import Directions, directions
from investor_flows.flows import Mover, Statistics, movers, statistics
from investor_flows.model import LEADS, Measure, Record, Vintage
from investor_flows.recall import History
from investor_flows.revisions import Effect

OTHERS_NAMED = 4
CHART_WEEKS = 52


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
    """Everything that a message about an announcement can say: new weeks, or revisions, or neither in a notice."""

    announcement: Announcement
    weeks: tuple[SectionWeek, ...]  # the newest week first, in it the most prominent section
    revisions: tuple[Revision, ...]  # the most prominent section first, in it value before volume
    headline_section: str  # which messages lead with where it is there
    section: str  # of the statistics, effects and chart
    statistics: tuple[Statistics, ...]  # foreigners, individuals; what is not published is left out
    effects: tuple[tuple[str, Effect], ...]  # investor type, or BOTH, and what a correction changed of its statistics
    directions: Directions
    movers: tuple[Mover, ...]
    chart: tuple[ChartWeek, ...]  # oldest first
    corrected_receipts: tuple[str, ...]  # of the messages that told the superseded figures, oldest first
    headline_told: bool = False  # the section to lead with is not here, since it was told before
    replays: str = ""  # the receipt of the message that this one repeats, where it does

    @property
    def headline(self) -> SectionWeek | None:
        """The new week that the message leads with; None where it tells corrections."""
        return self.weeks[0] if self.weeks else None


def summarise(announcement: Announcement, store: History, headline_section: str) -> Summary:
    """Read what the announcement needs, as known when it was made, and compute what can be said."""
    if announcement.due:
        return of_notice(announcement, headline_section)
    vintages, prominence = store.find(announcement.keys), (headline_section, *PROMINENCE)
    known_then = partial(_known_then, announcement=announcement)
    new = announcement.kind is Kind.RELEASE
    weeks = _weeks([vintage.record for vintage in vintages], prominence) if new else ()
    revisions = () if new else revisions_of(vintages, store, prominence, known_then)
    section = weeks[0].section if weeks else value_first(revisions)[0].revised.record.section
    known = list(filter(known_then, store.vintages(section, Measure.VALUE, date.min, date.max)))
    stood = [vintage.record for vintage in as_of(known, date.max, Clock.VENDOR)]
    series = [record for record in stood if not weeks or record.end_date <= weeks[0].end_date]
    found = [statistics(series, lead) for lead in LEADS]
    return Summary(
        announcement=announcement,
        weeks=weeks,
        revisions=revisions,
        headline_section=headline_section,
        section=section,
        statistics=tuple(each for each in found if each),
        effects=effects_of(revisions, section, series),
        directions=directions(series),
        movers=movers(series, OTHERS_NAMED),
        chart=_chart(series[-CHART_WEEKS:], known),
        corrected_receipts=corrected_receipts(revisions, store),
        headline_told=new and section != headline_section and _told(headline_section, weeks[0], store, known_then),
    )


def _told(section: str, week: SectionWeek, store: History, known_then: Callable[[Vintage], bool]) -> bool:
    """Whether readers had the value of a section's week."""
    return any(map(known_then, store.vintages(section, Measure.VALUE, week.end_date, week.end_date)))


def _known_then(vintage: Vintage, announcement: Announcement) -> bool:
    """Whether readers knew a vintage when they were told, or learn it from this. So a message reads the same for ever.

    What came in the same poll under the same date is told beside: a new week knows its corrections, and no other way.
    """
    came = vintage.first_seen_at, vintage.record.published_date
    told = announcement.first_seen_at, announcement.published_date
    return came < told or vintage.key in announcement.keys or (came == told and announcement.kind is Kind.RELEASE)


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
        directions=Directions(0, 0),
        movers=(),
        chart=(),
        corrected_receipts=(),
    )


def _weeks(records: Sequence[Record], prominence: Sequence[str]) -> tuple[SectionWeek, ...]:
    found: dict[tuple[date, str], dict[Measure, Record]] = {}
    for record in records:
        found.setdefault((record.end_date, record.section), {})[record.measure] = record
    weeks = [
        SectionWeek(section, min(r.start_date for r in by.values()), end, by.get(Measure.VALUE), by.get(Measure.VOLUME))
        for (end, section), by in found.items()
    ]
    return tuple(sorted(weeks, key=lambda week: (-week.end_date.toordinal(), place_of(week.section, prominence))))


def _chart(series: Sequence[Record], known: Iterable[Vintage]) -> tuple[ChartWeek, ...]:
    states = {(each.record.end_date, each.record.start_date, each.record.figures) for each in known}
    counts = Counter(end_date for end_date, *_ in states)
    return tuple(ChartWeek(record, counts[record.end_date] > 1) for record in series)
