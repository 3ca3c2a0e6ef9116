"""Rows whose dates cannot be: a poll keeps them apart and reports them, and does not pass them over in silence."""

from dataclasses import replace
from datetime import timedelta

import pytest
from investor_flows.intake import AHEAD
from investor_flows.model import Held, Record
from investor_flows.poll import audit, poll

from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import (
    NEXT,
    NEXT_DAY,
    TODAY,
    a_week,
    after,
    at,
    broken,
    poll_quietly,
    records_of,
    tell_all,
    weeks,
)

WEEK = a_week(NEXT)
FAR = TODAY + AHEAD + timedelta(days=1)
MINUTE = timedelta(minutes=1)


def watched(*rows: Record | Held) -> tuple[FakeSource, FakeStore]:
    """A monitored source whose windows leave nothing out, and more rows in it."""
    source, store = FakeSource(*weeks(3), windows_on="nothing"), FakeStore()
    poll(source, store, at(TODAY))
    tell_all(store)
    store.writes.clear()
    source.publish(*rows)
    return source, store


def test_a_row_dated_far_ahead_is_held_with_the_date_as_the_reason() -> None:
    source, store = watched(*(replace(record, published_date=FAR) for record in WEEK))

    report = poll(source, store, at(TODAY))

    assert (report.held, report.announced) == (4, 0)
    assert {held.reason for held in store.held} == {f"PublishedDate {FAR} is too far ahead"}
    assert {held.published_date for held in store.held} == {None}


def test_a_row_dated_as_far_ahead_as_may_be_waits_for_its_day() -> None:
    source, store = watched(*(replace(record, published_date=TODAY + AHEAD) for record in WEEK))

    poll_quietly(source, store, at(TODAY))
    report = poll(source, store, at(TODAY + AHEAD))

    assert (report.held, report.announced) == (0, 1)


@pytest.mark.parametrize("task", [poll, audit])
def test_a_row_dated_far_ahead_is_counted_once_and_its_right_date_is_told(task: object) -> None:
    assert callable(task)
    wrong = replace(WEEK[0], published_date=WEEK[0].published_date + timedelta(days=3650))
    source, store = watched(wrong, *WEEK[1:])
    first = task(source, store, after(WEEK[0]))
    again = task(source, store, after(WEEK[0]) + MINUTE)
    source.replace([wrong], WEEK[:1])

    report = task(source, store, after(WEEK[0]) + 2 * MINUTE)

    assert [first.held, first.waiting, again.held, report.held] == [1, 1, 0, 0]
    assert report.announced == 1
    assert records_of(store) == set(WEEK)


def test_a_held_row_dated_far_ahead_does_not_move_the_start_of_monitoring() -> None:
    far = Held("raw", WEEK[0].measure, "TotalSales is missing", "TSEPrime", FAR, FAR + timedelta(days=6))
    source, store = FakeSource(*weeks(3), far, windows_on="nothing"), FakeStore()

    report = poll(source, store, at(TODAY))

    assert (report.held, report.announced) == (1, 1)
    assert store.kept.last_published == TODAY


def test_a_held_row_that_says_no_date_is_reported_by_the_poll_that_meets_it() -> None:
    source, store = watched(replace(broken(WEEK[0]), published_date=None, end_date=None), *WEEK[1:])

    report = poll(source, store, after(WEEK[0]))

    assert (report.held, report.waiting, report.announced) == (1, 1, 0)
    assert poll(source, store, at(NEXT_DAY)).held == 0
