"""What a synthetic exchange publishes, as records: whole weeks, histories, corrections, rewrites, broken rows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from investor_flows.announcements import Kind, Occasion
from investor_flows.intake import Report
from investor_flows.model import JST, Held, Measure, Record
from investor_flows.poll import poll
from investor_flows.trading_calendar import business_days_after

from tests.unit.builders import LAST, a_record, a_revision, trading_weeks
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore

SECTIONS = ("TSEPrime", "TokyoNagoya")
NEXT = date(2026, 11, 20)
"""The week after LAST; published on 27 November, because of the holiday on the Monday before."""

TODAY = a_record().published_date
NEXT_DAY = business_days_after(TODAY, 1)


def a_week(end_date: date = LAST, *sections: str, published: date | None = None) -> list[Record]:
    """Value and volume of a week, of two sections unless told."""
    return [
        a_record(end_date, section=section, measure=measure, published=published)
        for section in sections or SECTIONS
        for measure in Measure
    ]


def weeks(count: int, last: date = LAST, every: int = 1) -> list[Record]:
    """So many whole weeks up to one, oldest first; `every` leaves out the weeks between."""
    return [record for end in trading_weeks(last, count * every)[every - 1 :: every] for record in a_week(end)]


def corrected(records: Iterable[Record], published: date | None = None, sales: int = 1) -> list[Record]:
    """The same weeks with other figures, published a business day later than the newest of them unless told."""
    prior = list(records)
    day = published or business_days_after(max(record.published_date for record in prior), 1)
    return [a_revision(record, day, Foreigners=(sales, 2)) for record in prior]


def reverted(records: Iterable[Record], published: date) -> list[Record]:
    """The same figures under a later date."""
    return [replace(record, published_date=published) for record in records]


def restated(records: Iterable[Record], sales: int = 1) -> list[Record]:
    """Other figures under the same dates."""
    return [a_revision(record, record.published_date, Foreigners=(sales, 2)) for record in records]


def broken(record: Record, reason: str = "ForeignersTotal is missing") -> Held:
    """A row of the record's week that cannot be trusted."""
    return Held(
        f"{record.section} {reason}", record.measure, reason, record.section, record.end_date, record.published_date
    )


def after(record: Record, minutes: int = 1) -> datetime:
    """A time shortly after a record was published at 18:00."""
    return datetime.combine(record.published_date, time(18, tzinfo=JST)) + timedelta(minutes=minutes)


def monitored(count: int = 3) -> tuple[FakeSource, FakeStore]:
    """A source with so many weeks, and a store whose monitoring has begun with the newest of them, which is told."""
    source, store = FakeSource(*weeks(count)), FakeStore()
    poll(source, store, after(a_record()))
    tell_all(store)
    store.writes.clear()
    return source, store


def tell_all(store: FakeStore) -> None:
    """Let readers have what they are owed."""
    for announcement in store.owed:
        if store.told_in(announcement) is not None:
            store.mark_told(announcement, announcement.first_seen_at)


def at(day: date, hour: int = 18, minute: int = 1) -> datetime:
    """A time of a day in Japan, a minute after releases come unless told."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=JST)


def told(store: FakeStore) -> list[tuple[Occasion, Kind, date]]:
    """Why, of what kind and of which date the announcements were that readers are owed, the start left out."""
    return [(each.occasion, each.kind, each.published_date) for each in store.owed if each.occasion != Occasion.START]


def records_of(store: FakeStore, number: int = -1) -> set[Record]:
    """The records of one announcement, the newest unless told."""
    return {vintage.record for vintage in store.find(store.owed[number].keys)}


def poll_quietly(source: FakeSource, store: FakeStore, now: datetime) -> Report:
    """Poll, and see that nothing was written."""
    before = list(store.writes)
    report = poll(source, store, now)
    assert store.writes == before
    return report
