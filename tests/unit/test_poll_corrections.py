"""Corrections, restatements and late vintages, as polls meet them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from investor_flows.announcements import Kind, Occasion
from investor_flows.intake import OVERLAP
from investor_flows.model import Measure
from investor_flows.poll import audit, poll
from investor_flows.releases import LARGEST_PART

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
    corrected,
    monitored,
    poll_quietly,
    records_of,
    restated,
    reverted,
    told,
    weeks,
)


def test_a_correction_is_a_revision() -> None:
    source, store = monitored()
    revised = corrected(a_week())
    source.publish(*revised)

    report = poll(source, store, at(NEXT_DAY))

    assert (report.new, report.revised, report.announced) == (0, 4, 1)
    assert told(store) == [(Occasion.NEW, Kind.REVISION, NEXT_DAY)]
    assert records_of(store) == set(revised)


@pytest.mark.parametrize("measure", Measure)
def test_a_correction_of_one_measure_alone_is_told_at_once(measure: Measure) -> None:
    source, store = monitored()
    source.publish(*corrected([row for row in a_week() if row.measure is measure]))

    report = poll(source, store, at(NEXT_DAY))

    assert (report.announced, report.waiting) == (1, 0)
    assert store.owed[-1].missing == ()


def test_a_correction_published_with_a_release_is_told_beside_it_as_a_revision() -> None:
    source, store = monitored()
    week = a_week(NEXT)
    revised = corrected(a_week(), week[0].published_date)
    source.publish(*week, *revised)

    report = poll(source, store, after(week[0]))

    assert (report.new, report.revised, report.announced) == (4, 4, 2)
    assert told(store) == [(Occasion.NEW, kind, week[0].published_date) for kind in (Kind.RELEASE, Kind.REVISION)]
    assert records_of(store) == set(revised)


def test_a_release_is_new_though_a_correction_was_told_that_morning() -> None:
    source, store = monitored()
    week = a_week(NEXT)
    source.publish(*corrected(a_week(), week[0].published_date))
    poll(source, store, at(week[0].published_date, hour=9))
    source.publish(*week)

    poll(source, store, after(week[0]))

    assert told(store)[1:] == [(Occasion.NEW, Kind.RELEASE, week[0].published_date)]


def test_going_back_to_the_first_figures_is_told_again() -> None:
    source, store = monitored()
    source.publish(*corrected(a_week()))
    poll(source, store, at(NEXT_DAY))
    source.publish(*reverted(a_week(), date(2026, 11, 24)))

    report = poll(source, store, at(date(2026, 11, 24)))

    assert (report.revised, report.announced) == (4, 1)


def test_figures_published_again_unchanged_are_stored_and_not_told() -> None:
    source, store = monitored()
    source.publish(*reverted(a_week(), NEXT_DAY))

    report = poll(source, store, at(NEXT_DAY))

    assert (report.new, report.announced) == (4, 0)
    assert told(store) == []
    assert (store.announced[-1].occasion, store.announced[-1].first_seen_at) == (Occasion.HISTORY, at(NEXT_DAY))


def test_a_late_release_is_told_as_long_as_polls_look_at_its_day() -> None:
    source, store = monitored()
    ends, days = trading_weeks(LAST, 9)[:2], [TODAY - OVERLAP - timedelta(days=1), TODAY - OVERLAP]
    for end, day in zip(ends, days, strict=True):
        source.publish(*a_week(end, "TSEGrowth", published=day))

    audit(source, store, at(NEXT_DAY))

    assert [day for _, _, day in told(store)] == days[1:]


def test_a_correction_is_no_addition_to_a_release_whose_late_section_is_history() -> None:
    """Found by an audit under a date that polls do not look at any more: the section is silent, the correction told."""
    source, store = monitored(20)
    old = trading_weeks(LAST, 9)[0]
    day = a_week(old)[0].published_date
    store.announced = [replace(each, occasion=Occasion.NEW) for each in store.announced]
    source.publish(*a_week(old, "TSEGrowth"), *corrected(a_week(trading_weeks(LAST, 10)[0]), day))

    audit(source, store, at(NEXT_DAY))

    assert told(store)[-1:] == [(Occasion.NEW, Kind.REVISION, day)]


def test_a_poll_asks_no_further_back_than_it_has_to_look() -> None:
    source, store = monitored()
    week = a_week(NEXT)
    source.publish(*week)
    poll(source, store, after(week[0]))

    report = poll(source, store, after(week[0], minutes=2))

    assert report.last_published == str(week[0].published_date)


def test_an_earlier_vintage_that_comes_late_completes_the_history_silently() -> None:
    source, store = FakeSource(*weeks(3), *corrected(a_week(), NEXT_DAY)), FakeStore()
    source.replace(a_week(), ())
    poll(source, store, at(NEXT_DAY))
    source.publish(*a_week())

    report = poll(source, store, at(NEXT_DAY, minute=2))

    assert (report.new, report.announced) == (4, 0)
    assert set(a_week()) <= {vintage.record for vintage in store.stored}


def test_two_hundred_corrections_in_one_answer_are_all_told() -> None:
    source, store = monitored(200)
    revised = corrected(weeks(200), NEXT_DAY)
    source.publish(*revised)

    report = poll(source, store, at(NEXT_DAY))

    told_now = [vintage.record for announcement in store.owed[1:] for vintage in store.find(announcement.keys)]
    assert (report.revised, report.announced) == (800, -(-800 // LARGEST_PART))
    assert sorted(map(repr, told_now)) == sorted(map(repr, revised))
    assert max(store.writes) <= 100
    poll_quietly(source, store, at(NEXT_DAY, minute=2))


# Restatements.


def test_other_figures_under_the_same_dates_are_a_restatement_and_the_first_ones_stay() -> None:
    source, store = monitored()
    source.replace(a_week(), restated(a_week()))

    report = poll(source, store, at(NEXT_DAY))

    assert (report.new, report.revised, report.restated, report.announced) == (0, 0, 4, 1)
    assert told(store) == [(Occasion.NEW, Kind.RESTATEMENT, TODAY)]
    assert {*a_week(), *restated(a_week())} <= {vintage.record for vintage in store.stored}


def test_a_restatement_that_is_taken_back_is_another_one() -> None:
    source, store = monitored()
    source.replace(a_week(), restated(a_week()))
    poll(source, store, at(NEXT_DAY))
    source.replace(restated(a_week()), a_week())

    report = poll(source, store, at(NEXT_DAY, minute=2))

    assert (report.restated, report.announced) == (4, 1)
    poll_quietly(source, store, at(NEXT_DAY, minute=3))


def test_a_corrected_start_date_under_the_same_published_date_is_told() -> None:
    source, store = monitored()
    moved = [replace(row, start_date=row.start_date - timedelta(days=3)) for row in a_week()]
    source.replace(a_week(), moved)

    report = poll(source, store, at(NEXT_DAY))

    assert (report.restated, report.announced) == (4, 1)
    poll_quietly(source, store, at(NEXT_DAY, minute=2))
