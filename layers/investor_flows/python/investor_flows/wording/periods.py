"""Weeks and times as text, one class a language."""

from datetime import date, datetime, timedelta
from typing import Protocol

from investor_flows.model import JST, Vintage
from investor_flows.trading_calendar import is_business_day, monday_of

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK = timedelta(days=7)
_PLAIN = timedelta(days=180)
"""So long a day and a month name the year as well: the last one with such a day."""


class Periods(Protocol):
    """How a language names weeks and times."""

    def week(self, start_date: date, end_date: date) -> str:
        """A reference period, in full."""
        ...

    def days(self, start_date: date, end_date: date) -> str:
        """A reference period by its days, without the year."""
        ...

    def dated(self, vintage: Vintage) -> str:
        """A vintage's reference period by its days, with the year where it is not plain which."""
        ...

    def week_of(self, end_date: date) -> str:
        """A week by its last day, for comparisons over years."""
        ...


class Japanese:
    """2026年11月第2週（11/9〜11/13）."""

    def week(self, start_date: date, end_date: date) -> str:
        """The week's number in its month, as the press counts, and its days."""
        first, number = month_week(end_date)
        return f"{first.year}年{first.month}月第{number}週（{self.days(start_date, end_date)}）"

    def days(self, start_date: date, end_date: date) -> str:
        """11/9〜11/13; 12/30."""
        start, end = _slashed(start_date), _slashed(end_date)
        return end if start_date == end_date else f"{start}〜{end}"

    def dated(self, vintage: Vintage) -> str:
        """11/9〜11/13; 2025/11/10〜11/14 where that became known long after."""
        days = self.days(vintage.record.start_date, vintage.record.end_date)
        return f"{vintage.record.start_date.year}/{days}" if _long_before(vintage) else days

    def week_of(self, end_date: date) -> str:
        """2026/6/12週."""
        return f"{end_date.year}/{_slashed(end_date)}週"


class English:
    """Nov 9-13, 2026."""

    def week(self, start_date: date, end_date: date) -> str:
        """The days and the year."""
        if start_date.year != end_date.year:
            return f"{_named(start_date)}, {start_date.year} - {_named(end_date)}, {end_date.year}"
        return f"{self.days(start_date, end_date)}, {end_date.year}"

    def days(self, start_date: date, end_date: date) -> str:
        """Nov 9-13; Oct 31-Nov 4; Dec 30. ASCII: the subject uses it."""
        if start_date == end_date:
            return _named(end_date)
        same = (start_date.year, start_date.month) == (end_date.year, end_date.month)
        return f"{_named(start_date)}-{end_date.day if same else _named(end_date)}"

    def dated(self, vintage: Vintage) -> str:
        """Nov 9-13; Nov 10-14, 2025 where that became known long after."""
        days = self.days(vintage.record.start_date, vintage.record.end_date)
        return f"{days}, {vintage.record.end_date.year}" if _long_before(vintage) else days

    def week_of(self, end_date: date) -> str:
        """The week to Jun 12, 2026."""
        return f"the week to {_named(end_date)}, {end_date.year}"


PERIODS: dict[str, Periods] = {"ja": Japanese(), "en": English()}


def month_week(end_date: date) -> tuple[date, int]:
    """The month a week belongs to, by its first day, and the week's number in it, as TSE and the press count.

    A week belongs to the month with most of its trading days, at a tie to the later one (2025-04-28 to 05-02 is the
    first week of May); a week without trading is not counted (2019-05-07 to 05-10 is the first week of May).
    """
    monday = monday_of(end_date)
    month = _month_of(monday) or end_date.replace(day=1)
    number, earlier = 1, monday - _WEEK
    while (other := _month_of(earlier)) in (month, None):
        number += other == month
        earlier -= _WEEK
    return month, number


def moment(time: datetime) -> str:
    """2026-11-19 18:01:07 JST."""
    return f"{time.astimezone(JST):%Y-%m-%d %H:%M:%S} JST"


def _long_before(vintage: Vintage) -> bool:
    return vintage.known_on - vintage.record.end_date > _PLAIN


def _month_of(monday: date) -> date | None:
    days = [monday + timedelta(days=offset) for offset in range(5)]
    months = [day.replace(day=1) for day in days if is_business_day(day)]
    return max(months, key=lambda month: (months.count(month), month), default=None)


def _slashed(day: date) -> str:
    return f"{day.month}/{day.day}"


def _named(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}"
