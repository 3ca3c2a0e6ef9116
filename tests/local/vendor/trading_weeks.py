"""The simulated exchange's calendar: business days, trading weeks, and the day a week's figures come out.

Written apart from the product's own calendar, so that one can be checked against the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import dropwhile

from holidays import country_holidays
from investor_flows.model import JST

DAY = timedelta(days=1)
NEW_YEAR = {(12, 31), (1, 1), (1, 2), (1, 3)}
SATURDAY = 5
PUBLICATION_LAG = 4
RELEASE_TIME = timedelta(hours=18)


@cache
def is_business_day(day: date) -> bool:
    """Tell a weekday that is neither a public holiday in Japan nor 31 December to 3 January."""
    if day.weekday() >= SATURDAY or (day.month, day.day) in NEW_YEAR:
        return False
    return day not in public_holidays(day.year)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Japan's public holidays of a year, as an independent package has them."""
    return frozenset(country_holidays("JP", years=year))


@cache
def business_day_after(day: date, count: int = 1) -> date:
    """Find the count-th business day after a day."""
    while count:
        day += DAY
        count -= is_business_day(day)
    return day


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """The business days of one calendar week, Monday to Friday; one to five of them."""

    start_date: date
    end_date: date
    trading_days: int

    @property
    def monday(self) -> date:
        """The calendar week's Monday, whether or not there was trading."""
        return self.start_date - self.start_date.weekday() * DAY

    @property
    def number(self) -> int:
        """Counts calendar weeks, so neighbours differ by one."""
        return self.monday.toordinal() // 7

    @property
    def published_date(self) -> date:
        """The 4th business day after the week's last."""
        return business_day_after(self.end_date, PUBLICATION_LAG)


@cache
def week_of(monday: date) -> Week | None:
    """Find the trading week of a calendar week; None where all five days are holidays (2019-04-29)."""
    days = [day for day in (monday + n * DAY for n in range(5)) if is_business_day(day)]
    return Week(days[0], days[-1], len(days)) if days else None


def weeks_after(day: date) -> Iterator[Week]:
    """Every trading week that starts in a calendar week later than the day's, without end."""
    monday = day - day.weekday() * DAY
    while True:
        monday += 7 * DAY
        if week := week_of(monday):
            yield week


def weeks_published_since(day: date) -> Iterator[Week]:
    """Every trading week published on the day or later, oldest first, without end."""
    return dropwhile(lambda week: week.published_date < day, weeks_after(day - 42 * DAY))


def released_by(moment: datetime) -> date:
    """Name the last day, in Japan, whose releases are out at a moment; they come at 18:00."""
    return (moment.astimezone(JST) - RELEASE_TIME).date()
