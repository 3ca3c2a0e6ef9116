"""Polling: what is new is stored and owed to readers in one write; what is not new says nothing."""

from datetime import timedelta

from investor_flows.announcements import Kind, Occasion
from investor_flows.intake import OVERLAP, Report
from investor_flows.model import Measure
from investor_flows.poll import audit, poll
from investor_flows.releases import fingerprint

from tests.unit.builders import LAST, a_record, trading_weeks
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import (
    NEXT,
    NEXT_DAY,
    TODAY,
    a_week,
    after,
    at,
    monitored,
    poll_quietly,
    records_of,
    tell_all,
    told,
    weeks,
)


def test_a_new_week_is_stored_and_owed_once() -> None:
    source, store = monitored()
    week = a_week(NEXT)
    source.publish(*week)

    report = poll(source, store, after(week[0]))

    assert (report.new, report.announced, report.rows) == (4, 1, 16)
    assert told(store) == [(Occasion.NEW, Kind.RELEASE, week[0].published_date)]
    assert records_of(store) == set(week)
    assert len(store.writes) == 1


def test_a_poll_with_nothing_new_writes_nothing() -> None:
    source, store = monitored()

    report = poll_quietly(source, store, after(a_record(), minutes=60))

    assert report == Report(rows=12, last_published=str(a_record().published_date), hours_overdue=0)


def test_a_poll_with_nothing_new_reads_no_vintages() -> None:
    source, store = monitored()
    store.reads = 0

    poll(source, store, after(a_record(), minutes=60))

    assert store.reads == 0


def test_what_is_remembered_as_seen_is_what_the_next_poll_meets() -> None:
    on_the_edge = a_week(LAST - timedelta(weeks=7), "TSE2nd", published=TODAY - OVERLAP)
    source, store = FakeSource(*weeks(60), *on_the_edge), FakeStore()
    poll(source, store, at(TODAY))
    recent = [row for row in source.published if row.published_date and row.published_date >= TODAY - OVERLAP]

    seen_at_start = store.kept.seen
    source.publish(*a_week(LAST, "TSEGrowth"))
    audit(source, store, at(NEXT_DAY))

    assert seen_at_start == {fingerprint(row) for row in recent}
    assert store.kept.seen == {fingerprint(row) for row in [*recent, *a_week(LAST, "TSEGrowth")]}


def test_a_late_section_of_an_older_release_does_not_set_polls_back() -> None:
    source, store = monitored()
    source.publish(*a_week(LAST - timedelta(weeks=1), "TSEGrowth"))

    poll(source, store, at(NEXT_DAY))

    assert store.kept.last_published == TODAY


def test_every_release_that_was_missed_is_told_the_oldest_first() -> None:
    source, store = monitored()
    missed = [a_week(end) for end in trading_weeks(NEXT + timedelta(weeks=10), 11)]
    source.publish(*(row for week in missed for row in week))

    report = poll(source, store, after(missed[-1][0]))

    assert report.announced == 11
    assert told(store) == [(Occasion.NEW, Kind.RELEASE, week[0].published_date) for week in missed]


def test_a_row_dated_in_the_future_waits_for_its_day() -> None:
    source, store = FakeSource(*weeks(3), windows_on="nothing"), FakeStore()
    poll(source, store, after(a_record()))
    tell_all(store)
    week = a_week(NEXT)
    source.publish(*week)

    poll_quietly(source, store, after(a_record()))
    report = poll(source, store, after(week[0]))

    assert report.announced == 1


def test_the_day_is_that_of_japan() -> None:
    source, store = monitored()
    week = a_week(NEXT)
    source.publish(*week)
    midnight = at(week[0].published_date, 0, 0).astimezone()

    poll_quietly(source, store, midnight - timedelta(seconds=1))
    report = poll(source, store, midnight)

    assert report.announced == 1


def test_value_and_volume_are_asked_for_from_five_weeks_before_the_newest_release_to_today() -> None:
    source, store = monitored()
    source.asked.clear()

    poll(source, store, at(NEXT_DAY))

    window = (TODAY - timedelta(days=35), NEXT_DAY)
    assert source.asked == [(Measure.VALUE, window), (Measure.VOLUME, window)]


def test_a_section_that_nobody_knows_is_stored_owed_and_reported() -> None:
    source, store = monitored()
    week = a_week(NEXT, "TSEFuture", "TokyoNagoya")
    source.publish(*week)

    report = poll(source, store, after(week[0]))

    assert report.unknown_sections == ("TSEFuture",)
    assert records_of(store) == set(week)


def test_what_is_stored_says_when_it_was_first_seen() -> None:
    source, store = monitored()
    source.publish(*a_week(NEXT))
    now = after(a_week(NEXT)[0])

    poll(source, store, now)

    assert [vintage.first_seen_at for vintage in store.stored if vintage.record.end_date == NEXT] == [now] * 4
