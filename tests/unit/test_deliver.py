"""Delivering to Slack: once, later, or not at all; and never by two runs at the same time."""

import json
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from investor_flows.deliver import LEASE, LONGEST_WAIT, Outcome, Queued, deliver_queued, wait_before_retry
from investor_flows.delivery_steps import Delivery
from investor_flows.errors import ConfigError, DeliveryDelayed, DeliveryRefused
from investor_flows.model import JST

from tests.unit.fake_slack import FakeChannel, FakeDeliveries, FakeQueue

NOW = datetime(2026, 11, 19, 18, 1, tzinfo=JST)
RECEIPT = "rel-2026-11-19-0123abcd"
DELIVERY = Delivery(RECEIPT, date(2026, 11, 19), "slack-test")
BODY = json.dumps({"receipt": RECEIPT, "published_date": "2026-11-19"})


class Desk:
    """A channel, a queue and a log, and one message to deliver."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.channel, self.queue, self.log = FakeChannel(fault), FakeQueue(), FakeDeliveries()

    def deliver(self, now: datetime = NOW, attempt: int = 1, body: str = BODY) -> Outcome:
        """Deliver the message as it comes from the queue."""
        return deliver_queued(Queued(body, "handle", attempt), self.queue, self.channel, self.log, now)


def test_a_message_is_posted_and_delivered() -> None:
    desk = Desk()

    outcome = desk.deliver()

    assert outcome is Outcome.DELIVERED
    assert desk.channel.posts == [RECEIPT]
    assert desk.log.delivered == {DELIVERY: ""}
    assert desk.log.delivered_at == {DELIVERY: NOW}


def test_a_message_that_comes_twice_is_posted_once() -> None:
    desk = Desk()

    outcomes = [desk.deliver(), desk.deliver(NOW + timedelta(days=3))]

    assert outcomes == [Outcome.DELIVERED, Outcome.REPEATED]
    assert desk.channel.posts == [RECEIPT]


@pytest.mark.parametrize(
    ("retry_after", "attempt", "seconds"),
    [
        (7, 1, 7),
        (None, 1, 30),
        (None, 2, 60),
        (None, 3, 120),
        (None, 5, 480),
        (None, 6, 900),
        (None, 12, 900),
        (None, 0, 30),
        (0, 1, 30),
        (10**6, 1, LONGEST_WAIT),
    ],
)
def test_a_delayed_message_is_put_off_as_told_or_ever_longer(
    retry_after: int | None, attempt: int, seconds: int
) -> None:
    desk = Desk(DeliveryDelayed("429", retry_after))

    with pytest.raises(DeliveryDelayed):
        desk.deliver(attempt=attempt)

    assert desk.queue.postponed == [(Queued(BODY, "handle", attempt), seconds)]
    assert desk.queue.buried == []


def test_messages_that_slack_puts_off_to_one_time_come_back_at_many_and_none_before_it() -> None:
    delayed = DeliveryDelayed("429", 30)

    waits = [wait_before_retry(delayed, Queued(f"message {number}", "", attempt=6)) for number in range(1_000)]

    assert set(waits) == set(range(30, 30 + 2**5))


def test_a_wait_is_no_longer_than_the_queue_can_hide_a_message() -> None:
    assert timedelta(seconds=LONGEST_WAIT) + LEASE < timedelta(hours=12)


def test_a_delayed_message_can_be_tried_again_without_waiting_for_the_end_of_the_claim() -> None:
    desk = Desk(DeliveryDelayed("503"))
    with pytest.raises(DeliveryDelayed):
        desk.deliver()
    desk.channel.fault = None

    outcome = desk.deliver(NOW + timedelta(seconds=1))

    assert outcome is Outcome.DELIVERED
    assert (desk.log.reasons, desk.log.given_back_at, desk.log.refused) == (["503"], [NOW], [])


def test_a_refused_message_is_put_away_at_once_with_the_reason() -> None:
    desk = Desk(DeliveryRefused("404 no_service"))

    outcome = desk.deliver()

    assert outcome is Outcome.REFUSED
    assert desk.queue.buried == [(Queued(BODY, "handle", 1), "404 no_service")]
    assert desk.queue.postponed == []
    assert desk.log.refused == [DELIVERY]


def test_a_refused_message_can_be_delivered_once_the_channel_is_mended() -> None:
    desk = Desk(DeliveryRefused("404 no_service"))
    desk.deliver()
    desk.channel.fault = None

    assert desk.deliver(NOW + timedelta(seconds=1)) is Outcome.DELIVERED


def test_while_another_run_has_a_message_it_is_put_off_to_the_end_of_the_claim_and_not_posted() -> None:
    desk = Desk()
    desk.log.claim(DELIVERY, NOW, NOW + LEASE)

    with pytest.raises(DeliveryDelayed):
        desk.deliver(NOW + timedelta(seconds=30))

    assert [seconds for _, seconds in desk.queue.postponed] == [LEASE.total_seconds() - 30]
    assert desk.channel.posts == []
    assert desk.log.claims == {DELIVERY: NOW + LEASE}


@pytest.mark.parametrize("fault", [ConfigError("SSM parameter /x: not found"), ZeroDivisionError()])
def test_after_a_run_that_died_the_claim_ends_by_itself(fault: Exception) -> None:
    desk = Desk(fault)
    with pytest.raises(type(fault)):
        desk.deliver()
    desk.channel.fault = None

    with pytest.raises(DeliveryDelayed):
        desk.deliver(NOW + LEASE - timedelta(seconds=1))
    outcome = desk.deliver(NOW + LEASE)

    assert outcome is Outcome.DELIVERED


def test_two_channels_have_their_own_progress() -> None:
    desk = Desk()
    desk.deliver()
    desk.channel.name = "slack-other"

    assert desk.deliver() is Outcome.DELIVERED
    assert {delivery.channel for delivery in desk.log.delivered} == {"slack-test", "slack-other"}


@pytest.mark.parametrize("body", ["", "no JSON", "{}", '{"receipt": "r"}', '{"receipt": "r", "published_date": "x"}'])
def test_a_message_of_someone_else_is_raised_and_not_posted(body: str) -> None:
    desk = Desk()

    with pytest.raises((ValueError, KeyError)):
        desk.deliver(body=body)

    assert desk.channel.posts == []
    assert desk.log.claims == {}


def test_a_note_that_fails_is_made_again_and_the_message_stays_one() -> None:
    desk = Desk()
    desk.log.note_faults = [ConnectionError()]

    outcomes = [desk.deliver(), desk.deliver(NOW + timedelta(days=1))]

    assert outcomes == [Outcome.DELIVERED, Outcome.REPEATED]
    assert desk.channel.posts == [RECEIPT]


def test_a_message_that_is_out_is_not_brought_back_because_the_store_takes_no_note_of_it() -> None:
    desk = Desk()
    desk.log.note_faults = [ConnectionError()] * 5

    assert desk.deliver() is Outcome.UNNOTED


@pytest.mark.parametrize("fault", [DeliveryDelayed("503"), DeliveryRefused("404 no_service")])
def test_a_claim_that_cannot_be_given_back_hides_no_failure(fault: DeliveryDelayed | DeliveryRefused) -> None:
    desk = Desk(fault)
    desk.log.note_faults = [ConnectionError()] * 5

    with suppress(DeliveryDelayed):
        desk.deliver()

    assert [str(fault)] == [reason for _, reason in desk.queue.buried] or len(desk.queue.postponed) == 1
