"""A release that lacks value or volume of a section is waited for, told with what it lacks, and completed."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from investor_flows.announcements import Gap, Kind, Occasion
from investor_flows.model import Measure, Record
from investor_flows.poll import COMPLETION, audit, poll
from investor_flows.trading_calendar import business_days_after

from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
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
    records_of,
    reverted,
    told,
    weeks,
)

WEEK = a_week(NEXT)
LATE = [row for row in WEEK if (row.section, row.measure) == ("TSEPrime", Measure.VOLUME)]
EARLY = [row for row in WEEK if row not in LATE]
RELEASED = at(WEEK[0].published_date)
PUBLISHED = WEEK[0].published_date
MINUTE = timedelta(minutes=1)


def waiting(rows: Collection[Record] = EARLY) -> tuple[FakeSource, FakeStore]:
    """A release of which some rows have come, after the poll that saw them first."""
    source, store = monitored()
    source.publish(*rows)
    poll(source, store, RELEASED)
    return source, store


def gaps(store: FakeStore) -> tuple[Gap, ...]:
    return store.owed[-1].missing


def test_a_section_without_volume_is_waited_for_and_nothing_is_stored() -> None:
    source, store = monitored()
    source.publish(*EARLY)

    report = poll(source, store, RELEASED)

    assert (report.waiting, report.new, report.announced) == (1, 0, 0)
    assert not set(EARLY) & {vintage.record for vintage in store.stored}
    assert store.writes == [1]


def test_while_a_release_is_waited_for_nothing_is_written() -> None:
    source, store = waiting()

    reports = [poll_quietly(source, store, RELEASED + minutes * MINUTE) for minutes in range(1, 30)]

    assert {(report.waiting, report.announced) for report in reports} == {(1, 0)}


@pytest.mark.parametrize("minutes", [1, 29])
def test_a_release_that_is_completed_in_time_is_told_whole(minutes: int) -> None:
    source, store = waiting()
    source.publish(*LATE)

    poll(source, store, RELEASED + minutes * MINUTE)

    assert told(store) == [(Occasion.NEW, Kind.RELEASE, PUBLISHED)]
    assert records_of(store) == set(WEEK)
    assert gaps(store) == ()


def test_a_release_that_comes_as_value_first_and_volume_after_is_told_once() -> None:
    source, store = waiting([row for row in WEEK if row.measure is Measure.VALUE])
    source.publish(*(row for row in WEEK if row.measure is Measure.VOLUME))

    poll(source, store, RELEASED + MINUTE)

    assert told(store) == [(Occasion.NEW, Kind.RELEASE, PUBLISHED)]


def test_after_thirty_minutes_it_is_told_with_what_it_lacks() -> None:
    source, store = waiting()

    report = poll(source, store, RELEASED + 30 * MINUTE)

    assert (report.waiting, report.new, report.announced) == (0, 3, 1)
    assert records_of(store) == set(EARLY)
    assert gaps(store) == (Gap("TSEPrime", Measure.VOLUME),)
    poll_quietly(source, store, RELEASED + COMPLETION + MINUTE)


def test_late_sections_follow_as_an_addition() -> None:
    source, store = waiting()
    poll(source, store, RELEASED + COMPLETION)
    source.publish(*LATE)

    poll(source, store, RELEASED + COMPLETION + MINUTE)

    assert told(store)[1:] == [(Occasion.ADDITION, Kind.RELEASE, PUBLISHED)]
    assert records_of(store) == set(LATE)
    assert gaps(store) == ()


def test_a_section_that_comes_after_a_whole_release_is_an_addition() -> None:
    source, store = waiting(WEEK)
    late = a_week(NEXT, "TSEGrowth")
    source.publish(*late)

    poll(source, store, RELEASED + MINUTE)

    assert told(store)[1:] == [(Occasion.ADDITION, Kind.RELEASE, PUBLISHED)]
    assert records_of(store) == set(late)


def test_an_addition_does_not_wait_for_what_the_release_was_told_to_lack() -> None:
    source, store = waiting()
    poll(source, store, RELEASED + COMPLETION)
    source.publish(*a_week(NEXT, "TSEGrowth"))

    report = poll(source, store, RELEASED + COMPLETION + MINUTE)

    assert (report.waiting, report.announced) == (0, 1)


def test_a_late_section_that_is_incomplete_is_waited_for_anew() -> None:
    source, store = waiting(WEEK)
    later = RELEASED + 2 * COMPLETION
    source.publish(*a_week(NEXT, "TSEGrowth")[:1])

    reports = [poll(source, store, moment) for moment in (later, later + 29 * MINUTE, later + COMPLETION)]

    assert [report.waiting for report in reports] == [1, 1, 0]
    assert told(store)[1:] == [(Occasion.ADDITION, Kind.RELEASE, PUBLISHED)]


def test_waiting_for_one_release_delays_no_other() -> None:
    source, store = waiting()
    revised = corrected(a_week(), NEXT_DAY)
    source.publish(*revised)

    report = poll(source, store, RELEASED + MINUTE)

    assert (report.waiting, report.announced) == (1, 1)
    assert records_of(store) == set(revised)


@pytest.mark.parametrize("other", [poll, audit])
def test_the_thirty_minutes_begin_when_the_release_is_first_seen(other: object) -> None:
    source, store = waiting()
    source.publish(*corrected(a_week(), NEXT_DAY))
    assert callable(other)
    other(source, store, RELEASED + 20 * MINUTE)

    report = poll(source, store, RELEASED + COMPLETION)

    assert (report.waiting, report.announced) == (0, 1)


def test_a_waiting_release_that_the_next_one_overtakes_is_told_in_its_turn() -> None:
    source, store = waiting()
    following = a_week(NEXT + timedelta(weeks=1))
    source.publish(*following)

    poll(source, store, after(following[0]))

    assert [published for _, _, published in told(store)] == [PUBLISHED, following[0].published_date]


def test_the_start_of_monitoring_waits_too() -> None:
    source, store = FakeSource(*weeks(3), *EARLY), FakeStore()

    early, late = poll(source, store, RELEASED), poll(source, store, RELEASED + COMPLETION)

    assert (early.waiting, early.announced, late.announced) == (1, 0, 1)
    assert [(each.occasion, each.missing) for each in store.owed] == [
        (Occasion.START, (Gap("TSEPrime", Measure.VOLUME),))
    ]


def test_a_release_after_a_start_that_waits_is_new() -> None:
    source, store = FakeSource(*weeks(2), *EARLY), FakeStore()
    poll(source, store, RELEASED)
    following = a_week(NEXT + timedelta(weeks=1))
    source.publish(*following)

    poll(source, store, after(following[0]))

    assert [each.occasion for each in store.owed] == [Occasion.START, Occasion.NEW]


def test_two_polls_at_once_tell_an_incomplete_release_once() -> None:
    source, store = waiting()
    moment: datetime = RELEASED + COMPLETION
    store.meanwhile = lambda: poll(source, store, moment)

    slower = poll(source, store, moment)

    assert slower.outrun
    assert told(store) == [(Occasion.NEW, Kind.RELEASE, PUBLISHED)]
    assert PUBLISHED > TODAY


def test_what_comes_after_a_release_that_waits_does_not_overtake_it_and_make_it_history() -> None:
    source, store = monitored()
    again = reverted(EARLY, business_days_after(PUBLISHED, 1))
    source.publish(*EARLY, *again)
    seen = after(again[0])

    reports = [poll(source, store, moment) for moment in (seen, seen + COMPLETION)]

    assert [report.waiting for report in reports] == [2, 0]
    assert [kind for _, kind, _ in told(store)] == [Kind.RELEASE]
    assert records_of(store) == set(EARLY)
