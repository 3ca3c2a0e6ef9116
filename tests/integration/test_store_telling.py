"""The store as the memory of what readers are owed: told once, offered again while untold, by one of many."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from investor_flows.announcements import Occasion
from investor_flows.news import News, Release, Role
from investor_flows.releases import announcement
from investor_flows.store import RecordStore

from tests.integration.conftest import Table
from tests.integration.stored import NOW, an_announcement, owe, seen
from tests.unit.builders import a_record, trading_weeks
from tests.unit.publishing import NEXT

MINUTE = timedelta(minutes=1)
OWED = an_announcement(seen(a_record()))
SILENT = an_announcement(seen(a_record()), occasion=Occasion.HISTORY)


@contextmanager
def just_before(table: Table, operation: str, act: Callable[[], object]) -> Iterator[None]:
    """Let something happen between a call of the store and its arrival at the table; once."""
    acted: list[bool] = []

    def once(**_: Any) -> None:
        if not acted:
            acted.append(True)
            act()

    name = f"before-call.dynamodb.{operation}"
    table.client.meta.events.register(name, once)
    yield
    table.client.meta.events.unregister(name, once)


# Told.


def test_what_is_owed_is_untold_until_it_is_told(store: RecordStore) -> None:
    owe(store, OWED)

    before = store.told_in(OWED)
    store.mark_told(OWED, NOW)

    assert (before, store.told_in(OWED)) == (set(), None)


def test_each_language_is_noted_by_itself_until_all_are_told(store: RecordStore) -> None:
    owe(store, OWED)

    told = []
    for language in ("ja", "ja", "en"):
        store.note_told(OWED, language)
        told.append(store.told_in(OWED))
    store.mark_told(OWED, NOW)

    assert [*told, store.told_in(OWED)] == [{"ja"}, {"ja"}, {"ja", "en"}, None]


def test_an_announcement_that_was_told_in_one_language_reads_as_before_and_is_offered_again(store: RecordStore) -> None:
    owe(store, OWED)
    store.note_told(OWED, "ja")

    assert store.announcements(OWED.published_date) == [OWED]
    assert store.offer_again(NOW + MINUTE, NOW + 11 * MINUTE) == 1


def test_silent_and_unknown_announcements_are_not_owed(store: RecordStore) -> None:
    owe(store, SILENT)

    assert store.told_in(SILENT) is None
    assert store.told_in(an_announcement(seen(a_record("2026-11-06")))) is None


def test_asking_changes_nothing_and_makes_nothing(store: RecordStore, table: Table) -> None:
    owe(store, OWED)
    before = table.items()

    store.told_in(OWED)
    store.told_in(SILENT)

    assert table.items() == before


def test_a_store_that_takes_no_notes_says_so_before_anybody_is_told(store: RecordStore, table: Table) -> None:
    owe(store, OWED)

    def refuse() -> None:
        raise PermissionError("no UpdateItem")

    with just_before(table, "UpdateItem", refuse), pytest.raises(PermissionError):
        store.told_in(OWED)


def test_an_announcement_that_was_told_reads_as_before(store: RecordStore) -> None:
    owe(store, OWED)
    store.mark_told(OWED, NOW)

    assert store.announcements(OWED.published_date) == [OWED]


def test_the_first_time_it_was_told_stays(store: RecordStore, table: Table) -> None:
    owe(store, OWED)
    store.mark_told(OWED, NOW)
    store.mark_told(OWED, NOW + timedelta(days=1))

    [item] = [item for item in table.items() if "kind" in item]

    assert datetime.fromisoformat(item["told_at"]["S"]) == NOW


def test_an_announcement_that_is_not_there_cannot_be_marked(store: RecordStore, table: Table) -> None:
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        store.mark_told(OWED, NOW)
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        store.note_told(OWED, "ja")

    assert table.items() == []


# Offered again.


@pytest.mark.parametrize("zone", [NOW.tzinfo, UTC], ids=["of Japan", "UTC"])
@pytest.mark.parametrize("polled_in", [NOW.tzinfo, UTC], ids=["by Japan", "by UTC"])
@pytest.mark.parametrize(("minutes", "offered"), [(-60, 0), (0, 0), (1, 1), (60, 1)])
def test_what_is_untold_since_then_is_offered_whatever_the_zones(
    store: RecordStore, zone: Any, polled_in: Any, minutes: int, offered: int
) -> None:
    owe(store, replace(OWED, first_seen_at=NOW.astimezone(zone)))
    since = (NOW + minutes * MINUTE).astimezone(polled_in)

    assert store.offer_again(since, since + 10 * MINUTE) == offered


def test_offering_again_waits_anew_and_changes_nothing_else(store: RecordStore) -> None:
    owe(store, OWED)
    later = NOW + 11 * MINUTE

    counts = [
        store.offer_again(moment - 10 * MINUTE, moment) for moment in (later, later + MINUTE, later + 11 * MINUTE)
    ]

    assert counts == [1, 0, 1]
    assert store.told_in(OWED) is not None
    assert store.announcements(OWED.published_date) == [OWED]


def test_what_is_told_or_silent_is_not_offered(store: RecordStore) -> None:
    owe(store, OWED, replace(SILENT, receipt="rel-silent"))
    store.mark_told(OWED, NOW)

    assert store.offer_again(NOW + 60 * MINUTE, NOW + 70 * MINUTE) == 0


def test_many_are_offered(store: RecordStore) -> None:
    owe(store, *(an_announcement(seen(a_record(end))) for end in trading_weeks(NEXT, 60)))

    assert store.offer_again(NOW + MINUTE, NOW + 11 * MINUTE) == 60


def test_what_is_told_while_it_is_being_offered_stays_told(store: RecordStore, table: Table) -> None:
    owe(store, OWED)
    teller = RecordStore(table.client, table.name)

    with just_before(table, "UpdateItem", lambda: teller.mark_told(OWED, NOW)):
        offered = store.offer_again(NOW + MINUTE, NOW + 11 * MINUTE)

    [item] = [item for item in table.items() if "kind" in item]
    assert offered == 0
    assert "offered_at" not in item


def test_two_polls_at_once_offer_once(store: RecordStore, table: Table) -> None:
    owe(store, OWED)
    other = RecordStore(table.client, table.name)
    counts: list[int] = []

    with just_before(table, "UpdateItem", lambda: counts.append(other.offer_again(NOW + MINUTE, NOW + 11 * MINUTE))):
        counts.append(store.offer_again(NOW + MINUTE, NOW + 11 * MINUTE))

    assert counts == [1, 0]


# Announced.


@pytest.mark.parametrize(
    ("role", "occasion", "announced"),
    [
        (Role.INITIAL, Occasion.NEW, True),
        (Role.INITIAL, Occasion.START, True),
        (Role.INITIAL, Occasion.ADDITION, True),
        (Role.INITIAL, Occasion.HISTORY, False),
        (Role.REVISED, Occasion.NEW, False),
        (Role.RESTATED, Occasion.NEW, False),
    ],
)
def test_a_release_was_announced_where_readers_are_owed_it(
    store: RecordStore, role: Role, occasion: Occasion, announced: bool
) -> None:
    release = Release(OWED.published_date, (News(seen(a_record()), role),))
    owe(store, announcement(release, occasion, NOW))

    assert store.was_announced(OWED.published_date) is announced
    assert not store.was_announced(OWED.published_date + timedelta(days=1))
