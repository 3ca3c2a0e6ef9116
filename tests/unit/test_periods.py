"""Weeks as the press names them, and times in Japan to the second."""

from datetime import UTC, date, datetime

import pytest
from investor_flows.wording.periods import PERIODS, moment, month_week

JA, EN = PERIODS["ja"], PERIODS["en"]


@pytest.mark.parametrize(
    ("end_date", "month", "number"),
    [
        # As Reuters, MINKABU PRESS and the exchange's file names had them.
        ("2021-09-03", "2021-09", 1),  # two days of August, three of September
        ("2025-08-01", "2025-07", 5),  # four days of July
        ("2022-04-01", "2022-03", 5),
        ("2022-03-04", "2022-03", 1),
        ("2018-03-02", "2018-02", 4),
        ("2018-03-30", "2018-03", 4),
        ("2026-02-20", "2026-02", 3),
        ("2025-12-30", "2025-12", 5),
        ("2008-05-09", "2008-05", 2),  # the week before has two trading days in each month: it counts as May's
        ("2025-05-09", "2025-05", 2),
        ("2019-05-17", "2019-05", 2),  # a week without trading, 2019-04-29 to 05-03, is not counted
        ("2020-01-10", "2020-01", 1),  # 2019-12-30 was December's fifth
        ("2019-12-30", "2019-12", 5),
        ("2024-01-12", "2024-01", 2),
    ],
)
def test_a_week_belongs_to_the_month_of_most_of_its_trading_days(end_date: str, month: str, number: int) -> None:
    assert month_week(date.fromisoformat(end_date)) == (date.fromisoformat(f"{month}-01"), number)


def test_a_week_is_named_with_its_days() -> None:
    assert JA.week(date(2026, 11, 9), date(2026, 11, 13)) == "2026年11月第2週（11/9〜11/13）"
    assert EN.week(date(2026, 11, 9), date(2026, 11, 13)) == "Nov 9-13, 2026"


def test_a_week_over_the_end_of_a_month_or_year_names_both() -> None:
    assert EN.week(date(2026, 3, 30), date(2026, 4, 3)) == "Mar 30-Apr 3, 2026"
    assert EN.week(date(2012, 12, 31), date(2013, 1, 4)) == "Dec 31, 2012 - Jan 4, 2013"
    assert JA.days(date(2026, 3, 30), date(2026, 4, 3)) == "3/30〜4/3"


def test_a_one_day_week_has_one_day() -> None:
    day = date(2024, 12, 30)

    assert [JA.week(day, day), EN.week(day, day)] == ["2024年12月第5週（12/30）", "Dec 30, 2024"]


def test_an_earlier_week_is_named_by_its_last_day() -> None:
    assert [JA.week_of(date(2026, 6, 12)), EN.week_of(date(2026, 6, 12))] == ["2026/6/12週", "the week to Jun 12, 2026"]


def test_times_are_japanese_to_the_second() -> None:
    assert moment(datetime(2026, 11, 19, 9, 1, 7, tzinfo=UTC)) == "2026-11-19 18:01:07 JST"
