"""The history before monitoring: stored silently and once; only the newest is told."""

from datetime import date, timedelta

import pytest
from investor_flows.announcements import Kind, Occasion
from investor_flows.intake import OVERLAP, Report
from investor_flows.model import Held, Measure, Record
from investor_flows.poll import poll

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
    broken,
    corrected,
    poll_quietly,
    records_of,
    reverted,
    weeks,
)

YEARS = range(2008, 2027)


def started(store: FakeStore) -> list[tuple[Occasion, date]]:
    return [(each.occasion, each.published_date) for each in store.owed]


def records(store: FakeStore) -> list[Record]:
    return [vintage.record for vintage in store.stored]


@pytest.mark.parametrize("windows_on", ["published", "period", "nothing"])
def test_the_first_poll_stores_everything_and_tells_the_newest_release_alone(windows_on: str) -> None:
    history = weeks(40, every=3)
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


def test_a_correction_published_with_the_newest_release_is_told_beside_it() -> None:
    revised = corrected(a_week(trading_weeks(LAST, 2)[0]), TODAY)
    source, store = FakeSource(*weeks(3), *revised), FakeStore()

    poll(source, store, at(TODAY))

    assert started(store) == [(Occasion.START, TODAY), (Occasion.NEW, TODAY)]
    assert [each.kind for each in store.owed] == [Kind.RELEASE, Kind.REVISION]
    assert records_of(store) == set(revised)


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


def test_monitoring_starts_with_the_newest_release_that_can_be_read() -> None:
    unreadable = [broken(record) for record in a_week(NEXT)]
    source, store = FakeSource(*weeks(3), *unreadable), FakeStore()

    report = poll(source, store, after(a_week(NEXT)[0]))

    assert (report.held, report.announced) == (4, 1)
    assert started(store) == [(Occasion.START, TODAY)]


def test_monitoring_starts_with_the_newest_week_though_an_old_one_was_corrected_since() -> None:
    revised = corrected(a_week(trading_weeks(LAST, 9)[0]), NEXT_DAY)
    source, store = FakeSource(*weeks(10), *revised), FakeStore()

    report = poll(source, store, at(NEXT_DAY))

    assert started(store) == [(Occasion.START, TODAY), (Occasion.NEW, NEXT_DAY)]
    assert [each.kind for each in store.owed] == [Kind.RELEASE, Kind.REVISION]
    assert report.announced == 2


def test_the_history_is_asked_for_year_by_year_without_a_gap() -> None:
    source, store = FakeSource(*weeks(3)), FakeStore()

    poll(source, store, at(TODAY))

    spans = [(date(year, 1, 1), min(date(year, 12, 31), TODAY)) for year in YEARS]
    of_the_poll = TODAY - OVERLAP, TODAY
    assert source.asked == [(measure, span) for span in [*spans, of_the_poll] for measure in Measure]


def test_writes_are_as_few_as_transactions_allow() -> None:
    old = corrected(weeks(100, LAST - timedelta(weeks=30)), date(2026, 6, 1))
    new = corrected(weeks(100, LAST - timedelta(weeks=2)), TODAY)
    source, store = FakeSource(*weeks(140), *old, *new), FakeStore()

    poll(source, store, at(TODAY))

    assert max(store.writes) <= 100
    assert len(store.writes) <= 25
    assert len(records(store)) == 4 * 340


def test_a_row_that_says_no_date_is_held_and_stops_nothing() -> None:
    nowhere = Held("?", Measure.VALUE, "PublishedDate is missing or not a text")
    source, store = FakeSource(nowhere, *weeks(3)), FakeStore()

    report = poll(source, store, at(TODAY))

    assert (report.held, report.new, report.announced) == (1, 12, 1)
    assert store.held == [nowhere]
