"""Statistics of one investor type's weekly net buying. Pure: a series of weeks in, plain data out.

A series is one section and one measure, one record a week, oldest first. Figures are thousand yen or thousand shares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from investor_flows.model import GROUPS, LEADS, Record
from investor_flows.trading_calendar import business_days_after, monday_of
from investor_flows.weeks import Week, known, run_length, sign, total, weeks_of

APRIL = 4

FIRST_WEEKS = dict.fromkeys(("TSEPrime", "TSEStandard", "TSEGrowth"), date(2022, 4, 4))
"""Monday of the week in which a series begins. Where another one begins, its older weeks are missing (FACTS 3)."""

OTHER_GROUPS = tuple(name for name in GROUPS if name not in {*LEADS, "Brokerage", "Total"})
"""The investor types besides the two leads and the two sums."""

_NOT_BROKERAGE = ("Proprietary", "ProprietaryCash", "ProprietaryMargin", "Total")


@dataclass(frozen=True, slots=True)
class Streak:
    """Consecutive weeks of net buying (or selling) that end with the newest week."""

    weeks: int  # 0 where the newest week's balance is exactly zero
    balance: int  # sum of the streak's weeks
    first_end_date: date  # end date of the streak's first week
    cut_by_gap: bool  # the streak may be longer: the week before it, or its figure, is missing from the store
    ended_by: date | None = None  # end date of the week before it, where that is in the store
    from_series_start: bool = False  # it spans the whole series, as TSEPrime's first weeks do: nothing is known before
    weeks_since_same: int | None = None  # where the direction has just turned: weeks since it last was the same


@dataclass(frozen=True, slots=True)
class PeriodSum:
    """Sum of balances over several weeks."""

    balance: int
    weeks: int  # weeks summed
    complete: bool  # False where weeks of the period are missing from the store


@dataclass(frozen=True, slots=True)
class Largest:
    """The newest week is the largest in its direction since an earlier week, or of all weeks searched."""

    since: date | None  # end date of the last week that was as large or larger; None: none of those searched
    searched: int  # earlier weeks searched, of the whole series; 0 where the newest week has no direction
    complete: bool = True  # False where a missing week since then may have been larger


@dataclass(frozen=True, slots=True)
class Rank:
    """Place of the newest week among the last weeks, by balance in its own direction; 1 is the largest."""

    place: int
    of: int  # weeks compared, the newest included


@dataclass(frozen=True, slots=True)
class Mover:
    """One investor type's net buying in the newest week."""

    investor_type: str
    balance: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What can be said of one investor type's newest week."""

    investor_type: str
    end_date: date
    balance: int
    change: int | None  # on the week before; None where that week is missing
    streak: Streak
    sum_4_weeks: PeriodSum
    sum_13_weeks: PeriodSum
    calendar_year: PeriodSum
    fiscal_year: PeriodSum  # from April
    largest: Largest
    rank_52: Rank
    rank_260: Rank
    brokerage_share_permille: int | None  # its total of Brokerage's total, in 0.1 %, rounded half up


def statistics(series: Sequence[Record], investor_type: str) -> Statistics | None:
    """Say what a series makes of its newest (last) week; None where that has no figure for the investor type."""
    weeks = weeks_of(series, investor_type)
    if not weeks or (balance := weeks[0].balance) is None:
        return None
    return Statistics(
        investor_type=investor_type,
        end_date=weeks[0].end_date,
        balance=balance,
        change=_change(weeks, balance),
        streak=_streak(weeks, balance, whole=FIRST_WEEKS.get(series[0].section) == monday_of(series[0].end_date)),
        sum_4_weeks=_sum_of_last(weeks, 4),
        sum_13_weeks=_sum_of_last(weeks, 13),
        calendar_year=_sum_since(weeks, date(weeks[0].end_date.year, 1, 1)),
        fiscal_year=_sum_since(weeks, _fiscal_year_start(weeks[0].end_date)),
        largest=_largest(weeks, balance),
        rank_52=_rank(weeks, balance, 52),
        rank_260=_rank(weeks, balance, 260),
        brokerage_share_permille=_brokerage_share_permille(series[-1], investor_type),
    )


def movers(series: Sequence[Record], count: int) -> tuple[Mover, ...]:
    """Name the `count` other types with the largest net buying or selling in the newest week; zeros left out."""
    balances = [(name, series[-1].balance(name)) for name in OTHER_GROUPS] if series else []
    moved = [Mover(name, balance) for name, balance in balances if balance]
    return tuple(sorted(moved, key=lambda mover: -abs(mover.balance))[:count])


def _change(weeks: Sequence[Week], balance: int) -> int | None:
    before = weeks[1].balance if len(weeks) > 1 and weeks[1].ago == 1 else None
    return None if before is None else balance - before


def _streak(weeks: Sequence[Week], balance: int, *, whole: bool) -> Streak:
    if balance == 0:
        return Streak(0, 0, weeks[0].end_date, cut_by_gap=False)
    length = run_length(weeks, of=1 if balance > 0 else -1)
    before = weeks[length] if length < len(weeks) and weeks[length].ago == length else None
    return Streak(
        weeks=length,
        balance=total(weeks[:length]),
        first_end_date=weeks[length - 1].end_date,
        cut_by_gap=before is None or before.balance is None,
        ended_by=None if before is None else before.end_date,
        from_series_start=whole and length == len(weeks),
        weeks_since_same=_weeks_since_same(weeks) if length == 1 else None,
    )


def _weeks_since_same(weeks: Sequence[Week]) -> int | None:
    """Count back to the last week of the newest one's direction; None where there is none, or a gap before it."""
    for place, week in enumerate(weeks[1:], start=1):
        if week.ago != place or week.balance is None:
            return None
        if sign(week.balance) == sign(weeks[0].balance):
            return place
    return None


def _sum_of_last(weeks: Sequence[Week], count: int) -> PeriodSum:
    recent = [week for week in known(weeks) if week.ago < count]
    return PeriodSum(total(recent), len(recent), complete=len(recent) == count)


def _sum_since(weeks: Sequence[Week], start: date) -> PeriodSum:
    """Sum the period's weeks; a week belongs to the period in which it ends."""
    inside = [week for week in known(weeks) if week.end_date >= start]
    first = inside[-1]
    first_trading_day = business_days_after(start - timedelta(days=1), 1)
    from_start = monday_of(first.end_date) <= monday_of(first_trading_day)
    return PeriodSum(total(inside), len(inside), complete=from_start and len(inside) == first.ago + 1)


def _fiscal_year_start(day: date) -> date:
    return date(day.year if day.month >= APRIL else day.year - 1, APRIL, 1)


def _largest(weeks: Sequence[Week], balance: int) -> Largest:
    earlier = known(weeks[1:]) if balance else []
    rivals = (place for place, week in enumerate(earlier) if _as_large(week, balance))
    place = next(rivals, None)
    passed = earlier if place is None else earlier[: place + 1]
    return Largest(
        since=None if place is None else earlier[place].end_date,
        searched=len(earlier),
        complete=not passed or passed[-1].ago == len(passed),
    )


def _as_large(week: Week, balance: int) -> bool:
    other = week.balance or 0
    return other >= balance if balance > 0 else other <= balance


def _rank(weeks: Sequence[Week], balance: int, count: int) -> Rank:
    """Equal weeks share the better place; a zero is placed as net buying."""
    direction = -1 if balance < 0 else 1
    compared = [week.balance for week in weeks if week.ago < count and week.balance is not None]
    larger = sum(direction * other > direction * balance for other in compared)
    return Rank(1 + larger, len(compared))


def _brokerage_share_permille(record: Record, investor_type: str) -> int | None:
    """None for types outside brokerage too: their turnover is no part of it."""
    own, brokerage = record.trades(investor_type), record.trades("Brokerage")
    if own is None or brokerage is None or brokerage.total <= 0 or investor_type in _NOT_BROKERAGE:
        return None
    return (2000 * own.total + brokerage.total) // (2 * brokerage.total)
