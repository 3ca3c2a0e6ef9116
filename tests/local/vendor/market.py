"""The synthetic market as a whole: how much is traded in a week, and what lasts from one week to the next.

What lasts is a weighted sum of the shocks of the 16 weeks up to it, so any week can be made without the others.
"""

from bisect import bisect
from datetime import date
from functools import cache
from math import exp, log, sqrt
from random import Random

from tests.local.vendor.trading_weeks import Week

TURNOVER = (  # one side of the two-market total, thousand yen a week of five days
    (date(2008, 1, 1), 5e9),
    (date(2013, 1, 1), 9e9),
    (date(2017, 1, 1), 14e9),
    (date(2025, 1, 1), 19e9),
    (date(2025, 12, 1), 24e9),
    (date(2026, 2, 1), 42e9),
    (date(2026, 12, 1), 56e9),
)
_DAYS = [day.toordinal() for day, _ in TURNOVER]
MEMORY_WEEKS = 16


def random_for(*key: object) -> Random:
    """Start a stream of random numbers that depends on its key alone."""
    return Random("/".join(str(part) for part in key))


@cache
def turnover(seed: int, week: Week) -> float:
    """One side of the market's turnover in a week: the trend, some noise, and fewer days in a short week."""
    noise = exp(0.1 * drift(seed, "turnover", week, 0.7))
    return _trend(week.start_date.toordinal()) * noise * week.trading_days / 5


def _trend(day: int) -> float:
    """Between the anchors of TURNOVER on a straight line of logarithms; level before the first and after the last."""
    position = bisect(_DAYS, day)
    if position in (0, len(TURNOVER)):
        return TURNOVER[min(position, len(TURNOVER) - 1)][1]
    (_, before), (_, after) = TURNOVER[position - 1 : position + 1]
    first, last = _DAYS[position - 1 : position + 1]
    return exp(log(before) + log(after / before) * (day - first) / (last - first))


@cache
def drift(seed: int, name: str, week: Week, memory: float) -> float:
    """Draw a standard normal number that resembles the one of the week before by the memory given."""
    shocks = (memory**lag * _shock(seed, name, week.number - lag) for lag in range(MEMORY_WEEKS))
    return sqrt(1 - memory**2) * sum(shocks)


@cache
def _shock(seed: int, name: str, week_number: int) -> float:
    return random_for(seed, name, week_number).gauss(0, 1)
