"""Dispatching: each channel that wants a message gets it at its own pace, and a dead one is reported once a day."""

from datetime import date, timedelta
from typing import Any

import pytest
from investor_flows.errors import DeliveryDelayed
from investor_flows.slack.deliver import LEASE, Outcome
from investor_flows.slack.delivery_steps import Delivery
from investor_flows.slack.dispatch import ATTEMPTS, LONGEST_WAIT, Dispatcher, Queued, wait_before_retry

from tests.unit.dispatch_office import NOW, RECEIPT, RELEASE, Office, queued

# To whom.


def test_a_message_that_one_channel_wants_is_delivered_at_once() -> None:
    office = Office("desk")

    taken = office.take()

    assert taken == (Outcome.DELIVERED, ["desk"])
    assert office.posts() == {"desk": [RECEIPT]}
    assert office.queue.addressed == []
    assert list(office.log.delivered) == [Delivery(RECEIPT, date(2026, 11, 19), "slack-desk")]


def test_a_message_that_several_want_goes_back_into_the_queue_for_each_of_them() -> None:
    office = Office("desk", "research")

    taken = office.take()

    assert taken == (Outcome.SPLIT, ["desk", "research"])
    assert office.queue.addressed == ["desk", "research"]
    assert office.queue.moved == [queued(RELEASE)] * 2
    assert office.posts() == {}


def test_a_message_for_one_channel_is_delivered_there_and_nowhere_else() -> None:
    office = Office("desk", "research")

    taken = office.take(channel="research")

    assert taken == (Outcome.DELIVERED, ["research"])
    assert office.posts() == {"research": [RECEIPT]}


def test_a_message_that_nobody_wants_is_done_with() -> None:
    office = Office("desk")

    taken = office.take({**RELEASE, "language": "en"})

    assert taken == (Outcome.UNWANTED, [])
    assert (office.posts(), office.queue.addressed, office.queue.buried) == ({}, [], [])


def test_a_message_that_was_split_twice_is_posted_once_in_each_channel() -> None:
    office = Office("desk", "research")

    outcomes = [office.take(channel=name)[0] for name in ("desk", "research") * 2]

    assert outcomes == [Outcome.DELIVERED] * 2 + [Outcome.REPEATED] * 2
    assert office.posts() == {"desk": [RECEIPT], "research": [RECEIPT]}


@pytest.mark.parametrize(
    "document", [{}, {"kind": "release"}, {"receipt": RECEIPT}, {**RELEASE, "published_date": "x"}]
)
def test_a_message_of_someone_else_is_raised_and_not_posted(document: dict[str, Any]) -> None:
    office = Office()

    with pytest.raises((ValueError, KeyError)):
        Dispatcher(office.queue, office.channels, office.log, office.operations).take(queued(document), NOW)

    assert office.posts() == {}
    assert office.log.claims == {}


# Later.


@pytest.mark.parametrize(
    ("retry_after", "attempt", "seconds"),
    [
        (7, 1, 7),
        (None, 1, 30),
        (None, 2, 60),
        (None, 3, 120),
        (None, 5, 480),
        (None, 6, 900),
        (None, 11, 900),
        (None, 0, 30),
        (0, 1, 30),
        (10**6, 1, LONGEST_WAIT),
    ],
)
def test_a_delayed_message_is_put_off_as_told_or_ever_longer(
    retry_after: int | None, attempt: int, seconds: int
) -> None:
    office = Office()
    office.channels.ways["desk"].fault = DeliveryDelayed("429", retry_after)

    with pytest.raises(DeliveryDelayed):
        office.take(attempt=attempt)

    assert office.queue.postponed == [(queued(RELEASE, attempt=attempt), seconds)]
    assert (office.queue.buried, office.operations.reports) == ([], [])


def test_messages_that_slack_puts_off_to_one_time_come_back_at_many_and_none_before_it() -> None:
    delayed = DeliveryDelayed("429", 30)

    waits = [wait_before_retry(delayed, Queued({}, f"message {number}", "", attempt=6)) for number in range(1_000)]

    assert set(waits) == set(range(30, 30 + 2**5))


def test_a_wait_is_no_longer_than_the_queue_can_hide_a_message() -> None:
    assert timedelta(seconds=LONGEST_WAIT) + LEASE < timedelta(hours=12)


def test_while_another_run_has_a_message_it_is_put_off_to_the_end_of_the_claim_and_not_posted() -> None:
    office = Office()
    delivery = Delivery(RECEIPT, date(2026, 11, 19), "slack-desk")
    office.log.claim(delivery, NOW, NOW + LEASE)

    with pytest.raises(DeliveryDelayed):
        office.take(now=NOW + timedelta(seconds=30))

    assert [seconds for _, seconds in office.queue.postponed] == [LEASE.total_seconds() - 30]
    assert office.posts() == {}
    assert office.log.claims == {delivery: NOW + LEASE}


def test_a_channel_that_stays_out_of_reach_is_given_up_at_last_and_reported() -> None:
    office = Office("desk", "research")
    office.channels.ways["desk"].fault = DeliveryDelayed("Slack: ConnectTimeout, no answer")

    outcome, _ = office.take(channel="desk", attempt=ATTEMPTS)

    assert outcome is Outcome.REFUSED
    assert office.queue.buried == [("desk", "given up after 20 attempts: Slack: ConnectTimeout, no answer")]
    assert office.operations.reports == [("Slack channel desk: messages do not arrive", "desk")]
