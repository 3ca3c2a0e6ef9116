"""Whether a week's size fits its series. The accounts hold in any unit, so a row that is scaled passes all of them.

A week is compared with the nearest weeks of its series that are trusted: those stored, and those taken before it. While
they are few, with the other weeks of its answer too. So one scaled row in a first history is held, and a first week
that was taken wrongly keeps the right ones out for one week. A first answer that is scaled as a whole cannot be known.
"""

from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median_high, median_low

from investor_flows.model import Measure, Record

LARGEST_RATIO = 50
"""To the weeks around. A week of one day is a fifth of them, a huge one three times as large; a unit is 1,000 times."""

NEIGHBOURS = 4
ENOUGH = 3
"""Trusted weeks that need no support by the rest of the answer."""


def misfits(records: Iterable[Record], stored: Iterable[Record]) -> dict[Record, str]:
    """Find the records out of all proportion to their series, each with the reason. What is stored is not judged."""
    trusted, found = _by_series(stored), dict[Record, str]()
    for series, weeks in _by_series(set(records).difference(*trusted.values())).items():
        known = trusted[series]
        for record in weeks:
            if reason := _misfit(record, known if len(known) >= ENOUGH else sorted({*known, *weeks}, key=_age)):
                found[record] = reason
            else:
                insort(known, record, key=_age)
    return found


def _by_series(records: Iterable[Record]) -> defaultdict[tuple[str, Measure], list[Record]]:
    series: defaultdict[tuple[str, Measure], list[Record]] = defaultdict(list)
    for record in sorted(records, key=_age):
        series[record.section, record.measure].append(record)
    return series


def _misfit(record: Record, weeks: Sequence[Record]) -> str | None:
    """Compare with the median, itself included: one that is off does not pull it, and two that differ tell nothing."""
    size = _size(record)
    sizes = [size, *filter(None, map(_size, _nearest(record, weeks)))]
    for usual in (median_low(sizes), median_high(sizes)):
        if size > LARGEST_RATIO * usual:
            return f"TotalTotal {size} is more than {LARGEST_RATIO} times {usual}, the size of the weeks around"
        if usual > LARGEST_RATIO * size:
            return f"TotalTotal {size} is less than a {LARGEST_RATIO}th of {usual}, the size of the weeks around"
    return None


def _nearest(record: Record, weeks: Sequence[Record]) -> list[Record]:
    place = bisect(weeks, record.end_date, key=lambda each: each.end_date)
    around = weeks[max(0, place - NEIGHBOURS - 1) : place + NEIGHBOURS]
    others = [each for each in around if each is not record]
    return sorted(others, key=lambda each: abs(each.end_date - record.end_date))[:NEIGHBOURS]


def _size(record: Record) -> int:
    trades = record.trades("Total")
    return trades.total if trades else 0


def _age(record: Record) -> tuple[date, date, int]:
    return record.end_date, record.published_date, _size(record)
