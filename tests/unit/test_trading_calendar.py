"""The exchange's calendar, against an independent package day by day and against FACTS 5."""

from datetime import date, timedelta

import pytest
from investor_flows.trading_calendar import (
    business_days_after,
    expected_published_date,
    has_trading,
    is_business_day,
    monday_of,
    public_holidays,
    trading_weeks_between,
)

from tests.local.vendor import trading_weeks
from tests.unit import slow_flows

DAYS = [date(2007, 1, 1) + timedelta(days=days) for days in range((date(2036, 1, 1) - date(2007, 1, 1)).days)]


def day(iso: str) -> date:
    return date.fromisoformat(iso)


def test_holidays_of_2007_to_2035_are_those_of_an_independent_package() -> None:
    expected = {day for year in range(2007, 2036) for day in trading_weeks.public_holidays(year)}

    computed = {day for year in range(2007, 2036) for day in public_holidays(year)}

    assert computed == expected


def test_business_days_of_2007_to_2035_agree_with_an_independent_rule() -> None:
    assert [day for day in DAYS if is_business_day(day)] == [day for day in DAYS if trading_weeks.is_business_day(day)]


def test_due_dates_of_2007_to_2035_agree_with_an_independent_rule() -> None:
    ends = slow_flows.end_dates(DAYS[0], DAYS[-1])

    assert [expected_published_date(end) for end in ends] == [slow_flows.published(end) for end in ends]


@pytest.mark.parametrize(
    ("iso", "why"),
    [
        ("2019-04-30", "between two holidays"),
        ("2019-05-01", "accession"),
        ("2019-05-02", "between two holidays"),
        ("2019-10-22", "enthronement"),
        ("2009-05-06", "substitute for the 3rd, two holidays later"),
        ("2015-09-22", "between two holidays"),
        ("2026-09-22", "between two holidays"),
        ("2016-08-11", "first Mountain Day"),
        ("2020-02-24", "substitute for the Emperor's birthday on a Sunday"),
        ("2020-07-24", "Olympic move"),
        ("2021-08-09", "substitute for the moved Mountain Day"),
        ("2018-12-24", "substitute for the former Emperor's birthday"),
        ("2026-12-31", "the exchange's year end"),
        ("2024-01-03", "the exchange's new year"),
        ("2026-11-14", "Saturday"),
        ("2026-11-15", "Sunday"),
    ],
)
def test_the_exchange_is_closed(iso: str, why: str) -> None:
    assert not is_business_day(day(iso)), why


@pytest.mark.parametrize(
    "iso", ["2019-12-23", "2019-02-22", "2020-10-12", "2021-10-11", "2015-08-11", "2026-12-30", "2027-01-04"]
)
def test_the_exchange_trades(iso: str) -> None:
    assert is_business_day(day(iso))


@pytest.mark.parametrize(
    ("end", "due"),
    [
        ("2026-11-20", "2026-11-27"),  # FACTS 5: Friday, after Labour Thanksgiving Day
        ("2026-11-27", "2026-12-03"),
        ("2026-12-04", "2026-12-10"),
        ("2026-12-11", "2026-12-17"),
        ("2026-12-18", "2026-12-24"),
        ("2026-12-25", "2027-01-04"),
        ("2026-12-30", "2027-01-07"),
        ("2027-01-08", "2027-01-15"),
        ("2027-01-15", "2027-01-21"),
        ("2027-04-23", "2027-04-30"),  # Golden Week
        ("2027-04-30", "2027-05-11"),
        ("2027-05-07", "2027-05-13"),
        ("2026-09-18", "2026-09-29"),  # two releases two days apart
        ("2026-09-25", "2026-10-01"),
        ("2017-01-06", "2017-01-13"),  # the documented sample row
        ("2022-02-10", "2022-02-17"),
    ],
)
def test_a_week_is_due_on_the_fourth_business_day_after_it_ends(end: str, due: str) -> None:
    assert expected_published_date(day(end)) == day(due)


def test_business_days_are_counted_from_any_day() -> None:
    saturday = day("2026-11-21")

    assert business_days_after(saturday, 0) == saturday
    assert business_days_after(saturday, 1) == day("2026-11-24")
    assert business_days_after(day("2026-11-24"), 1) == day("2026-11-25")


def test_one_calendar_week_since_2007_had_no_trading() -> None:
    mondays = [day for day in DAYS if day.weekday() == 0]

    assert [monday for monday in mondays if not has_trading(monday)] == [day("2019-04-29")]


@pytest.mark.parametrize(
    ("earlier", "later", "between"),
    [
        ("2026-11-06", "2026-11-13", 0),
        ("2019-04-26", "2019-05-10", 0),  # no trading in between
        ("2019-04-26", "2019-05-17", 1),
        ("2019-12-27", "2020-01-10", 1),  # 2019-12-30 alone is a week
        ("2019-12-30", "2020-01-10", 0),
        ("2026-11-09", "2026-11-13", 0),  # one calendar week
        ("2026-10-16", "2026-11-13", 3),
    ],
)
def test_weeks_between_two_days_are_counted_where_the_exchange_traded(earlier: str, later: str, between: int) -> None:
    assert trading_weeks_between(day(earlier), day(later)) == between


def test_a_week_is_named_by_its_monday() -> None:
    assert {monday_of(day("2026-11-09") + timedelta(days=offset)) for offset in range(7)} == {day("2026-11-09")}
