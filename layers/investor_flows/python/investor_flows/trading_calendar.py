"""The exchange's calendar: which days it trades, and when a week's figures are due.

Holidays follow the Act on National Holidays as in force from 2007, with its later amendments and the special acts of
2019-2021. Years before 2007 are not covered. A holiday that a later act creates has to be added here; an equinox is
official only from the February before.
"""

from datetime import date, timedelta
from functools import cache

PUBLICATION_LAG = 4
"""Business days from a week's EndDate to its publication (FACTS 5)."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_MONDAY, _SATURDAY, _SUNDAY = 0, 5, 6

_FIXED = ((1, 1), (2, 11), (4, 29), (5, 3), (5, 4), (5, 5), (11, 3), (11, 23))

_MOVED = {
    2020: (date(2020, 7, 23), date(2020, 7, 24), date(2020, 8, 10)),
    2021: (date(2021, 7, 22), date(2021, 7, 23), date(2021, 8, 8)),
}
"""Marine Day, Sports Day and Mountain Day in the years of the Olympic games."""


def is_business_day(day: date) -> bool:
    """Whether the exchange trades: a weekday, not a public holiday, not 31 December to 3 January."""
    return day.weekday() < _SATURDAY and not _is_new_year(day) and day not in public_holidays(day.year)


def business_days_after(day: date, count: int) -> date:
    """Find the count-th business day after a day, which need not be one itself; 0 is the day."""
    while count > 0:
        day += _DAY
        count -= is_business_day(day)
    return day


def expected_published_date(end_date: date) -> date:
    """Find the day a week's figures are due. 274 of 276 real weeks kept to it; two at New Year were a day late."""
    return business_days_after(end_date, PUBLICATION_LAG)


def monday_of(day: date) -> date:
    """Find the Monday that names a day's calendar week (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def has_trading(monday: date) -> bool:
    """Whether Monday to Friday has any business day. 2019-04-29 to 05-03 had none."""
    return any(is_business_day(monday + timedelta(days=offset)) for offset in range(5))


@cache  # each message asks for the weeks of the whole series, several times
def trading_weeks_between(earlier: date, later: date) -> int:
    """Count the calendar weeks with trading that lie between the weeks of two days, both left out."""
    monday, last, count = monday_of(earlier) + _WEEK, monday_of(later), 0
    while monday < last:
        count += has_trading(monday)
        monday += _WEEK
    return count


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Japan's public holidays of one year: national holidays, days between two of them, and substitutes."""
    national = frozenset(_national_holidays(year))
    between = {day + _DAY for day in national if day + 2 * _DAY in national}
    return national | between | {_substitute(day, national) for day in national if day.weekday() == _SUNDAY}


def _is_new_year(day: date) -> bool:
    return (day.month, day.day) in {(12, 31), (1, 1), (1, 2), (1, 3)}


def _substitute(sunday: date, national: frozenset[date]) -> date:
    """Find the first day after a holiday on a Sunday that is no national holiday (article 3, paragraph 2)."""
    day = sunday + _DAY
    while day in national:
        day += _DAY
    return day


def _national_holidays(year: int) -> list[date]:
    happy_mondays = [_nth_monday(year, 1, 2), _nth_monday(year, 9, 3)]
    fixed = [date(year, month, day) for month, day in _FIXED]
    return fixed + happy_mondays + _equinoxes(year) + _summer_and_sports(year) + _imperial(year)


def _equinoxes(year: int) -> list[date]:
    """Vernal and autumnal equinox by the approximation for 1980 to 2099, in millionths of a day."""
    years = year - 1980
    drift, leap_days = 242_194 * years, years // 4
    spring, autumn = (20_843_100 + drift) // 1_000_000, (23_248_800 + drift) // 1_000_000
    return [date(year, 3, spring - leap_days), date(year, 9, autumn - leap_days)]


def _summer_and_sports(year: int) -> list[date]:
    """Marine Day, Sports Day, and Mountain Day since 2016."""
    if year in _MOVED:
        return list(_MOVED[year])
    mountain_day = [date(year, 8, 11)] if year >= 2016 else []
    return [_nth_monday(year, 7, 3), _nth_monday(year, 10, 2), *mountain_day]


def _imperial(year: int) -> list[date]:
    """List the Emperor's Birthday: 23 December to 2018, 23 February from 2020. In 2019, the accession."""
    if year == 2019:
        return [date(2019, 5, 1), date(2019, 10, 22)]
    return [date(year, 12, 23)] if year < 2019 else [date(year, 2, 23)]


def _nth_monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(_MONDAY - first.weekday()) % 7 + 7 * (nth - 1))
