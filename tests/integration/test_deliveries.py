"""The log of deliveries on the deployed table: one run at a time has a message; what is delivered stays delivered."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, timedelta
from threading import Barrier
from typing import Any

import pytest
from investor_flows.errors import DeliveryDelayed
from investor_flows.slack.deliver import LEASE
from investor_flows.slack.deliveries import REASON_LIMIT, DeliveryLog
from investor_flows.slack.delivery_steps import Delivery

from tests.integration.conftest import Table
from tests.integration.stored import NOW

DELIVERY = Delivery("rel-2026-11-19-0123abcd", date(2026, 11, 19), "slack-webhook")
END = NOW + LEASE
SECOND = timedelta(seconds=1)
RUNS = 6


@pytest.fixture
def log(table: Table) -> DeliveryLog:
    return DeliveryLog(table.client, table.name)


def kept(table: Table) -> dict[str, Any]:
    [item] = table.items()
    return {name: next(iter(value.values())) for name, value in item.items()}


def test_a_delivery_is_claimed_beside_its_announcement(log: DeliveryLog, table: Table) -> None:
    assert log.claim(DELIVERY, NOW, END)

    assert kept(table)["pk"] == "RELEASE#2026-11-19"
    assert kept(table)["sk"] == "DELIVERY#rel-2026-11-19-0123abcd#slack-webhook"
    assert kept(table)["attempts"] == "1"


@pytest.mark.parametrize("seconds", [0, 1, 30, 89])
def test_while_a_claim_holds_others_are_told_when_it_ends(log: DeliveryLog, table: Table, seconds: int) -> None:
    log.claim(DELIVERY, NOW, END)
    before = kept(table)

    with pytest.raises(DeliveryDelayed, match="another run has it") as raised:
        log.claim(DELIVERY, NOW + seconds * SECOND, END + seconds * SECOND)

    assert raised.value.retry_after
    assert LEASE.total_seconds() - seconds <= raised.value.retry_after <= LEASE.total_seconds() - seconds + 1
    assert kept(table) == before


@pytest.mark.parametrize("late", [0 * SECOND, SECOND, timedelta(days=3)])
def test_a_claim_ends_by_itself(log: DeliveryLog, table: Table, late: timedelta) -> None:
    log.claim(DELIVERY, NOW, END)

    assert log.claim(DELIVERY, END + late, END + late + LEASE)

    assert kept(table)["attempts"] == "2"


def test_a_claim_holds_in_every_zone(log: DeliveryLog) -> None:
    log.claim(DELIVERY, NOW, END)

    with pytest.raises(DeliveryDelayed):
        log.claim(DELIVERY, (END - SECOND).astimezone(UTC), END.astimezone(UTC))
    assert log.claim(DELIVERY, END.astimezone(UTC), (END + LEASE).astimezone(UTC))


@pytest.mark.parametrize("later", [SECOND, LEASE, timedelta(days=30)])
def test_what_is_delivered_is_not_claimed_again(log: DeliveryLog, table: Table, later: timedelta) -> None:
    log.claim(DELIVERY, NOW, END)
    log.mark_delivered(DELIVERY, NOW + SECOND, "")
    before = kept(table)

    assert not log.claim(DELIVERY, NOW + later, END + later)

    assert kept(table) == before
    assert "claimed_until" not in before


def test_a_claim_that_is_given_back_can_be_taken_at_once(log: DeliveryLog, table: Table) -> None:
    log.claim(DELIVERY, NOW, END)
    log.give_back(DELIVERY, "Slack webhook: 503", NOW)
    given_back = kept(table)

    assert log.claim(DELIVERY, NOW, END)

    assert given_back["reason"] == "Slack webhook: 503"
    assert "claimed_until" not in given_back


def test_the_reason_of_a_failure_goes_when_it_is_delivered(log: DeliveryLog, table: Table) -> None:
    log.claim(DELIVERY, NOW, END)
    log.give_back(DELIVERY, "Slack webhook: 503", NOW)
    log.claim(DELIVERY, NOW, END)

    log.mark_delivered(DELIVERY, NOW, "")

    assert "reason" not in kept(table)
    assert kept(table)["attempts"] == "2"


def test_a_long_reason_is_cut(log: DeliveryLog, table: Table) -> None:
    log.claim(DELIVERY, NOW, END)

    log.give_back(DELIVERY, "日" * 10_000, NOW)

    assert kept(table)["reason"] == "日" * REASON_LIMIT


@pytest.mark.parametrize(
    "other",
    [
        replace(DELIVERY, channel="slack-C0123456789"),
        replace(DELIVERY, receipt="rev-2026-11-19-0123abcd"),
        replace(DELIVERY, published_date=date(2026, 11, 20)),
    ],
)
def test_other_channels_and_receipts_have_their_own_progress(log: DeliveryLog, other: Delivery) -> None:
    log.claim(DELIVERY, NOW, END)
    log.mark_delivered(DELIVERY, NOW, "")

    assert log.claim(other, NOW, END)


def test_of_many_runs_at_once_one_has_the_claim(log: DeliveryLog) -> None:
    start = Barrier(RUNS)

    def claim(_: int) -> bool:
        start.wait()
        try:
            return log.claim(DELIVERY, NOW, END) is not None
        except DeliveryDelayed:
            return False

    with ThreadPoolExecutor(RUNS) as pool:
        claims = list(pool.map(claim, range(RUNS)))

    assert claims.count(True) == 1
