"""A release that should be here and is not is told once; so is its arrival."""

from datetime import datetime, timedelta

import pytest
from investor_flows.errors import SourceUnavailable
from investor_flows.model import JST, Kind, Occasion
from investor_flows.poll import poll

from tests.unit.fake_store import FakeStore
from tests.unit.publishing import NEXT, a_week, monitored, told

WEEK = a_week(NEXT)
DAY = WEEK[0].published_date
DEADLINE = datetime(DAY.year, DAY.month, DAY.day, 21, tzinfo=JST)
MINUTE = timedelta(minutes=1)


def kinds(store: FakeStore) -> list[Kind]:
    return [kind for _, kind, _ in told(store)]


def test_an_overdue_release_is_told_once() -> None:
    source, store = monitored()

    reports = [poll(source, store, at) for at in (DEADLINE - MINUTE, DEADLINE, DEADLINE + MINUTE)]

    assert [report.overdue for report in reports] == [0, 1, 0]
    assert kinds(store) == [Kind.OVERDUE]


def test_its_arrival_is_told_with_the_release_and_once() -> None:
    source, store = monitored()
    poll(source, store, DEADLINE)
    source.publish(*WEEK)

    reports = [poll(source, store, DEADLINE + n * MINUTE) for n in (1, 2)]

    assert [report.announced for report in reports] == [2, 0]
    assert kinds(store) == [Kind.OVERDUE, Kind.RELEASE, Kind.ARRIVED]


def test_a_release_in_time_is_neither_overdue_nor_told_to_have_arrived() -> None:
    source, store = monitored()
    source.publish(*WEEK)

    poll(source, store, DEADLINE - MINUTE)
    poll(source, store, DEADLINE + MINUTE)

    assert kinds(store) == [Kind.RELEASE]


def test_a_release_that_comes_late_under_its_day_is_no_addition() -> None:
    source, store = monitored()
    poll(source, store, DEADLINE)
    source.publish(*WEEK)

    poll(source, store, DEADLINE + MINUTE)

    assert (Occasion.NEW, Kind.RELEASE, DAY) in told(store)


def test_readers_are_told_though_the_vendor_is_out_of_reach() -> None:
    source, store = monitored()
    source.fail(SourceUnavailable("503"))

    with pytest.raises(SourceUnavailable):
        poll(source, store, DEADLINE)

    assert kinds(store) == [Kind.OVERDUE]
