"""A backfill on request: completes the history silently, and leaves to polls what they will tell."""

from datetime import timedelta

import pytest
from investor_flows.model import Record
from investor_flows.poll import COMPLETION, backfill, poll

from tests.unit.builders import LAST, trading_weeks
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
