"""The statistics again, slowly: every trading week since the series began is laid out, present or not, and counted.

Independent of the layer's calendar (the vendor's is another) and of its code; only the result classes are shared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from investor_flows.directions import Directions
from investor_flows.flows import Largest, PeriodSum, Rank, Statistics, Streak
from investor_flows.model import Record

from tests.local.vendor.trading_weeks import is_business_day

SINCE_2022 = ("TSEPrime", "TSEStandard", "TSEGrowth")


@dataclass(frozen=True)
class Slot:
    """A trading week, whether the store has it or not."""

    end_date: date
    stored: bool
    balance: int | None


def published(end_date: date) -> date:
    days = [end_date + timedelta(days=days) for days in range(1, 40)]
    return [day for day in days if is_business_day(day)][3]


@cache
def last_trading_day(year: int, week: int) -> date | None:
    days = [date.fromisocalendar(year, week, weekday) for weekday in range(1, 6)]
    return max((day for day in days if is_business_day(day)), default=None)


def end_dates(first: date, last: date) -> list[date]:
    """Every week's last trading day from the week of one day to the week of another, oldest first."""
    days = [first + timedelta(days=days) for days in range((last - first).days + 7)]
    weeks = {day.isocalendar()[:2] for day in days}
    ends = [last_trading_day(*week) for week in sorted(weeks) if week <= last.isocalendar()[:2]]
    return [end for end in ends if end]


def slots(series: Sequence[Record], investor_type: str) -> list[Slot]:
    """Every trading week from the first record's to the newest's, newest first."""
    stored = {record.end_date: record for record in series}
    assert len(stored) == len(series)
    weeks = end_dates(series[0].end_date, series[-1].end_date)
    assert set(stored) <= set(weeks), "the slow way knows only records that end on their week's last trading day"
    return [
        Slot(end, end in stored, stored[end].balance(investor_type) if end in stored else None)
        for end in reversed(weeks)
    ]


def statistics(series: Sequence[Record], investor_type: str) -> Statistics | None:
    weeks = slots(series, investor_type)
    newest = weeks[0]
    if newest.balance is None:
        return None
    before = weeks[1].balance if len(weeks) > 1 else None
    year_start = date(newest.end_date.year, 1, 1)
    april = max(start for year in (-1, 0) if (start := date(newest.end_date.year + year, 4, 1)) <= newest.end_date)
    return Statistics(
        investor_type=investor_type,
        end_date=newest.end_date,
        balance=newest.balance,
        change=None if before is None else newest.balance - before,
        streak=streak(weeks, whole=series[0].section in SINCE_2022 and str(series[0].end_date) == "2022-04-08"),
        sum_4_weeks=sum_of_last(weeks, 4),
        sum_13_weeks=sum_of_last(weeks, 13),
        calendar_year=sum_since(weeks, year_start),
        fiscal_year=sum_since(weeks, april),
        largest=largest(weeks),
        rank_52=rank(weeks[:52]),
        rank_260=rank(weeks[:260]),
        brokerage_share_permille=share(series[-1], investor_type),
    )


def streak(weeks: Sequence[Slot], *, whole: bool) -> Streak:
    balances = [week.balance for week in weeks]
    for length in range(len(weeks), 0, -1):
        some = balances[:length]
        if all(b is not None and b > 0 for b in some) or all(b is not None and b < 0 for b in some):
            at_start = length == len(weeks)
            return Streak(
                weeks=length,
                balance=sum(b or 0 for b in some),
                first_end_date=weeks[length - 1].end_date,
                cut_by_gap=at_start or balances[length] is None,
                ended_by=None if at_start or not weeks[length].stored else weeks[length].end_date,
                from_series_start=at_start and whole,
                weeks_since_same=weeks_since_same(balances) if length == 1 else None,
            )
    return Streak(0, 0, weeks[0].end_date, cut_by_gap=False)


def weeks_since_same(balances: Sequence[int | None]) -> int | None:
    newest, *earlier = (0 if b is None else (b > 0) - (b < 0) for b in balances)
    since = earlier.index(newest) + 1 if newest in earlier else None
    return None if since is None or None in balances[:since] else since


def sum_of_last(weeks: Sequence[Slot], count: int) -> PeriodSum:
    some = [week.balance for week in weeks[:count] if week.balance is not None]
    return PeriodSum(sum(some), len(some), len(some) == count)


def sum_since(weeks: Sequence[Slot], start: date) -> PeriodSum:
    """Complete: every week of the period in the exchange's calendar is there with a figure."""
    some = {week.end_date: week.balance for week in weeks if week.end_date >= start and week.balance is not None}
    wanted = [end for end in end_dates(start, weeks[0].end_date) if end >= start]
    return PeriodSum(sum(some.values()), len(some), sorted(some) == wanted)


def largest(weeks: Sequence[Slot]) -> Largest:
    newest = weeks[0].balance
    if not newest:
        return Largest(None, 0)
    earlier = [week for week in weeks[1:] if week.balance is not None]
    rivals = [
        week.end_date
        for week in earlier
        if week.balance and (week.balance > 0) == (newest > 0) and abs(week.balance) >= abs(newest)
    ]
    since = max(rivals, default=None)
    back_to = since or (min(week.end_date for week in earlier) if earlier else weeks[0].end_date)
    holes = [week for week in weeks if week.end_date > back_to and week.balance is None]
    return Largest(since, len(earlier), not holes)


def rank(weeks: Sequence[Slot]) -> Rank:
    """The place in the sorted list of all balances, from the newest week's own end."""
    balances = [week.balance for week in weeks if week.balance is not None]
    selling = balances[0] < 0
    return Rank(1 + sorted(balances, reverse=not selling).index(balances[0]), len(balances))


def share(record: Record, investor_type: str) -> int | None:
    own, brokerage = record.trades(investor_type), record.trades("Brokerage")
    if investor_type.startswith("Proprietary") or investor_type == "Total":
        return None
    if own is None or brokerage is None or brokerage.sales + brokerage.purchases <= 0:
        return None
    exact = Fraction(own.sales + own.purchases, brokerage.sales + brokerage.purchases) * 1000
    return (exact + Fraction(1, 2)).__floor__()


def directions(series: Sequence[Record]) -> Directions:
    both = list(zip(slots(series, "Foreigners"), slots(series, "Individuals"), strict=True))
    opposite = [(f.balance or 0) * (i.balance or 0) < 0 for f, i in both]
    newest = [slot.balance or 0 for slot in both[0]]
    together = 1 if min(newest) > 0 else -1 if max(newest) < 0 else 0
    return Directions([*opposite, False].index(False), together)
