"""A release that should be here and is not is told once; so is its arrival."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from investor_flows.announcements import Kind, Occasion
from investor_flows.errors import ConfigError, SourceUnavailable
from investor_flows.model import JST
from investor_flows.poll import COMPLETION, audit, poll

from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import NEXT, a_week, broken, corrected, monitored, told

WEEK = a_week(NEXT)
DAY = WEEK[0].published_date
DEADLINE = datetime(DAY.year, DAY.month, DAY.day, 21, tzinfo=JST)
MINUTE = timedelta(minutes=1)


def kinds(store: FakeStore) -> list[Kind]:
    return [kind for _, kind, _ in told(store)]


def test_an_overdue_release_is_told_once() -> None:
    source, store = monitored()

    reports = [poll(source, store, at) for at in (DEADLINE - MINUTE, DEADLINE, DEADLINE + MINUTE)]

    assert [report.overdue for report in reports] == [0, 1, 0]
    assert kinds(store) == [Kind.OVERDUE]


def test_its_arrival_is_told_with_the_release_and_once() -> None:
    source, store = monitored()
    poll(source, store, DEADLINE)
    source.publish(*WEEK)

    reports = [poll(source, store, DEADLINE + n * MINUTE) for n in (1, 2)]

    assert [report.announced for report in reports] == [2, 0]
    assert kinds(store) == [Kind.OVERDUE, Kind.RELEASE, Kind.ARRIVED]


def test_a_release_in_time_is_neither_overdue_nor_told_to_have_arrived() -> None:
    source, store = monitored()
    source.publish(*WEEK)

    poll(source, store, DEADLINE - MINUTE)
    poll(source, store, DEADLINE + MINUTE)

    assert kinds(store) == [Kind.RELEASE]


def test_a_release_that_comes_late_under_its_day_is_no_addition() -> None:
    source, store = monitored()
    poll(source, store, DEADLINE)
    source.publish(*WEEK)

    poll(source, store, DEADLINE + MINUTE)

    assert (Occasion.NEW, Kind.RELEASE, DAY) in told(store)


def test_readers_are_told_though_the_vendor_is_out_of_reach() -> None:
    source, store = monitored()
    source.fail(SourceUnavailable("503"))

    with pytest.raises(SourceUnavailable):
        poll(source, store, DEADLINE)

    assert kinds(store) == [Kind.OVERDUE]


def test_readers_are_told_though_the_access_key_cannot_be_read() -> None:
    source, store = monitored()
    source.fail(ConfigError("SSM parameter /investor-flows/jquants-api-key: ParameterNotFound"))

    with pytest.raises(ConfigError):
        poll(source, store, DEADLINE)

    assert kinds(store) == [Kind.OVERDUE]


def test_a_release_that_waits_for_its_rest_is_not_overdue() -> None:
    source, store = monitored()
    source.publish(*WEEK[:3])

    reports = [poll(source, store, DEADLINE + after) for after in (-10 * MINUTE, MINUTE, COMPLETION)]

    assert [(report.waiting, report.overdue) for report in reports] == [(1, 0), (1, 0), (0, 0)]
    assert kinds(store) == [Kind.RELEASE]


@pytest.mark.parametrize("fault", [SourceUnavailable("503"), None])
def test_a_release_that_waits_in_vain_is_overdue_all_the_same(fault: SourceUnavailable | None) -> None:
    """The vendor is out of reach before the rest comes, or has taken back what came."""
    source, store = monitored()
    source.publish(*WEEK[:3])
    poll(source, store, DEADLINE - COMPLETION)
    source.replace(WEEK[:3], ())
    if fault:
        source.fail(fault)

    with pytest.raises(SourceUnavailable) if fault else nullcontext():
        poll(source, store, DEADLINE)

    assert kinds(store) == [Kind.OVERDUE]


def test_a_week_that_ends_on_another_day_than_the_calendar_knows_gets_its_all_clear() -> None:
    """A holiday made by law, as those of 2019: the week is the same, and its last day is not."""
    source, store = monitored()
    poll(source, store, DEADLINE)
    source.publish(*(replace(row, end_date=row.end_date - timedelta(days=1)) for row in WEEK))

    reports = [poll(source, store, DEADLINE + n * MINUTE) for n in (1, 2)]

    assert kinds(store) == [Kind.OVERDUE, Kind.RELEASE, Kind.ARRIVED]
    assert reports[-1].announced == 0


def test_a_correction_is_not_the_release_that_is_missing() -> None:
    source, store = monitored()
    poll(source, store, DEADLINE)
    source.publish(*corrected(a_week(), DAY))

    poll(source, store, DEADLINE + MINUTE)

    assert kinds(store) == [Kind.OVERDUE, Kind.REVISION]


def test_a_release_of_which_every_row_is_held_is_missing_until_it_is_mended() -> None:
    """The notice names what is here and held: readers are not told that nothing is."""
    source, store = monitored()
    source.publish(*map(broken, WEEK))
    poll(source, store, DEADLINE)
    source.replace(map(broken, WEEK), WEEK)

    poll(source, store, DEADLINE + MINUTE)

    assert kinds(store) == [Kind.OVERDUE, Kind.RELEASE, Kind.ARRIVED]
    assert [len(each.held) for each in store.owed[1:]] == [len(WEEK), 0, 0]


def test_a_held_correction_of_another_week_is_not_the_release_that_is_missing() -> None:
    source, store = monitored()
    source.publish(*(replace(broken(row), published_date=DAY) for row in a_week()))

    poll(source, store, DEADLINE)

    assert (kinds(store), store.owed[-1].held) == ([Kind.OVERDUE], ())


def test_a_week_that_was_awaited_is_told_though_it_comes_when_polls_look_at_its_day_no_more() -> None:
    """Its all-clear says that the figures come in a message of their own."""
    source, store = monitored()
    poll(source, store, DEADLINE)
    later = DEADLINE + timedelta(weeks=8)
    source.publish(*(row for n in range(1, 9) for row in a_week(NEXT + timedelta(weeks=n)) if n not in (6, 7)))
    poll(source, store, later)
    source.publish(*WEEK)

    audit(source, store, later + MINUTE)

    assert (Occasion.NEW, Kind.RELEASE, DAY) in told(store)
    assert (Occasion.NEW, Kind.ARRIVED, DAY) in told(store)


def test_a_release_in_another_unit_is_not_said_to_be_missing() -> None:
    source, store = monitored(6)
    source.publish(*(replace(row, figures=tuple(1000 * (each or 0) for each in row.figures)) for row in WEEK))

    poll(source, store, DEADLINE)

    assert kinds(store) == [Kind.OVERDUE]
    assert {gap.section for gap in store.owed[-1].held} == {row.section for row in WEEK}


def test_an_incomplete_release_gets_its_all_clear_when_it_is_told() -> None:
    source, store = monitored()
    poll(source, store, DEADLINE)
    source.publish(*WEEK[:3])

    reports = [poll(source, store, DEADLINE + after) for after in (MINUTE, MINUTE + COMPLETION)]

    assert [report.announced for report in reports] == [0, 2]


def test_weeks_that_are_overdue_one_after_the_other_get_an_all_clear_each() -> None:
    source, store = monitored()
    a_week_later = DEADLINE + timedelta(days=6)
    notices = [poll(source, store, moment) for moment in (DEADLINE, a_week_later)]
    source.publish(*WEEK, *a_week(NEXT + timedelta(weeks=1)))

    poll(source, store, a_week_later + MINUTE)

    assert [report.announced for report in notices] == [1, 1]
    assert [kinds(store).count(kind) for kind in (Kind.OVERDUE, Kind.ARRIVED, Kind.RELEASE)] == [2, 2, 2]


def test_nothing_is_overdue_before_monitoring_has_started() -> None:
    source, store = FakeSource(*a_week()[:3]), FakeStore()
    poll(source, store, DEADLINE)

    report = poll(source, store, DEADLINE + MINUTE)

    assert (report.overdue, report.waiting) == (0, 1)


def test_two_polls_at_once_tell_once_that_a_release_is_overdue() -> None:
    source, store = monitored()
    store.meanwhile = lambda: poll(source, store, DEADLINE)

    slower = poll(source, store, DEADLINE)

    assert (slower.outrun, slower.overdue) == (True, 0)
    assert kinds(store) == [Kind.OVERDUE]
