"""What a correction changed: the figures, and what readers were told that no longer holds. Pure: data in, data out."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from investor_flows.directions import Directions
from investor_flows.flows import Largest, PeriodSum, Rank, Statistics, Streak
from investor_flows.model import GROUPS, INVESTOR_TYPES, LEADS, Record
from investor_flows.weeks import sign

type Value = int | Streak | PeriodSum | Largest | Rank | Directions | None
"""One of the statistics of flows.Statistics, or the directions of foreigners and individuals."""

_FIGURES = ("balance", "sales", "purchases", "total")
_SUMS = ("Brokerage", "Total")
_PLACES = {
    name: place for place, name in enumerate([*LEADS, *(n for n in INVESTOR_TYPES if n not in LEADS + _SUMS), *_SUMS])
}
"""Who is named first: the leads, then the API's order, the two sums last."""

_TOLD = (
    "streak",
    "change",
    "sum_4_weeks",
    "sum_13_weeks",
    "calendar_year",
    "fiscal_year",
    "rank_52",
    "rank_260",
    "largest",
    "brokerage_share_permille",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One corrected figure, in thousand yen or thousand shares. None: not published."""

    investor_type: str
    figure: str  # sales, purchases, total or balance
    before: int | None
    after: int | None

    @property
    def delta(self) -> int | None:
        """Revised minus prior; None where either was not published."""
        return None if self.before is None or self.after is None else self.after - self.before


class Turn(StrEnum):
    """What a correction did to a streak."""

    MADE = "made"  # one week became several
    LONGER = "longer"
    BROKEN = "broken"  # shorter, because a week of it went the other way or came to zero
    SHORTER = "shorter"  # shorter, because a week's figure was withdrawn
    TURNED = "turned"  # the newest week's own direction changed
    SAME = "same"  # as long as before; its sum, or what cuts it, is another


@dataclass(frozen=True, slots=True)
class Effect:
    """A statistic that a correction changed, before and after. Whether its rounded words differ is the caller's."""

    name: str  # field of flows.Statistics, or "directions"
    before: Value
    after: Value
    turn: Turn | None = None  # streaks only
    broken_by: date | None = None  # end date of the week that now cuts what was one streak


def compare(prior: Record, revised: Record) -> tuple[Change, ...]:
    """List every figure that differs, derived totals and balances included, the most telling first.

    Balances lead: foreigners, individuals, then the largest change. Sub-groups have sales and purchases only.
    """
    if (prior.section, prior.measure) != (revised.section, revised.measure):
        raise ValueError(
            f"{revised.section} {revised.measure} is no revision of {prior.section} {prior.measure}: compare one series"
        )
    changes = (
        Change(investor_type, figure, before, after)
        for investor_type in INVESTOR_TYPES
        for (figure, before), (_, after) in zip(
            _figures(prior, investor_type), _figures(revised, investor_type), strict=True
        )
        if before != after
    )
    return tuple(sorted(changes, key=_telling))


def dates_changed(prior: Record, revised: Record) -> bool:
    """Whether the correction moved the reference period."""
    return (prior.start_date, prior.end_date) != (revised.start_date, revised.end_date)


def effects(before: Statistics, after: Statistics) -> tuple[Effect, ...]:
    """List what was told of one investor type's newest week and no longer holds; its balance is in `compare`."""
    if (before.investor_type, before.end_date) != (after.investor_type, after.end_date):
        raise ValueError(
            f"{before.investor_type} {before.end_date} and {after.investor_type} {after.end_date}: want one week, twice"
        )
    told = ((name, getattr(before, name), getattr(after, name)) for name in _TOLD)
    return tuple(_effect(name, old, new, after.end_date) for name, old, new in told if old != new)


def with_revision(
    series: Sequence[Record], prior: Record | None, revised: Record
) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """Give the series before and after a revision; before lacks the week where there is no prior.

    For several weeks' revisions, apply it to the befores and to the afters in turn. A week revised twice needs its
    first prior and its last revision in one call.
    """
    weeks = {revised.end_date, prior.end_date if prior else revised.end_date}
    others = [record for record in series if record.end_date not in weeks]
    return _placed(others, prior), _placed(others, revised)


def _placed(others: Sequence[Record], record: Record | None) -> tuple[Record, ...]:
    if record is None:
        return tuple(others)
    place = bisect(others, record.end_date, key=lambda other: other.end_date)
    return (*others[:place], record, *others[place:])


def _figures(record: Record, investor_type: str) -> Iterator[tuple[str, int | None]]:
    position = 2 * INVESTOR_TYPES.index(investor_type)
    yield "sales", record.figures[position]
    yield "purchases", record.figures[position + 1]
    if investor_type in GROUPS:
        trades = record.trades(investor_type)
        yield "total", None if trades is None else trades.total
        yield "balance", None if trades is None else trades.balance


def _telling(change: Change) -> tuple[bool, int, int, int, int]:
    """Sorts changes. A figure that appears or vanishes weighs as much as the figure."""
    place = _PLACES[change.investor_type]
    size = abs((change.after or 0) - (change.before or 0))
    lead = min(place, len(LEADS))
    return change.figure != "balance", lead, -size, place, _FIGURES.index(change.figure)


def _effect(name: str, before: Value, after: Value, newest: date) -> Effect:
    if isinstance(before, Streak) and isinstance(after, Streak):
        return Effect(name, before, after, _turn(before, after), _broken_by(before, after, newest))
    return Effect(name, before, after)


def _turn(before: Streak, after: Streak) -> Turn:
    if sign(before.balance) != sign(after.balance):
        return Turn.TURNED
    if after.weeks > before.weeks:
        return Turn.MADE if before.weeks == 1 else Turn.LONGER
    if after.weeks < before.weeks:
        return Turn.SHORTER if after.cut_by_gap else Turn.BROKEN
    return Turn.SAME


def _broken_by(before: Streak, after: Streak, newest: date) -> date | None:
    if before.weeks and sign(before.balance) != sign(after.balance):
        return newest
    return after.ended_by if after.weeks < before.weeks else None
