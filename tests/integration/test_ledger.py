"""The ledger over the deployed table: it reads what the store and the log of deliveries wrote."""

from dataclasses import replace
from datetime import timedelta

import pytest
from investor_flows.held_rows import HeldRow
from investor_flows.model import Held, Measure, Record
from investor_flows.operate.explain import Owed, Sent
from investor_flows.operate.ledger import Ledger
from investor_flows.releases import fingerprint
from investor_flows.slack.deliver import LEASE
from investor_flows.slack.deliveries import DeliveryLog
from investor_flows.slack.delivery_steps import Delivery
from investor_flows.store import RecordStore

from tests.integration.conftest import Table
from tests.integration.stored import NOW, an_announcement, owe, seen
from tests.unit.builders import a_record

OWED = an_announcement(seen(a_record()))
DAY = OWED.published_date
DELIVERY = Delivery(OWED.receipt, DAY, "slack-webhook")
LATER = NOW + timedelta(seconds=9)


@pytest.fixture
def ledger(table: Table) -> Ledger:
    return Ledger(table.client, table.name)


@pytest.fixture
def log(table: Table) -> DeliveryLog:
    return DeliveryLog(table.client, table.name)


def sent(ledger: Ledger) -> Sent:
    [found] = ledger.release(DAY)[1]
    return found


def test_an_announcement_is_untold_until_the_topic_took_it(store: RecordStore, ledger: Ledger) -> None:
    owe(store, OWED)
    before = ledger.release(DAY)

    store.mark_told(OWED, LATER)

    assert before == ([Owed(OWED, None, NOW)], [])
    assert ledger.release(DAY) == ([Owed(OWED, LATER, None)], [])


def test_another_day_has_nothing(store: RecordStore, ledger: Ledger) -> None:
    owe(store, OWED)

    assert ledger.release(DAY + timedelta(days=1)) == ([], [])


def test_a_channel_that_is_being_told_has_a_claim(log: DeliveryLog, ledger: Ledger) -> None:
    log.claim(DELIVERY, NOW, NOW + LEASE)

    being_told = Sent(OWED.receipt, "slack-webhook", 1, NOW, NOW + LEASE, None, None, refused=False, reason="")
    assert sent(ledger) == being_told


@pytest.mark.parametrize("refused", [False, True])
def test_a_channel_that_failed_says_when_and_why_and_whether_for_good(
    log: DeliveryLog, ledger: Ledger, *, refused: bool
) -> None:
    log.claim(DELIVERY, NOW, NOW + LEASE)
    log.give_back(DELIVERY, "no_service", LATER, refused=refused)

    found = sent(ledger)

    assert (found.failed_at, found.refused, found.reason, found.claimed_until) == (LATER, refused, "no_service", None)


def test_a_refusal_is_forgotten_when_a_later_try_only_fails(log: DeliveryLog, ledger: Ledger) -> None:
    log.claim(DELIVERY, NOW, NOW + LEASE)
    log.give_back(DELIVERY, "no_service", NOW, refused=True)
    log.claim(DELIVERY, NOW, NOW + LEASE)

    log.give_back(DELIVERY, "503", LATER)

    assert (sent(ledger).refused, sent(ledger).attempts) == (False, 2)


def test_a_channel_that_has_the_message_says_since_when(log: DeliveryLog, ledger: Ledger) -> None:
    log.claim(DELIVERY, NOW, NOW + LEASE)
    log.mark_delivered(DELIVERY, LATER, "no chart")

    assert (sent(ledger).delivered_at, sent(ledger).reason) == (LATER, "no chart")


@pytest.mark.parametrize("record", [None, replace(a_record(), extra='{"Note": "日"}')])
def test_a_held_row_comes_back_with_what_a_person_may_vouch_for(
    store: RecordStore, ledger: Ledger, record: Record | None
) -> None:
    held = Held('{"Section": "TSEPrime"}', Measure.VALUE, "sum", "TSEPrime", DAY, DAY, record)

    store.hold(held, NOW)

    [row] = ledger.held()
    assert row == store.held_row(row.mark) == HeldRow(fingerprint(held).hex(), held, NOW)
    assert row.held.record == record
    assert record is None or row.held.record is None or row.held.record.extra == record.extra


def test_a_fingerprint_of_no_held_row_finds_none(store: RecordStore) -> None:
    assert store.held_row("0000000000000000") is None


def test_the_turn_that_corrections_take_is_no_channel(log: DeliveryLog, ledger: Ledger) -> None:
    log.claim(Delivery(OWED.receipt, DAY, "slack-C0123-mark"), NOW, NOW + LEASE)

    assert ledger.release(DAY) == ([], [])
