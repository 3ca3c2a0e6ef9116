"""When a release is overdue: the expected day plus three hours, by Japan's calendar and clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from investor_flows.model import JST
from investor_flows.overdue import due_after, hours_overdue, overdue_week

EXPECTED = [  # FACTS 5: newest week seen, the week after it, and the day on which that is due
    (date(2026, 11, 13), date(2026, 11, 20), date(2026, 11, 27)),
    (date(2026, 11, 20), date(2026, 11, 27), date(2026, 12, 3)),
    (date(2026, 12, 18), date(2026, 12, 25), date(2027, 1, 4)),
    (date(2026, 12, 25), date(2026, 12, 30), date(2027, 1, 7)),
    (date(2026, 12, 30), date(2027, 1, 8), date(2027, 1, 15)),
    (date(2027, 4, 16), date(2027, 4, 23), date(2027, 4, 30)),
    (date(2027, 4, 23), date(2027, 4, 30), date(2027, 5, 11)),
    (date(2027, 4, 30), date(2027, 5, 7), date(2027, 5, 13)),
]


@pytest.mark.parametrize(("seen", "due", "published"), EXPECTED)
def test_a_release_is_overdue_three_hours_after_six_in_the_evening_of_its_day(
    seen: date, due: date, published: date
) -> None:
    deadline = datetime(published.year, published.month, published.day, 21, tzinfo=JST)

    before, after = overdue_week(seen, deadline - timedelta(seconds=1)), overdue_week(seen, deadline)

    assert before is None
    assert after is not None
    assert (after.end_date, after.published_date) == (due, published)


@pytest.mark.parametrize(("seen", "due", "published"), EXPECTED)
@pytest.mark.parametrize(("minutes", "hours"), [(-10_000, 0), (-1, 0), (0, 0), (59, 0), (60, 1), (180, 3), (5_760, 96)])
def test_hours_are_counted_from_when_the_next_release_was_expected(
    seen: date, due: date, published: date, minutes: int, hours: int
) -> None:
    expected = datetime(published.year, published.month, published.day, 18, tzinfo=JST)

    counted = hours_overdue(seen, (expected + timedelta(minutes=minutes)).astimezone(UTC))

    assert (counted, due_after(seen).end_date) == (hours, due)


def test_the_clock_is_japan_s_whatever_the_zone_of_the_moment() -> None:
    assert overdue_week(date(2026, 11, 13), datetime(2026, 11, 27, 11, 59, tzinfo=UTC)) is None
    assert overdue_week(date(2026, 11, 13), datetime(2026, 11, 27, 12, 0, tzinfo=UTC)) is not None


def test_after_a_long_silence_only_the_newest_overdue_week_is_named() -> None:
    week = overdue_week(date(2026, 8, 28), datetime(2026, 11, 20, tzinfo=JST))

    assert week is not None
    assert week.end_date == date(2026, 11, 13)


def test_a_week_without_trading_is_never_overdue() -> None:
    assert overdue_week(date(2019, 4, 26), datetime(2019, 5, 10, tzinfo=JST)) is None
