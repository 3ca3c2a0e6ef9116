"""The store as a reader of history: a series as of any day by either clock, one vintage a week."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from investor_flows.asof import Clock, as_of
from investor_flows.model import JST, Measure, Record, Vintage
from investor_flows.store import RecordStore

from tests.integration.stored import fill, seen
from tests.unit.builders import LAST, a_record, a_revision, trading_weeks

FAR = date(9999, 1, 1)
WEEKS = trading_weeks(LAST, 6)
FIRST = [a_record(end) for end in WEEKS]
FORTH = [a_revision(record, date(2026, 12, 1), Foreigners=(1, 2)) for record in FIRST[:2]]
BACK = [replace(record, published_date=date(2026, 12, 8)) for record in FIRST[:1]]
RESTATED = [a_revision(record, record.published_date, Foreigners=(5, 6)) for record in FIRST[1:3]]
RESTATED_ON = date(2026, 12, 4)
EVENTS = {record.published_date for record in (*FIRST, *FORTH, *BACK)} | {RESTATED_ON}
DAYS = sorted({day + timedelta(days=near) for day in EVENTS for near in (-1, 0, 1)})


def at(day: date, hour: int = 19, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=JST)


def as_published(records: Iterable[Record]) -> list[Vintage]:
    """Vintages that were seen on the evening they were published."""
    return [seen(record, at(record.published_date)) for record in records]


def restated() -> list[Vintage]:
    return [seen(record, at(RESTATED_ON), restatement=1) for record in RESTATED]


@pytest.fixture
def history(store: RecordStore) -> RecordStore:
    """Six weeks; two corrected, one of them back again; two restated."""
    fill(store, [*as_published([*FIRST, *FORTH, *BACK]), *restated()])
    return store


def known(
    store: RecordStore, day: date = FAR, clock: Clock = Clock.VENDOR, section: str = "TokyoNagoya"
) -> list[Record]:
    return [each.record for each in as_of(store.vintages(section, Measure.VALUE, date.min, FAR), day, clock)]


def test_the_history_has_the_newest_vintage_of_every_week_oldest_week_first(history: RecordStore) -> None:
    assert known(history) == [BACK[0], FORTH[1], RESTATED[1], *FIRST[3:]]


def test_sections_and_measures_have_their_own_history(history: RecordStore) -> None:
    others = [a_record(section="TSEPrime"), a_record(section="TokyoNagoya2"), a_record(measure=Measure.VOLUME)]
    before = known(history)

    fill(history, map(seen, others))

    assert known(history) == before
    assert [known(history, section=other.section) for other in others[:2]] == [[other] for other in others[:2]]


# As of.


@pytest.mark.parametrize("clock", Clock)
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FIRST[0].published_date - timedelta(days=1), []),
        (FIRST[0].published_date, FIRST[:1]),
        (FIRST[5].published_date - timedelta(days=1), FIRST[:5]),
        (date(2026, 11, 30), FIRST),
        (date(2026, 12, 1), [*FORTH, *FIRST[2:]]),
        (date(2026, 12, 3), [*FORTH, *FIRST[2:]]),
        (date(2026, 12, 4), [*FORTH, RESTATED[1], *FIRST[3:]]),
        (date(2026, 12, 8), [BACK[0], FORTH[1], RESTATED[1], *FIRST[3:]]),
    ],
)
def test_what_was_known_at_the_end_of_a_day_by_either_clock(
    history: RecordStore, day: date, expected: list[Record], clock: Clock
) -> None:
    assert known(history, day, clock) == expected


@pytest.mark.parametrize("clock", Clock)
def test_there_is_one_vintage_a_week_on_every_day(history: RecordStore, clock: Clock) -> None:
    for day in DAYS:
        ends = [record.end_date for record in known(history, day, clock)]
        assert ends == sorted(set(ends))


def test_the_vendor_published_what_we_saw_later(store: RecordStore) -> None:
    fill(store, [seen(FIRST[0], at(date(2026, 12, 24)))])

    assert known(store, FIRST[0].published_date, Clock.VENDOR) == FIRST[:1]
    assert known(store, date(2026, 12, 23), Clock.OURS) == []
    assert known(store, date(2026, 12, 24), Clock.OURS) == FIRST[:1]


@pytest.mark.parametrize(("hour", "minute", "day"), [(0, 0, 24), (23, 59, 24), (8, 59, 24)])
def test_our_days_are_those_of_japan(store: RecordStore, hour: int, minute: int, day: int) -> None:
    fill(store, [seen(FIRST[0], at(date(2026, 12, 24), hour, minute))])

    assert known(store, date(2026, 12, day - 1), Clock.OURS) == []
    assert known(store, date(2026, 12, day), Clock.OURS) == FIRST[:1]


@pytest.mark.parametrize("clock", Clock)
@pytest.mark.parametrize(
    "later",
    [
        as_published([a_revision(FIRST[3], date(2026, 12, 10), Foreigners=(7, 7))]),
        as_published([replace(FIRST[1], published_date=date(2026, 12, 10))]),
        [seen(a_revision(FIRST[4], FIRST[4].published_date, Foreigners=(8, 8)), at(date(2026, 12, 10)), restatement=1)],
        [seen(a_revision(FIRST[1], FORTH[1].published_date, Foreigners=(9, 9)), at(date(2026, 12, 10)), restatement=1)],
        as_published([a_record(end) for end in trading_weeks(date(2026, 12, 4), 1)]),
    ],
    ids=["revision", "back again", "restatement", "restated revision", "new week"],
)
def test_a_later_vintage_changes_no_earlier_as_of(history: RecordStore, later: list[Vintage], clock: Clock) -> None:
    days = [day for day in DAYS if day < date(2026, 12, 10)]
    before = [known(history, day, clock) for day in days]

    fill(history, later)

    assert [known(history, day, clock) for day in days] == before
    assert later[0].record in known(history, date(2026, 12, 10), clock)


# Vintages of a week.


def test_all_vintages_of_a_week_come_oldest_first(history: RecordStore) -> None:
    found = list(history.vintages("TokyoNagoya", Measure.VALUE, WEEKS[1], WEEKS[1]))

    assert [(vintage.record, vintage.restatement) for vintage in found] == [
        (FIRST[1], 0),
        (RESTATED[0], 1),
        (FORTH[1], 0),
    ]


def test_many_restatements_of_one_row_keep_their_order(store: RecordStore) -> None:
    vintages = [
        seen(a_revision(FIRST[0], FIRST[0].published_date, Foreigners=(n, n)), restatement=n) for n in range(12)
    ]
    fill(store, vintages)

    assert list(store.vintages("TokyoNagoya", Measure.VALUE, WEEKS[0], WEEKS[0])) == vintages
    assert known(store) == [vintages[-1].record]


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (WEEKS[3], WEEKS[3], 1),
        (WEEKS[3] + timedelta(days=1), WEEKS[4] - timedelta(days=1), 0),
        (WEEKS[3], WEEKS[5], 3),
        (WEEKS[3] - timedelta(days=1), WEEKS[5] + timedelta(days=1), 3),
        (WEEKS[5], WEEKS[3], 0),
    ],
)
def test_weeks_are_found_by_the_day_they_end(history: RecordStore, first: date, last: date, count: int) -> None:
    if first > last:
        first, last = date(2027, 1, 1), date(2027, 1, 1)

    assert len(list(history.vintages("TokyoNagoya", Measure.VALUE, first, last))) == count


def test_a_long_series_comes_whole(store: RecordStore) -> None:
    long = [replace(a_record(end), extra="x" * 9_000) for end in trading_weeks(LAST, 150)]
    fill(store, [seen(record) for record in long])

    assert known(store) == long
    assert len(list(store.vintages("TokyoNagoya", Measure.VALUE, long[0].end_date, LAST))) == 150
