"""One investor type's weeks, counted back from the newest in the exchange's calendar.

A week that is missing from the store still counts: it leaves a hole in `ago`, so no statistic mistakes the week
before a hole for the week before. A calendar week without trading is not a hole.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile

from investor_flows.model import Record
from investor_flows.trading_calendar import trading_weeks_between


@dataclass(frozen=True, slots=True)
class Week:
    """Net buying of one investor type in one week."""

    end_date: date
    balance: int | None  # None where the record has no figure for the type
    ago: int  # trading weeks before the newest, which is 0; weeks missing from the store count


def weeks_of(series: Sequence[Record], investor_type: str) -> list[Week]:
    """List the weeks of a series, newest first. Linear in its length; ValueError if it is not one series."""
    return list(weeks_back(series, investor_type))


def weeks_back(series: Sequence[Record], investor_type: str) -> Iterator[Week]:
    """Go back through the weeks of a series, as far as somebody asks. ValueError if it is not one series."""
    _check_one_series(series)
    newest_first = series[::-1]
    for record, ago in zip(newest_first, _agos(newest_first), strict=True):
        yield Week(record.end_date, record.balance(investor_type), ago)


def run_length(weeks: Iterable[Week], *, of: int) -> int:
    """Count the weeks, newest included and none missing, whose balance has the sign `of`."""
    run = takewhile(lambda place: place[1].ago == place[0] and sign(place[1].balance) == of, enumerate(weeks))
    return sum(1 for _ in run)


def known(weeks: Sequence[Week]) -> list[Week]:
    """Keep the weeks that have a figure."""
    return [week for week in weeks if week.balance is not None]


def total(weeks: Sequence[Week]) -> int:
    """Add up the balances that are known."""
    return sum(week.balance for week in weeks if week.balance is not None)


def sign(balance: int | None) -> int | None:
    """Give 1 for net buying, -1 for net selling, 0 for neither, None where there is no figure."""
    return None if balance is None else (balance > 0) - (balance < 0)


def _agos(newest_first: Sequence[Record]) -> Iterator[int]:
    ago = 0
    if newest_first:
        yield ago
    for later, earlier in pairwise(newest_first):
        ago += 1 + trading_weeks_between(earlier.end_date, later.end_date)
        yield ago


def _check_one_series(series: Sequence[Record]) -> None:
    for earlier, later in pairwise(series):
        if (earlier.section, earlier.measure) != (later.section, later.measure):
            names = f"{earlier.section} {earlier.measure} and {later.section} {later.measure}"
            raise ValueError(f"{names} are two series, not one")
        if earlier.end_date >= later.end_date:
            raise ValueError(f"{later.end_date} follows {earlier.end_date}: want one record a week, oldest first")
