"""Weeks in another unit, as polls meet them: kept apart, told, in nobody's way, and taken when they come right."""

from dataclasses import replace
from datetime import timedelta

import pytest
from investor_flows.model import Record
from investor_flows.poll import audit, poll

from tests.unit.builders import LAST, trading_weeks
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import (
    NEXT,
    NEXT_DAY,
    TODAY,
    a_week,
    after,
    at,
    monitored,
    poll_quietly,
    records_of,
    tell_all,
    weeks,
)

WEEK = a_week(NEXT)
RELEASED = after(WEEK[0])
MINUTE = timedelta(minutes=1)


def in_yen(record: Record) -> Record:
    """A thousand times as much; its accounts hold."""
    return replace(record, figures=tuple(figure and 1000 * figure for figure in record.figures))


def test_a_row_in_another_unit_is_held_and_told_and_stops_no_other() -> None:
    source, store = monitored()
    source.publish(in_yen(WEEK[0]), *WEEK[1:])

    report = poll(source, store, RELEASED)

    assert (report.held, report.new, report.announced, report.waiting) == (1, 3, 1, 0)
    assert records_of(store) == set(WEEK[1:])
    [gap] = store.owed[-1].held
    assert (gap.section, gap.measure) == (WEEK[0].section, WEEK[0].measure)
    assert gap.reason.startswith("TotalTotal ")


def test_a_row_in_another_unit_is_counted_once_and_then_writes_nothing() -> None:
    source, store = monitored()
    source.publish(*map(in_yen, WEEK))
    poll(source, store, RELEASED)

    report = poll_quietly(source, store, RELEASED + MINUTE)

    assert (report.held, report.announced) == (0, 0)


@pytest.mark.parametrize("count", [1, len(WEEK)])
def test_a_row_that_comes_in_the_right_unit_is_told(count: int) -> None:
    source, store = monitored()
    scaled = [in_yen(record) for record in WEEK[:count]]
    source.publish(*scaled, *WEEK[count:])
    poll(source, store, RELEASED)
    source.replace(scaled, WEEK[:count])

    report = poll(source, store, RELEASED + MINUTE)

    assert (report.new, report.restated, report.announced) == (count, 0, 1)
    assert {vintage.record for vintage in store.stored} >= set(WEEK)


def test_a_whole_answer_in_another_unit_stores_and_tells_nothing() -> None:
    source, store = monitored()
    before, told = list(store.stored), list(store.owed)
    source.publish(*WEEK)
    source.published = [in_yen(row) for row in source.published if isinstance(row, Record)]

    report = poll(source, store, RELEASED)

    assert (report.held, report.announced) == (16, 0)
    assert (store.stored, store.owed) == (before, told)


@pytest.mark.parametrize(("place", "announced"), [(0, 0), (1, 0), (30, 0), (58, 1), (59, 1)])
def test_a_scaled_row_of_the_first_history_is_held_and_flows_when_mended(place: int, announced: int) -> None:
    history = weeks(60)
    wrong = history[4 * place]
    source, store = FakeSource(*history), FakeStore()
    source.replace([wrong], [in_yen(wrong)])
    first = poll(source, store, at(TODAY))
    source.replace([in_yen(wrong)], [wrong])

    report = audit(source, store, at(TODAY, minute=2))

    assert (first.held, report.held, report.new, report.announced) == (1, 0, 1, announced)
    assert {vintage.record for vintage in store.stored} == set(history)


def test_a_week_that_was_held_is_taken_when_others_show_that_it_is_right() -> None:
    first, second, third = (a_week(end, "TSENew") for end in trading_weeks(LAST, 3))
    source, store = FakeSource(*map(in_yen, first), *second), FakeStore()
    poll(source, store, after(second[0]))
    source.publish(*third)

    poll(source, store, after(third[0]))

    assert {vintage.record for vintage in store.stored} >= {*second, *third}


def test_a_poll_that_finds_nothing_new_reads_no_week() -> None:
    source, store = FakeSource(*weeks(8)), FakeStore()
    poll(source, store, at(TODAY))
    tell_all(store)
    store.reads = 0

    poll_quietly(source, store, at(NEXT_DAY))

    assert store.reads == 0


def test_a_new_week_is_compared_within_the_one_read_that_each_series_needs() -> None:
    source, store = FakeSource(*weeks(8)), FakeStore()
    poll(source, store, at(TODAY))
    store.reads = 0
    source.publish(*WEEK)

    poll(source, store, RELEASED)

    assert store.reads == len(WEEK)
