"""2024 to 2028, day by day: what readers are told of releases that come in time, late, or never."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time

import pytest
from investor_flows.announcements import Kind
from investor_flows.model import JST
from investor_flows.poll import poll

from tests.local.vendor.trading_weeks import Week, business_day_after
from tests.unit.calendar_run import DEADLINE, POLLED, Told, arrivals, at, business_days_late, expected, moments, run
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import NEXT_DAY, TODAY, a_week, corrected, monitored, told, weeks

FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
HALF_A_YEAR, A_YEAR = date(2024, 6, 30), date(2024, 12, 31)
WEEKS_OF_ONE, WEEKS_OF_FIVE_YEARS = 52, 261
MINUTE = timedelta(minutes=1)
CLOSE = (clock_time(17, 59), *POLLED, clock_time(21, 0), clock_time(23, 58), clock_time(0, 3))
ZONES = ("UTC0", "EST5EDT,M3.2.0,M11.1.0", "NZST-12NZDT,M9.5.0,M4.1.0/3")


def in_time(week: Week) -> datetime:
    return business_days_late(week, 0)


def a_day_late(week: Week) -> datetime:
    return business_days_late(week, 1)


def never(_: Week) -> None:
    return None


def in_any_way(week: Week) -> datetime | None:
    """In time, three hours late, a day late, after the next one, never; every season meets each way."""
    ways = {0: a_day_late(week), 3: business_days_late(week, 7), 4: None, 6: at(week.published_date, DEADLINE)}
    return ways.get(week.number % 11, in_time(week))


# Five years.


@pytest.mark.parametrize("when", [in_time, a_day_late, never, in_any_way])
def test_each_release_of_five_years_is_told_and_those_that_are_late_are_missed_and_welcomed(
    when: Callable[[Week], datetime | None], thorough: bool
) -> None:
    last = LAST if thorough else A_YEAR
    coming, polls = arrivals(FIRST, last, when), list(moments(FIRST, last))

    found = run(coming, polls)

    assert found == expected(coming, polls)
    assert len(coming) == (WEEKS_OF_FIVE_YEARS if thorough else WEEKS_OF_ONE)


def test_a_release_that_is_late_under_a_later_date_is_told_as_one_under_its_own() -> None:
    coming, polls = arrivals(FIRST, A_YEAR, a_day_late), list(moments(FIRST, A_YEAR))

    found = run(coming, polls, published=lambda week: business_day_after(week.published_date))

    assert found == expected(coming, polls)


@pytest.mark.parametrize(
    ("end", "due", "why"),
    [
        ("2023-12-29", "2024-01-10", "New Year and Coming of Age Day"),
        ("2024-02-22", "2024-02-29", "leap day"),
        ("2024-04-26", "2024-05-07", "Golden Week with a Monday"),
        ("2024-12-27", "2025-01-08", "New Year"),
        ("2024-12-30", "2025-01-09", "a week of one day"),
        ("2026-04-24", "2026-05-01", "Golden Week of five days"),
        ("2026-05-01", "2026-05-12", "after Golden Week of five days"),
        ("2026-09-18", "2026-09-29", "three holidays in a row"),
        ("2026-11-20", "2026-11-27", "a Monday holiday"),
        ("2026-12-25", "2027-01-04", "the first day of a year"),
        ("2027-04-30", "2027-05-11", "Golden Week"),
        ("2028-02-25", "2028-03-02", "over a leap day"),
    ],
)
def test_a_release_that_never_comes_is_missed_at_nine_in_the_evening_of_its_day(end: str, due: str, why: str) -> None:
    day = date.fromisoformat(due)
    coming = arrivals(day, day, never)

    found = run(coming, list(moments(day, day)))

    assert found == [Told(at(day, clock_time(21, 1)), Kind.OVERDUE, date.fromisoformat(end))], why


# Clocks that are wrong.


@pytest.mark.parametrize("skew", [minutes * MINUTE for minutes in (-20, -2, 2, 20)])
def test_a_clock_that_is_minutes_off_tells_everything_once_by_its_own_time(skew: timedelta) -> None:
    coming, polls = arrivals(FIRST, HALF_A_YEAR, in_any_way), sorted(moments(FIRST, HALF_A_YEAR, CLOSE))

    found = run(coming, polls, skew)

    assert found == expected(coming, polls, skew)


def test_a_row_of_tomorrow_waits_for_a_clock_that_is_behind_and_is_told_once() -> None:
    source, store = FakeSource(*weeks(3), windows_on="nothing"), FakeStore()
    poll(source, store, at(TODAY, POLLED[0]))
    source.publish(*corrected(a_week(), NEXT_DAY))
    midnight = at(NEXT_DAY, clock_time(0))

    reports = [poll(source, store, midnight + minutes * MINUTE) for minutes in (-10, -1, 0, 1)]

    assert [report.announced for report in reports] == [0, 0, 1, 0]
    assert [published for _, _, published in told(store)] == [NEXT_DAY]


def test_a_clock_that_is_set_back_tells_nothing_again() -> None:
    source, store = monitored()
    source.publish(*corrected(a_week(), NEXT_DAY))
    evening = at(NEXT_DAY, DEADLINE)

    reports = [poll(source, store, evening + hours * timedelta(hours=1)) for hours in (0, -3, 0, -1, 1)]

    assert [report.announced for report in reports] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize("zone", ZONES)
def test_the_zone_of_the_host_and_its_summer_time_change_nothing(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    coming, polls = arrivals(FIRST, A_YEAR, in_any_way), list(moments(FIRST, A_YEAR))
    monkeypatch.setenv("TZ", zone)
    time.tzset()

    try:
        found = run(coming, [moment.astimezone() for moment in polls])
    finally:
        monkeypatch.undo()
        time.tzset()

    assert found == expected(coming, [moment.astimezone(UTC) for moment in polls])
    assert {each.moment.astimezone(JST).hour for each in found} <= {18, 21}
