"""A first poll that is cut off, fails, or asks for too much goes on where it was: nothing twice, nothing lost."""

from datetime import date, timedelta

import pytest
from investor_flows.announcements import Occasion
from investor_flows.errors import SourceTooLarge, SourceUnavailable
from investor_flows.model import Record
from investor_flows.poll import audit, poll

from tests.unit.builders import LAST, trading_weeks
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import Died, FakeStore
from tests.unit.publishing import (
    NEXT,
    NEXT_DAY,
    TODAY,
    a_week,
    after,
    at,
    corrected,
    monitored,
    poll_quietly,
    restated,
    weeks,
)


def started(store: FakeStore) -> list[tuple[Occasion, date]]:
    return [(each.occasion, each.published_date) for each in store.owed]


def records(store: FakeStore) -> list[Record]:
    return [vintage.record for vintage in store.stored]


@pytest.mark.parametrize("windows_on", ["published", "period"])
@pytest.mark.parametrize("writes", range(9))
def test_a_first_poll_that_is_cut_off_goes_on_where_it_stopped(writes: int, windows_on: str) -> None:
    autumn = weeks(30, date(2024, 12, 6))
    history = list(dict.fromkeys([*weeks(40, every=6), *autumn, *corrected(autumn, date(2025, 1, 15))]))
    source, store = FakeSource(*history, windows_on=windows_on), FakeStore()
    store.lives = writes
    with pytest.raises(Died):
        poll(source, store, at(TODAY))
    store.lives = None

    poll(source, store, at(TODAY))

    assert sorted(map(repr, records(store))) == sorted(map(repr, history))
    assert started(store) == [(Occasion.START, TODAY)]
    poll_quietly(source, store, at(TODAY, minute=2))


def test_years_that_are_stored_are_not_asked_for_again() -> None:
    source, store = FakeSource(*weeks(40, every=6)), FakeStore()
    store.lives = 3
    with pytest.raises(Died):
        poll(source, store, at(TODAY))
    store.lives, newest = None, max(vintage.record.published_date for vintage in store.stored)
    source.asked.clear()

    poll(source, store, at(TODAY))

    _, window = source.asked[0]
    assert window
    assert window[0].year >= newest.year - 1 > 2008


def test_a_release_that_comes_while_the_history_is_cut_off_is_the_one_that_is_told() -> None:
    source, store = FakeSource(*weeks(40, every=6)), FakeStore()
    store.lives = 4
    with pytest.raises(Died):
        poll(source, store, at(TODAY))
    store.lives = None
    source.publish(*a_week(NEXT))

    poll(source, store, after(a_week(NEXT)[0]))

    assert started(store)[-1] == (Occasion.START, a_week(NEXT)[0].published_date)
    assert len(started(store)) == 1
    assert len(records(store)) == 4 * 41


def test_a_source_that_fails_in_the_middle_of_the_history_is_asked_again_from_there() -> None:
    history = weeks(40, every=6)
    source, store = FakeSource(*history), FakeStore()
    source.fail(SourceUnavailable("503"), since=date(2024, 1, 1))
    with pytest.raises(SourceUnavailable):
        poll(source, store, at(TODAY))
    before = {record.published_date.year for record in records(store)}
    source.heal()
    source.asked.clear()

    report = poll(source, store, at(TODAY, minute=2))

    assert max(before) == 2023
    assert min(window[0].year for _, window in source.asked if window) in (2022, 2023)
    assert report.announced == 1
    assert sorted(map(repr, records(store))) == sorted(map(repr, history))


def test_a_history_too_large_for_one_answer_is_read_in_years() -> None:
    source, store = monitored(60)
    source.fail(SourceTooLarge("413"), windowed=False)
    old = a_week(trading_weeks(LAST, 60)[0])
    source.replace(old, restated(old))

    report = audit(source, store, at(NEXT_DAY))

    assert (report.rows, report.restated) == (240, 4)


def test_a_window_too_large_for_one_answer_is_asked_for_in_halves() -> None:
    source, store = FakeSource(*weeks(30)), FakeStore()
    source.fail(SourceTooLarge("413"), longest=timedelta(days=100))

    report = poll(source, store, at(TODAY))

    assert (report.new, report.announced) == (120, 1)


def test_a_day_too_large_for_one_answer_is_an_error() -> None:
    source, store = FakeSource(*weeks(3)), FakeStore()
    source.fail(SourceTooLarge("413"))

    with pytest.raises(SourceTooLarge):
        poll(source, store, at(TODAY))
