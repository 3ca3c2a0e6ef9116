"""The audit: the whole history is compared with the store, whatever a window would show."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from investor_flows.announcements import Kind, Occasion
from investor_flows.intake import OVERLAP, Report
from investor_flows.model import Measure
from investor_flows.poll import audit, backfill, poll

from tests.unit.builders import LAST, trading_weeks
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import (
    NEXT_DAY,
    SECTIONS,
    TODAY,
    a_week,
    at,
    corrected,
    monitored,
    records_of,
    restated,
    told,
    weeks,
)


def test_an_audit_asks_for_everything_without_a_window() -> None:
    source, store = monitored()
    source.asked.clear()

    report = audit(source, store, at(NEXT_DAY))

    assert source.asked == [(Measure.VALUE, None), (Measure.VOLUME, None)]
    assert report == Report(rows=12)
    assert store.writes == []


def test_an_old_correction_that_no_window_shows_is_found_by_the_audit() -> None:
    source = FakeSource(*weeks(60), windows_on="period")
    store = FakeStore()
    poll(source, store, at(TODAY))
    source.publish(*corrected(a_week(trading_weeks(LAST, 60)[0]), NEXT_DAY))

    polled, audited = poll(source, store, at(NEXT_DAY)), audit(source, store, at(NEXT_DAY))

    assert (polled.announced, audited.announced) == (0, 1)
    assert told(store) == [(Occasion.NEW, Kind.REVISION, NEXT_DAY)]


def test_an_audit_asks_the_store_about_rows_too_that_a_poll_remembers_as_seen() -> None:
    source, store = monitored()
    lost = store.stored.pop()

    polled, audited = poll(source, store, at(NEXT_DAY)), audit(source, store, at(NEXT_DAY))

    assert (polled.new, audited.new) == (0, 1)
    assert store.stored[-1].record == lost.record


def test_an_old_restatement_is_found_by_the_audit() -> None:
    source, store = monitored(60)
    old = a_week(trading_weeks(LAST, 60)[0])
    source.replace(old, restated(old))

    polled, audited = poll(source, store, at(NEXT_DAY)), audit(source, store, at(NEXT_DAY))

    assert (polled.announced, audited.restated, audited.announced) == (0, 4, 1)


def test_a_week_older_than_what_polls_look_at_completes_the_history_silently() -> None:
    source, store = monitored(8)
    old, recent = trading_weeks(LAST, 9)[0], a_week(LAST, "TSEGrowth")
    source.publish(*a_week(old), *recent)

    report = audit(source, store, at(NEXT_DAY))

    assert (report.new, report.announced) == (6, 1)
    assert records_of(store) == set(recent)


@pytest.mark.parametrize(("days", "announced"), [(0, 1), (1, 0)])
def test_the_horizon_of_news_is_that_of_the_window(days: int, announced: int) -> None:
    source, store = monitored()
    day = TODAY - OVERLAP - timedelta(days=days)
    source.publish(*a_week(LAST - timedelta(weeks=7), published=day))

    assert audit(source, store, at(NEXT_DAY)).announced == announced


@pytest.mark.parametrize(("days", "announced"), [(0, 1), (1, 0)])
def test_a_poll_looks_at_what_its_window_holds_though_the_source_ignores_it(days: int, announced: int) -> None:
    source, store = FakeSource(*weeks(3), windows_on="nothing"), FakeStore()
    poll(source, store, at(TODAY))
    source.publish(*a_week(LAST - timedelta(weeks=7), published=TODAY - OVERLAP - timedelta(days=days)))

    report = poll(source, store, at(NEXT_DAY))

    assert (report.announced, report.new) == (announced, 4 * announced)


def test_a_source_that_ignores_windows_is_filtered() -> None:
    source, store = FakeSource(*weeks(60), windows_on="nothing"), FakeStore()
    poll(source, store, at(TODAY))
    source.publish(*a_week(trading_weeks(LAST, 61)[0]))

    report = poll(source, store, at(NEXT_DAY))

    assert (report.new, report.rows) == (0, 24)
    assert audit(source, store, at(NEXT_DAY)).new == 4


@pytest.mark.parametrize("task", [audit, backfill])
def test_on_an_empty_store_every_task_is_a_first_poll(
    task: Callable[[FakeSource, FakeStore, datetime], Report],
) -> None:
    source, store = FakeSource(*weeks(3)), FakeStore()

    task(source, store, at(TODAY))

    assert [(each.occasion, each.published_date) for each in store.owed] == [(Occasion.START, TODAY)]
    assert len(store.stored) == 3 * len(SECTIONS) * len(Measure)
