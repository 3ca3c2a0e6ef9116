"""Years of polls, day by day, over a vendor that keeps to the calendar, is late, or says nothing.

What readers should be told is stated apart from the product: by another calendar and FACTS 5 (`tests/local/vendor`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from investor_flows.announcements import Announcement, Kind
from investor_flows.intake import OVERLAP
from investor_flows.model import JST, Held, Measure, Record
from investor_flows.poll import poll

from tests.local.vendor.trading_weeks import Week, business_day_after, weeks_published_since
from tests.unit.builders import a_record
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore

RELEASED, DEADLINE = time(18), time(21)
POLLED = (time(18, 1), time(21, 1))
DAY = timedelta(days=1)
ON_TIME = timedelta(0)

type Arrivals = Mapping[Week, datetime | None]
"""When each week's rows can be fetched, by the vendor's clock; None: never."""


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """What readers were told, and at which poll."""

    moment: datetime
    kind: Kind
    end_date: date


def moments(first: date, last: date, times: Sequence[time] = POLLED) -> Iterator[datetime]:
    """The times at which is polled, every day from the first to the last."""
    for number in range((last - first).days + 1):
        yield from (at(first + number * DAY, each) for each in times)


def at(day: date, hour: time) -> datetime:
    """A time of a day in Japan."""
    return datetime.combine(day, hour, tzinfo=JST)


def arrivals(first: date, last: date, when: Callable[[Week], datetime | None]) -> Arrivals:
    """Every week that is due between two days, and when it comes."""
    due = takewhile(lambda week: week.published_date <= last, weeks_published_since(first))
    return {week: when(week) for week in due}


def business_days_late(week: Week, days: int) -> datetime:
    """When a week's rows come that are so many business days late."""
    return at(business_day_after(week.published_date, days), RELEASED)


def expected(coming: Arrivals, polls: Sequence[datetime], skew: timedelta = ON_TIME) -> list[Told]:
    """What readers should be told: each release once, and where it is three hours late, that and its arrival."""
    told: list[Told] = []
    for week, arrival in coming.items():
        deadline = at(week.published_date, DEADLINE)
        seen = next((poll for poll in polls if arrival and poll >= arrival), None)
        noticed = next((poll for poll in polls if poll + skew >= deadline), None)
        overdue = noticed and (not seen or noticed < seen)
        told += [Told(noticed, Kind.OVERDUE, week.end_date)] if noticed and overdue else []
        told += [Told(seen, Kind.RELEASE, week.end_date)] if seen else []
        told += [Told(seen, Kind.ARRIVED, week.end_date)] if seen and overdue else []
    return sorted(told)


def run(
    coming: Arrivals,
    polls: Sequence[datetime],
    skew: timedelta = ON_TIME,
    published: Callable[[Week], date] = lambda week: week.published_date,
) -> list[Told]:
    """Poll at every moment, and list what readers were told; `skew` is how far our clock is ahead of the vendor's."""
    source, store = _monitoring(min(coming), polls[0])
    rest, told = sorted(coming.items()), list[Told]()
    for moment in polls:
        arrived = [week for week, arrival in rest if arrival and arrival <= moment]
        if arrived:
            rest = [each for each in rest if each[0] not in arrived]
            rows = [*source.published, *(row for week in arrived for row in _rows(week, published(week)))]
            source.published = [row for row in rows if _may_be_asked_for(row, moment)]
        before = len(store.owed)
        poll(source, store, moment + skew)
        for announcement in store.owed[before:]:
            store.mark_told(announcement, moment + skew)
            told += [Told(moment, announcement.kind, end) for end in _weeks(announcement)]
    return sorted(told)


def _monitoring(first: Week, since: datetime) -> tuple[FakeSource, FakeStore]:
    """Monitoring that began with the week before the first."""
    end = first.monday - 3 * DAY
    rows = _rows(replace(first, start_date=end, end_date=end), since.date() - DAY)
    source, store = FakeSource(*rows), FakeStore()
    poll(source, store, since - DAY)
    return source, store


def _rows(week: Week, published: date) -> list[Record | Held]:
    return [a_record(week.end_date, measure=measure, start=week.start_date, published=published) for measure in Measure]


def _may_be_asked_for(row: Record | Held, moment: datetime) -> bool:
    return row.published_date is not None and row.published_date > moment.date() - 2 * OVERLAP


def _weeks(announcement: Announcement) -> set[date]:
    due = announcement.due
    return {due.end_date} if due else {key.end_date for key in announcement.keys}
