"""A backfill on request: completes the history silently, and leaves to polls what they will tell."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from investor_flows.model import Record
from investor_flows.poll import COMPLETION, backfill, poll

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
    records_of,
    restated,
    weeks,
)


def records(store: FakeStore) -> list[Record]:
    return [vintage.record for vintage in store.stored]


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


# A span of published dates.


def test_a_span_is_stored_silently_and_nothing_beside_it() -> None:
    source, store = monitored(8)
    older = weeks(60)[:-32]
    source.publish(*older)
    span = older[40].published_date, older[79].published_date

    report = backfill(source, store, at(NEXT_DAY), span)

    within = [row for row in older if span[0] <= row.published_date <= span[1]]
    assert set(records(store)) & set(older) == set(within)
    assert (report.new, report.announced) == (len(within), 0)


@pytest.mark.parametrize("windows_on", ["published", "period"])
def test_a_span_is_of_published_dates_whatever_the_server_compares(windows_on: str) -> None:
    _, store = monitored(8)
    older = weeks(60)[:-32]
    day = older[40].published_date

    report = backfill(FakeSource(*older, windows_on=windows_on), store, at(NEXT_DAY), (day, day))

    assert {record.published_date for record in set(records(store)) & set(older)} == {day}
    assert report.new == 4


@pytest.mark.parametrize("first", [a_week(LAST)[0].published_date, weeks(60)[0].published_date])
def test_what_polls_still_look_at_is_left_to_them(first: date) -> None:
    source, store = monitored(8)
    new = a_week(NEXT)
    source.publish(*new)

    report = backfill(source, store, at(new[0].published_date), (first, new[0].published_date))

    assert (report.new, store.writes) == (0, [])


def test_a_span_twice_is_a_span_once() -> None:
    source, store = monitored(8)
    source.publish(*weeks(60)[:-32])
    span = weeks(60)[0].published_date, weeks(60)[20].published_date
    backfill(source, store, at(NEXT_DAY), span)
    before = records(store)

    again = backfill(source, store, at(NEXT_DAY), span)

    assert (again.new, records(store)) == (0, before)


def test_a_span_leaves_a_backfill_that_was_cut_off_where_it_was() -> None:
    source, store = monitored(8)
    source.publish(*weeks(60)[:-32])
    store.kept = replace(store.kept, backfill_from=date(2025, 1, 1))

    backfill(source, store, at(NEXT_DAY), (date(2026, 1, 1), date(2026, 2, 1)))

    assert store.kept.backfill_from == date(2025, 1, 1)
