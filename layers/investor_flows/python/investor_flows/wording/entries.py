"""Entries of the document investor-flows/1: figures, statistics, changes and effects as JSON. None stays null."""

from typing import Any

from investor_flows.announcements import DueWeek, Gap
from investor_flows.corrections import Revision
from investor_flows.directions import Directions
from investor_flows.flows import Largest, PeriodSum, Rank, Statistics, Streak
from investor_flows.model import GROUPS, INVESTOR_TYPES, LEADS, Measure, Record
from investor_flows.revisions import Change, Effect, Value
from investor_flows.summary import ChartWeek
from investor_flows.weeks import sign

UNITS = {Measure.VALUE: "thousand_yen", Measure.VOLUME: "thousand_shares"}
YEN = UNITS[Measure.VALUE]
LONGEST_REASON = 200
DIRECTIONS: dict[int | None, str] = {1: "buying", -1: "selling"}

Json = dict[str, Any]


def figures(record: Record) -> Json:
    """Every investor type's figures; sub-groups have sales and purchases only."""
    return {name: _figures(record, name, UNITS[record.measure]) for name in INVESTOR_TYPES}


def _figures(record: Record, investor_type: str, unit: str) -> Json:
    position = 2 * INVESTOR_TYPES.index(investor_type)
    sales, purchases = record.figures[position : position + 2]
    found: Json = {f"sales_{unit}": sales, f"purchases_{unit}": purchases}
    if investor_type not in GROUPS:
        return found
    trades = record.trades(investor_type)
    balances = (trades.total, trades.balance) if trades else (None, None)
    return found | {f"total_{unit}": balances[0], f"balance_{unit}": balances[1]}


def statistics(found: Statistics) -> Json:
    """What is told of one investor type's week."""
    return {
        f"balance_{YEN}": found.balance,
        f"change_{YEN}": found.change,
        "streak": _streak(found.streak),
        "sum_4_weeks": _period_sum(found.sum_4_weeks),
        "sum_13_weeks": _period_sum(found.sum_13_weeks),
        "calendar_year": _period_sum(found.calendar_year),
        "fiscal_year": _period_sum(found.fiscal_year),
        "largest": _largest(found.largest),
        "rank_52_weeks": _rank(found.rank_52),
        "rank_260_weeks": _rank(found.rank_260),
        "brokerage_share_permille": found.brokerage_share_permille,
    }


def _streak(streak: Streak) -> Json:
    return {
        "direction": DIRECTIONS.get(sign(streak.balance), "balanced"),
        "weeks": streak.weeks,
        f"balance_{YEN}": streak.balance,
        "first_end_date": str(streak.first_end_date),
        "cut_by_gap": streak.cut_by_gap,
        "weeks_since_same": streak.weeks_since_same,
    }


def _period_sum(found: PeriodSum) -> Json:
    return {f"balance_{YEN}": found.balance, "weeks": found.weeks, "complete": found.complete}


def _directions(found: Directions) -> Json:
    return {"opposite_weeks": found.opposite_weeks, "together": DIRECTIONS.get(found.together)}


def _largest(found: Largest) -> Json:
    return {
        "since": found.since and str(found.since),
        "searched_weeks": found.searched,
        "complete": found.complete,
    }


def _rank(found: Rank) -> Json:
    return {"place": found.place, "of": found.of}


def week(record: Record | DueWeek) -> Json:
    """The reference period."""
    return {"start_date": str(record.start_date), "end_date": str(record.end_date)}


def change(revision: Revision, found: Change) -> Json:
    """One corrected figure."""
    record = revision.revised.record
    return {
        "section": record.section,
        "measure": str(record.measure),
        "week": week(record),
        "investor_type": found.investor_type,
        "figure": found.figure,
        "unit": UNITS[record.measure],
        "old": found.before,
        "new": found.after,
        "delta": found.delta,
    }


def effect(investor_type: str, found: Effect) -> Json:
    """One statistic that a correction changed."""
    return {
        "investor_type": investor_type,
        "statistic": f"{found.name}_weeks" if found.name.startswith("rank") else found.name,
        "old": _value(found.before),
        "new": _value(found.after),
        "turn": found.turn and str(found.turn),
        "broken_by": found.broken_by and str(found.broken_by),
    }


def _value(value: Value) -> Json | int | None:
    match value:
        case Streak():
            return _streak(value)
        case PeriodSum():
            return _period_sum(value)
        case Largest():
            return _largest(value)
        case Rank():
            return _rank(value)
        case Directions():
            return _directions(value)
    return value


def gap(found: Gap) -> Json:
    """A section's value or volume that is missing or held."""
    return {"section": found.section, "measure": str(found.measure), "reason": found.reason[:LONGEST_REASON]}


def chart_week(found: ChartWeek) -> Json:
    """One week of the chart's series, in thousand yen."""
    return {**week(found.record), "revised": found.revised, **{name: found.record.balance(name) for name in LEADS}}
