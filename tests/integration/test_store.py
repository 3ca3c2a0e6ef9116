"""RecordStore on the deployed table: what is written comes back unchanged, and nothing is written twice."""

from dataclasses import replace
from datetime import UTC, date, timedelta, timezone

import pytest
from botocore.exceptions import ClientError
from investor_flows.announcements import Gap, Occasion
from investor_flows.errors import Outrun
from investor_flows.model import INVESTOR_TYPES, Held, Measure, Record, Vintage
from investor_flows.progress import Progress
from investor_flows.rows import LIMIT, LONGEST_NAME
from investor_flows.store import RecordStore

from tests.integration.conftest import Table
from tests.integration.stored import NOW, an_announcement, fill, owe, seen
from tests.unit.builders import LAST, a_record, trading_weeks

LARGEST = Record(
    "x" * LONGEST_NAME,
    Measure.VOLUME,
    date(2026, 11, 9),
    LAST,
    date(2026, 11, 19),
    tuple(LIMIT - 1 for _ in range(2 * len(INVESTOR_TYPES))),
)
ODD = [
    a_record(),
    a_record(measure=Measure.VOLUME, section="TSE 2nd/日本"),
    a_record(without=INVESTOR_TYPES),
    a_record(foreigners=(0, 0)),
    replace(a_record(), extra='{"New": [1, null, "\\u65e5"]}'),
    LARGEST,
]


def stored(store: RecordStore, record: Record) -> list[Vintage]:
    return list(store.vintages(record.section, record.measure, record.end_date, record.end_date))


# Vintages.


@pytest.mark.parametrize("record", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("restatement", [0, 1, 999])
def test_every_field_of_a_vintage_comes_back(store: RecordStore, record: Record, restatement: int) -> None:
    vintage = seen(record, NOW + timedelta(microseconds=7), restatement)
    fill(store, [vintage])

    [found] = stored(store, record)

    assert found == vintage
    assert found.record.extra == record.extra
    assert store.find([vintage.key]) == [vintage]


@pytest.mark.parametrize("record", [a_record(), LARGEST], ids=["usual", "largest"])
def test_a_vintage_costs_one_write_unit(store: RecordStore, table: Table, record: Record) -> None:
    fill(store, [seen(record, NOW + timedelta(microseconds=7), restatement=1)])

    [item] = [item for item in table.items() if item["pk"]["S"] != "PROGRESS"]

    assert sum(len(name) + len(value["S"].encode()) for name, value in item.items()) <= 1024


def test_more_vintages_than_one_answer_holds_are_all_found(store: RecordStore) -> None:
    vintages = [seen(a_record(end, measure=measure)) for end in trading_weeks(LAST, 130) for measure in Measure]
    fill(store, vintages)

    found = store.find([vintage.key for vintage in reversed(vintages)])

    assert found == vintages[::-1]


def test_a_key_that_is_not_stored_is_an_error(store: RecordStore) -> None:
    with pytest.raises(KeyError):
        store.find([seen(a_record()).key])


# Writing.


def test_a_write_returns_the_progress_that_the_next_write_needs(store: RecordStore) -> None:
    first = store.add(store.progress(), (), [seen(a_record())])

    second = store.add(first, (), [seen(a_record(section="TSEPrime"))])

    assert (first.version, second.version) == (1, 2)
    assert store.progress() == second


@pytest.mark.parametrize("version", [0, 1, 3], ids=["none", "older", "newer"])
def test_a_write_on_another_progress_than_the_stored_one_is_outrun_and_leaves_nothing(
    store: RecordStore, table: Table, version: int
) -> None:
    fill(store, [seen(a_record())])
    fill(store, [seen(a_record(section="TSEPrime"))])
    before = table.items()
    vintage = seen(a_record("2026-11-06"))

    with pytest.raises(Outrun):
        store.add(Progress(version=version), [an_announcement(vintage)], [vintage])

    assert table.items() == before


def test_a_first_write_on_an_empty_table_expects_no_progress(store: RecordStore, table: Table) -> None:
    with pytest.raises(Outrun):
        store.add(Progress(version=4), (), [seen(a_record())])

    assert table.items() == []


def test_a_vintage_that_is_there_is_not_overwritten(store: RecordStore, table: Table) -> None:
    vintage = seen(a_record())
    progress = fill(store, [vintage])
    before = table.items()
    other = replace(vintage, record=a_record(foreigners=(1, 2)))

    with pytest.raises(Outrun):
        store.add(progress, (), [seen(a_record("2026-11-06")), other])

    assert table.items() == before


def test_an_announcement_that_is_there_is_not_overwritten(store: RecordStore, table: Table) -> None:
    owed = an_announcement(seen(a_record()))
    owe(store, owed)
    store.mark_told(owed, NOW)
    before = table.items()

    with pytest.raises(Outrun):
        owe(store, owed)

    assert table.items() == before


def test_an_item_that_is_too_large_is_an_error_and_leaves_nothing(store: RecordStore, table: Table) -> None:
    too_large = replace(a_record(), extra="x" * 500_000)

    with pytest.raises(ClientError):
        store.add(store.progress(), (), [seen(a_record("2026-11-06")), seen(too_large)])

    assert table.items() == []


def test_a_hundred_items_are_written_at_once(store: RecordStore) -> None:
    vintages = [seen(a_record(end, measure=measure)) for end in trading_weeks(LAST, 45) for measure in Measure]
    silent = [an_announcement(vintage, occasion=Occasion.HISTORY) for vintage in vintages[:9]]

    store.add(store.progress(), silent, vintages)

    assert len(store.find([vintage.key for vintage in vintages])) == 90


# Progress.


@pytest.mark.parametrize(
    "progress",
    [
        Progress(),
        Progress(last_published=date(2026, 11, 19), started=True),
        Progress(backfill_from=date(2016, 1, 1)),
        Progress(seen=frozenset(bytes([n] * 8) for n in range(200))),
        Progress(waiting=((date(2026, 11, 19), NOW), (date(2026, 11, 20), NOW + timedelta(seconds=1)))),
        Progress(
            last_published=date(2026, 11, 19),
            started=True,
            seen=frozenset([b"\x00" * 8, b"\xff" * 8]),
            waiting=((date(2026, 11, 19), NOW.astimezone(UTC)),),
            backfill_from=date(2008, 1, 1),
        ),
    ],
    ids=["none", "started", "cut off", "seen", "waiting", "all"],
)
def test_progress_comes_back(store: RecordStore, progress: Progress) -> None:
    written = store.add(progress, (), ())

    assert store.progress() == written == replace(progress, version=1)


def test_an_empty_table_has_made_no_progress(store: RecordStore) -> None:
    assert store.progress() == Progress()


# Held rows.


def test_a_held_row_is_new_once(store: RecordStore, table: Table) -> None:
    held = Held('{"Section": "TSEPrime"}', Measure.VALUE, "StartDate is missing", "TSEPrime", LAST, date(2026, 11, 19))

    answers = [store.hold(held, NOW), store.hold(held, NOW + timedelta(days=1))]

    [item] = table.items()
    assert answers == [True, False]
    assert (item["raw"]["S"], item["reason"]["S"]) == (held.raw, held.reason)
    assert (item["section"]["S"], item["end_date"]["S"], item["published_date"]["S"]) == (
        "TSEPrime",
        "2026-11-13",
        "2026-11-19",
    )


@pytest.mark.parametrize(
    "other",
    [
        Held("other", Measure.VALUE, "reason"),
        Held("raw", Measure.VOLUME, "reason"),
    ],
)
def test_another_row_is_held_beside_it(store: RecordStore, other: Held) -> None:
    store.hold(Held("raw", Measure.VALUE, "reason"), NOW)

    assert store.hold(other, NOW)


def test_a_held_row_too_large_for_an_item_is_kept_as_far_as_it_fits(store: RecordStore, table: Table) -> None:
    store.hold(Held("日本" * 100_000, Measure.VALUE, "the row is str, not an object"), NOW)

    [item] = table.items()
    assert len(item["raw"]["S"].encode()) == 300_000
    assert item["raw"]["S"] == "日本" * 50_000


# Announcements.


def test_every_field_of_an_announcement_comes_back(store: RecordStore) -> None:
    vintages = [seen(a_record(measure=measure)) for measure in Measure]
    gaps = (Gap("TSEPrime", Measure.VOLUME),), (Gap("日本", Measure.VALUE, "x ≠ y"),)
    owed = replace(an_announcement(*vintages, occasion=Occasion.ADDITION), missing=gaps[0], held=gaps[1])
    owe(store, owed)

    assert store.announcements(owed.published_date) == [owed]
    assert store.announcements(date(2026, 11, 20)) == []


@pytest.mark.parametrize("hours", [0, 9, -8])
def test_times_are_moments_whatever_zone_they_are_told_in(store: RecordStore, hours: int) -> None:
    told = NOW.astimezone(timezone(timedelta(hours=hours)))
    vintage = seen(a_record(), told)
    fill(store, [vintage])

    [found] = stored(store, vintage.record)

    assert found.first_seen_at == NOW
