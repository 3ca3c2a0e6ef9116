"""Delivering to a Slack channel: once; and never by two runs at the same time."""

from datetime import date, datetime, timedelta

import pytest
from investor_flows.errors import DeliveryDelayed, DeliveryRefused
from investor_flows.model import JST
from investor_flows.slack.deliver import LEASE, Outcome, deliver
from investor_flows.slack.delivery_steps import Delivery

from tests.unit.fake_slack import FakeChannel, FakeDeliveries

NOW = datetime(2026, 11, 19, 18, 1, tzinfo=JST)
RECEIPT = "rel-2026-11-19-0123abcd"
DELIVERY = Delivery(RECEIPT, date(2026, 11, 19), "slack-test")
DOCUMENT = {"receipt": RECEIPT, "published_date": "2026-11-19"}


class Desk:
    """A channel and a log, and one message to deliver."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.channel, self.log = FakeChannel(fault), FakeDeliveries()

    def deliver(self, now: datetime = NOW) -> Outcome:
        """Deliver the message."""
        return deliver(DOCUMENT, self.channel, self.log, now)


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


@pytest.mark.parametrize("fault", [DeliveryDelayed("503"), DeliveryRefused("404 no_service")])
def test_after_a_failure_it_can_be_tried_again_without_waiting_for_the_end_of_the_claim(fault: Exception) -> None:
    desk = Desk(fault)
    with pytest.raises(type(fault)):
        desk.deliver()
    desk.channel.fault = None

    outcome = desk.deliver(NOW + timedelta(seconds=1))

    assert outcome is Outcome.DELIVERED
    assert (desk.log.reasons, desk.log.given_back_at) == ([str(fault)], [NOW])
    assert bool(desk.log.refused) is isinstance(fault, DeliveryRefused)


def test_after_a_run_that_died_the_claim_ends_by_itself() -> None:
    desk = Desk(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        desk.deliver()
    desk.channel.fault = None

    with pytest.raises(DeliveryDelayed):
        desk.deliver(NOW + LEASE - timedelta(seconds=1))
    outcome = desk.deliver(NOW + LEASE)

    assert outcome is Outcome.DELIVERED


def test_two_channels_have_their_own_progress() -> None:
    desk = Desk()
    desk.deliver()
    desk.channel.name = "other"

    assert desk.deliver() is Outcome.DELIVERED
    assert {delivery.channel for delivery in desk.log.delivered} == {"slack-test", "slack-other"}


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
def test_a_claim_that_cannot_be_given_back_hides_no_failure(fault: Exception) -> None:
    desk = Desk(fault)
    desk.log.note_faults = [ConnectionError()] * 5

    with pytest.raises(type(fault)):
        desk.deliver()
