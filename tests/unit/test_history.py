"""The history before monitoring: stored silently and once, however often it is cut off; only the newest is told."""

from datetime import date, timedelta

import pytest
from investor_flows.errors import SourceTooLarge, SourceUnavailable
from investor_flows.intake import Report
from investor_flows.model import Kind, Measure, Occasion, Record
from investor_flows.poll import COMPLETION, audit, backfill, poll

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
    broken,
    corrected,
    monitored,
    poll_quietly,
    records_of,
    restated,
    reverted,
    weeks,
)

YEARS = range(2008, 2027)


def started(store: FakeStore) -> list[tuple[Occasion, date]]:
    return [(each.occasion, each.published_date) for each in store.owed]


def records(store: FakeStore) -> list[Record]:
    return [vintage.record for vintage in store.stored]


# The first poll.


@pytest.mark.parametrize("windows_on", ["published", "period", "nothing"])
def test_the_first_poll_stores_everything_and_tells_the_newest_release_alone(windows_on: str) -> None:
    history = weeks(120)
    source, store = FakeSource(*history, windows_on=windows_on), FakeStore()

    report = poll(source, store, at(TODAY))

    assert (report.new, report.announced) == (len(history), 1)
    assert sorted(map(repr, records(store))) == sorted(map(repr, history))
    assert started(store) == [(Occasion.START, TODAY)]
    assert records_of(store) == set(a_week())
    poll_quietly(source, store, at(TODAY, minute=2))


def test_every_release_of_the_history_is_kept_as_a_silent_announcement() -> None:
    source, store = FakeSource(*weeks(10)), FakeStore()

    poll(source, store, at(TODAY))

    silent = {each.published_date: each.keys for each in store.announced if each.occasion is Occasion.HISTORY}
    assert len(silent) == 9
    assert all({key.published_date for key in keys} == {day} for day, keys in silent.items())


def test_corrections_of_the_past_are_stored_silently() -> None:
    old = a_week(trading_weeks(LAST, 30)[0])
    once = corrected(old)
    source, store = FakeSource(*weeks(30), *once, *reverted(old, date(2026, 6, 1))), FakeStore()

    report = poll(source, store, at(TODAY))

    assert (report.revised, report.announced) == (8, 1)
    assert len(records(store)) == len(weeks(30)) + 8


def test_a_correction_published_with_the_newest_release_is_told_with_it() -> None:
    revised = corrected(a_week(trading_weeks(LAST, 2)[0]), TODAY)
    source, store = FakeSource(*weeks(3), *revised), FakeStore()

    poll(source, store, at(TODAY))

    assert started(store) == [(Occasion.START, TODAY)]
    assert store.owed[0].kind is Kind.RELEASE
    assert records_of(store) == {*a_week(), *revised}


def test_a_single_release_is_told() -> None:
    source, store = FakeSource(*a_week()), FakeStore()

    poll(source, store, at(TODAY))

    assert started(store) == [(Occasion.START, TODAY)]


def test_a_source_without_rows_starts_nothing_and_writes_nothing() -> None:
    source, store = FakeSource(), FakeStore()

    report = poll_quietly(source, store, at(TODAY))

    assert report == Report()


def test_monitoring_starts_with_the_first_release_there_is() -> None:
    source, store = FakeSource(), FakeStore()
    poll(source, store, at(TODAY))
    source.publish(*a_week(NEXT))

    poll(source, store, after(a_week(NEXT)[0]))

    assert started(store) == [(Occasion.START, a_week(NEXT)[0].published_date)]


def test_monitoring_starts_with_the_next_release_where_all_of_the_newest_is_held() -> None:
    source, store = FakeSource(*weeks(2), *map(broken, a_week(NEXT))), FakeStore()
    first = poll(source, store, after(a_week(NEXT)[0]))
    following = a_week(NEXT + timedelta(weeks=1))
    source.publish(*following)

    poll(source, store, after(following[0]))

    assert (first.held, first.announced) == (4, 0)
    assert started(store) == [(Occasion.START, following[0].published_date)]


def test_the_history_is_asked_for_year_by_year_without_a_gap() -> None:
    source, store = FakeSource(*weeks(3)), FakeStore()

    poll(source, store, at(TODAY))

    asked = source.asked[: 2 * len(YEARS)]
    spans = [(date(year, 1, 1), min(date(year, 12, 31), TODAY)) for year in YEARS]
    assert asked == [(measure, span) for span in spans for measure in Measure]


def test_no_write_is_larger_than_a_transaction() -> None:
    source, store = FakeSource(*weeks(300), *corrected(weeks(200, LAST - timedelta(weeks=2)), TODAY)), FakeStore()

    poll(source, store, at(TODAY))

    assert max(store.writes) <= 100
    assert len(records(store)) == 4 * 500


# Cut off.


@pytest.mark.parametrize("writes", [0, 1, 2, 5, 8, 9, 10, 11])
def test_a_first_poll_that_is_cut_off_goes_on_where_it_stopped(writes: int) -> None:
    history = weeks(260)
    source, store = FakeSource(*history), FakeStore()
    store.lives = writes
    with pytest.raises(Died):
        poll(source, store, at(TODAY))
    store.lives = None

    poll(source, store, at(TODAY))

    assert sorted(map(repr, records(store))) == sorted(map(repr, history))
    assert started(store) == [(Occasion.START, TODAY)]
    poll_quietly(source, store, at(TODAY, minute=2))


def test_years_that_are_stored_are_not_asked_for_again() -> None:
    source, store = FakeSource(*weeks(260)), FakeStore()
    store.lives = 6
    with pytest.raises(Died):
        poll(source, store, at(TODAY))
    store.lives, newest = None, max(vintage.record.published_date for vintage in store.stored)
    source.asked.clear()

    poll(source, store, at(TODAY))

    _, window = source.asked[0]
    assert window
    assert window[0].year >= newest.year - 1 > 2008


def test_a_release_that_comes_while_the_history_is_cut_off_is_the_one_that_is_told() -> None:
    source, store = FakeSource(*weeks(260)), FakeStore()
    store.lives = 9
    with pytest.raises(Died):
        poll(source, store, at(TODAY))
    store.lives = None
    source.publish(*a_week(NEXT))

    poll(source, store, after(a_week(NEXT)[0]))

    assert started(store)[-1] == (Occasion.START, a_week(NEXT)[0].published_date)
    assert len(started(store)) == 1
    assert len(records(store)) == 4 * 261


def test_a_source_that_fails_in_the_middle_of_the_history_is_asked_again_from_there() -> None:
    source, store = FakeSource(*weeks(120)), FakeStore()
    source.publish(*a_week(NEXT))
    source.fail(SourceUnavailable("503"))
    with pytest.raises(SourceUnavailable):
        poll(source, store, after(a_week(NEXT)[0]))
    source.faults.clear()

    report = poll(source, store, after(a_week(NEXT)[0]))

    assert report.announced == 1
    assert len(records(store)) == 4 * 121


def test_a_history_too_large_for_one_answer_is_read_in_years() -> None:
    source, store = monitored(60)
    source.fail(SourceTooLarge("413"), windowed=False)
    old = a_week(trading_weeks(LAST, 60)[0])
    source.replace(old, restated(old))

    report = audit(source, store, at(NEXT_DAY))

    assert (report.rows, report.restated) == (240, 4)


# A backfill on request.


def test_a_backfill_stores_what_is_older_than_polls_look_and_tells_nobody() -> None:
    source, store = monitored(8)
    older = [row for end in trading_weeks(LAST, 60)[:-8] for row in a_week(end)]
    source.publish(*older)

    report = backfill(source, store, at(NEXT_DAY))

    assert (report.new, report.announced) == (len(older), 0)
    assert set(older) <= set(records(store))
    assert len(store.owed) == 1


def test_a_backfill_that_finds_nothing_writes_nothing() -> None:
    source, store = monitored(60)

    report = backfill(source, store, at(NEXT_DAY))

    assert store.writes == []
    assert (report.rows, report.new) == (240, 0)


@pytest.mark.parametrize("writes", range(3))
def test_a_backfill_that_is_cut_off_goes_on(writes: int) -> None:
    source, store = monitored(8)
    source.publish(*(row for end in trading_weeks(LAST, 100)[:-8] for row in a_week(end)))
    store.lives = writes
    with pytest.raises(Died):
        backfill(source, store, at(NEXT_DAY))
    store.lives = None

    backfill(source, store, at(NEXT_DAY))

    assert len(records(store)) == 4 * 100
    assert store.kept.backfill_from is None
    assert store.kept.last_published == TODAY


@pytest.mark.parametrize(
    "unseen",
    [corrected(a_week(), TODAY + timedelta(days=1)), restated(a_week()), a_week(LAST, "TSEGrowth")],
    ids=["correction", "restatement", "late section"],
)
def test_a_backfill_leaves_to_polls_what_they_will_tell(unseen: list[Record]) -> None:
    source, store = monitored(8)
    source.replace([row for row in a_week() if row.published_date == unseen[0].published_date], unseen)
    backfill(source, store, at(NEXT_DAY))

    report = poll(source, store, at(NEXT_DAY))

    assert report.announced == 1
    assert records_of(store) == set(unseen)


def test_a_backfill_leaves_a_release_that_is_waited_for() -> None:
    source, store = monitored(8)
    late, following = a_week(NEXT)[:3], a_week(NEXT + timedelta(weeks=1))
    source.publish(*late, *following)
    moment = after(following[0])
    waits = poll(source, store, moment)
    backfill(source, store, moment)

    report = poll(source, store, moment + COMPLETION)

    assert (waits.waiting, waits.announced, report.announced) == (1, 1, 1)
    assert records_of(store) == set(late)
