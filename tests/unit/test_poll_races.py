"""Polls that fail, die, or run at the same time: nothing is lost, and nothing is told twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from investor_flows.announcements import Kind, Occasion
from investor_flows.errors import SourceError, SourceRejected, SourceTooLarge, SourceUnavailable
from investor_flows.intake import Report
from investor_flows.model import Measure
from investor_flows.poll import audit, poll

from tests.unit.builders import trading_weeks
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import Died, FakeStore
from tests.unit.publishing import (
    NEXT,
    TODAY,
    a_week,
    after,
    at,
    monitored,
    poll_quietly,
    told,
    weeks,
)


@pytest.mark.parametrize("fault", [SourceUnavailable("429"), SourceRejected("403"), SourceTooLarge("413")])
def test_a_fetch_that_fails_halfway_stores_and_owes_nothing(fault: SourceError) -> None:
    source, store = monitored()
    week = a_week(NEXT)
    source.publish(*week)
    source.asked.clear()
    source.fail(fault)

    with pytest.raises(type(fault)):
        poll_quietly(source, store, after(week[0]))

    assert {measure for measure, _ in source.asked} == set(Measure)
    source.heal()
    assert poll(source, store, after(week[0], minutes=2)).announced == 1


@pytest.mark.parametrize("task", [poll, audit])
def test_two_polls_at_once_announce_once(task: Callable[[FakeSource, FakeStore, datetime], Report]) -> None:
    source, store = monitored()
    week = a_week(NEXT)
    source.publish(*week)
    faster: list[Report] = []
    store.meanwhile = lambda: faster.append(poll(source, store, after(week[0])))

    slower = task(source, store, after(week[0]))

    assert [report.announced for report in faster] == [1]
    assert (slower.outrun, slower.announced) == (True, 0)
    assert len(store.owed) == 2


def test_a_source_that_fails_is_an_error_though_another_poll_told_first_that_the_release_is_overdue() -> None:
    source, store = monitored()
    source.fail(SourceUnavailable("503"))
    overdue = at(a_week(NEXT)[0].published_date, hour=21, minute=0)

    def poll_faster() -> None:
        with pytest.raises(SourceUnavailable):
            poll(source, store, overdue)

    store.meanwhile = poll_faster
    with pytest.raises(SourceUnavailable):
        poll(source, store, overdue)

    assert told(store) == [(Occasion.NEW, Kind.OVERDUE, a_week(NEXT)[0].published_date)]


def test_two_first_polls_at_once_announce_once() -> None:
    source, store = FakeSource(*weeks(3)), FakeStore()
    store.meanwhile = lambda: poll(source, store, at(TODAY))

    slower = poll(source, store, at(TODAY))

    assert slower.outrun
    assert [(each.occasion, each.published_date) for each in store.owed] == [(Occasion.START, TODAY)]
    assert len(store.stored) == len(weeks(3))


@pytest.mark.parametrize("writes", range(3))
def test_a_poll_that_dies_is_made_up_for_by_the_next(writes: int) -> None:
    source, store = monitored()
    missed = [a_week(end) for end in trading_weeks(NEXT + timedelta(weeks=2), 3)]
    source.publish(*(row for week in missed for row in week))
    store.lives = writes
    with pytest.raises(Died):
        poll(source, store, after(missed[-1][0]))
    store.lives = None

    poll(source, store, after(missed[-1][0]))

    assert told(store) == [(Occasion.NEW, Kind.RELEASE, week[0].published_date) for week in missed]


def test_announcements_untold_after_ten_minutes_are_offered_again() -> None:
    source, store = FakeSource(*weeks(3)), FakeStore()
    poll(source, store, at(TODAY))
    just, over = at(TODAY) + timedelta(minutes=10), at(TODAY) + timedelta(minutes=10, seconds=1)

    early, late = poll(source, store, just), poll(source, store, over)

    assert (early.offered_again, late.offered_again) == (0, 1)
