"""Rows that fail their accounts or contradict each other: kept apart, counted once, in nobody's way."""

from datetime import datetime, timedelta

import pytest
from investor_flows.announcements import Gap, Kind, Occasion
from investor_flows.model import Held, Measure, Record
from investor_flows.poll import audit, poll
from investor_flows.summary import summarise
from investor_flows.trading_calendar import business_days_after

from tests.unit.builders import LAST, trading_weeks
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import Died, FakeStore
from tests.unit.golden_cases import wording
from tests.unit.held_week import BAD, GOOD, MINUTE, PUBLISHED, RELEASED, WEEK, with_rows
from tests.unit.publishing import (
    a_week,
    broken,
    corrected,
    monitored,
    poll_quietly,
    records_of,
    told,
    weeks,
)


def test_a_held_row_is_kept_apart_and_stops_no_other() -> None:
    source, store = monitored()
    source.publish(broken(BAD), *GOOD)

    report = poll(source, store, RELEASED)

    assert (report.held, report.new, report.announced, report.waiting) == (1, 3, 1, 0)
    assert store.held == [broken(BAD)]
    assert records_of(store) == set(GOOD)


def test_readers_are_told_what_is_held_and_why() -> None:
    _, store = with_rows(broken(BAD), *GOOD)

    assert store.owed[-1].held == (Gap(BAD.section, BAD.measure, broken(BAD).reason),)
    assert store.owed[-1].missing == ()


@pytest.mark.parametrize("rows", [[broken(BAD), *GOOD], [broken(row) for row in WEEK]], ids=["one", "all"])
def test_a_held_row_is_counted_once_and_then_nothing_is_written(rows: list[Record | Held]) -> None:
    source, store = with_rows(*rows)

    report = poll_quietly(source, store, RELEASED + MINUTE)

    assert (report.held, report.announced) == (0, 0)


@pytest.mark.parametrize("rows", [[broken(BAD), *GOOD], [broken(row) for row in WEEK]], ids=["one", "all"])
def test_a_held_row_is_told_when_it_is_mended(rows: list[Record | Held]) -> None:
    source, store = with_rows(*rows)
    held = [row for row in rows if isinstance(row, Held)]
    mended = [row for row in WEEK if row not in rows]
    source.replace(held, mended)

    report = poll(source, store, RELEASED + MINUTE)

    assert (report.new, report.announced) == (len(mended), 1)
    assert records_of(store) == set(mended)
    assert store.owed[-1].held == ()
    assert told(store)[-1][0] is (Occasion.NEW if len(mended) == len(WEEK) else Occasion.ADDITION)


def test_a_row_that_is_held_for_another_reason_is_counted_again() -> None:
    source, store = with_rows(broken(BAD), *GOOD)
    source.replace([broken(BAD)], [broken(BAD, "TotalSales is missing")])

    report = poll(source, store, RELEASED + MINUTE)

    assert (report.held, report.announced) == (1, 0)
    assert len(store.held) == 2


def test_a_held_row_that_says_no_date_is_counted_and_named_in_no_message() -> None:
    nowhere = Held("?", Measure.VALUE, "PublishedDate is missing or not a text")

    source, store = monitored()
    source.publish(nowhere, *WEEK)

    report = poll(source, store, RELEASED)

    assert report.unknown_sections == ()
    assert store.held == [nowhere]
    assert store.owed[-1].held == ()


def test_a_held_correction_leaves_the_first_figures_as_they_are_and_is_told_when_mended() -> None:
    revised = corrected(a_week(), PUBLISHED)
    source, store = with_rows(*map(broken, revised), *WEEK)
    source.replace(map(broken, revised), revised)

    report = poll(source, store, RELEASED + MINUTE)

    assert (report.revised, report.announced) == (4, 1)
    assert told(store) == [(Occasion.NEW, Kind.RELEASE, PUBLISHED), (Occasion.NEW, Kind.REVISION, PUBLISHED)]


def test_a_row_that_breaks_after_it_was_stored_changes_nothing_and_mends_silently() -> None:
    source, store = with_rows(*WEEK)
    source.replace([BAD], [broken(BAD)])
    spoilt = poll(source, store, RELEASED + MINUTE)
    source.replace([broken(BAD)], [BAD])

    healed = poll_quietly(source, store, RELEASED + 2 * MINUTE)

    assert (spoilt.held, spoilt.announced, healed.announced) == (1, 0, 0)


def test_held_rows_of_the_history_flow_silently_when_mended() -> None:
    old = a_week(trading_weeks(LAST, 60)[0])
    source, store = FakeSource(*weeks(59), *map(broken, old)), FakeStore()
    first = poll(source, store, RELEASED)
    source.replace(map(broken, old), old)

    report = audit(source, store, RELEASED + MINUTE)

    assert (first.held, report.held, report.new, report.announced) == (4, 0, 4, 0)
    assert set(old) <= {vintage.record for vintage in store.stored}


def test_a_correction_of_a_row_that_was_held_waits_for_no_measure_that_is_stored() -> None:
    source, store = with_rows(broken(BAD), *GOOD)
    source.publish(*corrected([BAD], business_days_after(BAD.published_date, 1)))

    report = poll(source, store, RELEASED + timedelta(days=3))

    assert (report.waiting, report.new, report.announced) == (0, 1, 1)
    assert store.owed[-1].missing == ()


def test_a_section_that_comes_late_under_another_date_does_not_say_that_the_others_are_missing() -> None:
    source, store = with_rows(broken(BAD), *GOOD)
    source.publish(*corrected([BAD], business_days_after(BAD.published_date, 3)))
    poll(source, store, RELEASED + timedelta(days=5))

    text = " ".join(wording("ja").message(summarise(store.owed[-1], store, "TokyoNagoya")).email.split())

    assert "東証プライム" in text
    assert "未着" not in text
    assert "初回公表値" not in text


def test_a_held_row_is_counted_and_told_once_though_two_polls_meet_it_at_once() -> None:
    source, store = monitored()
    source.publish(broken(BAD), *GOOD)
    reports = []

    def faster() -> None:
        reports.append(poll(source, store, RELEASED))

    store.meanwhile = faster
    reports.append(poll(source, store, RELEASED))

    assert [report.held for report in reports] == [1, 1]
    assert sum(report.announced for report in reports) == 1


def test_a_poll_that_holds_a_row_and_is_outrun_afterwards_still_counts_it() -> None:
    source, store = monitored()
    source.publish(broken(BAD), *GOOD)
    reports = []
    hold = store.hold

    def hold_then_race(held: Held, first_seen_at: datetime) -> bool:
        is_new = hold(held, first_seen_at)
        store.hold = hold  # type: ignore[method-assign]
        reports.append(poll(source, store, RELEASED))
        return is_new

    store.hold = hold_then_race  # type: ignore[method-assign]
    reports.append(poll(source, store, RELEASED))

    assert [report.outrun for report in reports] == [False, True]
    assert [report.held for report in reports] == [1, 1]


def test_a_row_that_a_dying_poll_kept_is_counted_by_the_next_and_settled() -> None:
    """The alarm counts what polls report; the one that kept the row could report nothing any more."""
    source, store = monitored()
    source.publish(*map(broken, WEEK))
    store.lives = len(WEEK)  # every row is kept, and nothing after it
    with pytest.raises(Died):
        poll(source, store, RELEASED)
    store.lives = None

    report = poll(source, store, RELEASED + MINUTE)

    assert report.held == len(WEEK)
    poll_quietly(source, store, RELEASED + 2 * MINUTE)
