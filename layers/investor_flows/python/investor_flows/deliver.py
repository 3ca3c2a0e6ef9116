"""Deliver: bring a queued message to Slack, once.

A claim with an end keeps two runs from posting the same receipt; a run that dies leaves a claim that ends by itself.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from investor_flows.errors import DeliveryDelayed, DeliveryError, DeliveryRefused

LEASE = timedelta(seconds=90)
"""How long a claim holds: longer than the function may run, so an ended run cannot still be posting."""


class Outcome(StrEnum):
    """What became of a queued message."""

    DELIVERED = "delivered"
    REPEATED = "repeated"  # the channel had it already
    REFUSED = "refused"  # Slack will not take it; it is in the dead-letter queue


@dataclass(frozen=True, slots=True)
class Queued:
    """A message from the queue, and how to send it back there."""

    body: str
    handle: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """Names one channel's progress with one announcement."""

    receipt: str
    published_date: date
    channel: str


class Deliveries(Protocol):
    """The log of which channel was told what."""

    def claim(self, delivery: Delivery, now: datetime, until: datetime) -> bool:
        """Take the delivery on, or say that it has been delivered; raises DeliveryDelayed while another run has it."""
        ...

    def mark_delivered(self, delivery: Delivery, now: datetime, reference: str) -> None:
        """Remember that the channel took the message, and where it stands."""
        ...

    def give_back(self, delivery: Delivery, reason: str) -> None:
        """End the claim after a failure, so that a retry need not wait for its end."""
        ...


class Channel(Protocol):
    """A way into Slack."""

    @property
    def name(self) -> str:
        """The channel's name in the log of deliveries; no secret."""
        ...

    def post(self, document: Mapping[str, Any]) -> str:
        """Post a message, and return where it stands; raises DeliveryError."""
        ...


class Queue(Protocol):
    """Where messages to Slack wait."""

    def postpone(self, queued: Queued, seconds: int) -> None:
        """Hide the message until it is worth another try."""
        ...

    def bury(self, queued: Queued, reason: str) -> None:
        """Put the message into the dead-letter queue at once."""
        ...


def deliver_queued(queued: Queued, queue: Queue, channel: Channel, deliveries: Deliveries, now: datetime) -> Outcome:
    """Deliver one queued message. What waiting can help is raised, so that the queue brings it back later."""
    try:
        posted = deliver(json.loads(queued.body), channel, deliveries, now)
    except DeliveryDelayed as error:
        queue.postpone(queued, wait_before_retry(error, queued.attempt))
        raise
    except DeliveryRefused as error:
        queue.bury(queued, str(error))
        return Outcome.REFUSED
    return Outcome.DELIVERED if posted else Outcome.REPEATED


def deliver(document: Mapping[str, Any], channel: Channel, deliveries: Deliveries, now: datetime) -> bool:
    """Post one message unless the channel has it already; say whether it was posted now."""
    receipt, published = document["receipt"], date.fromisoformat(document["published_date"])
    delivery = Delivery(receipt, published, channel.name)
    if not deliveries.claim(delivery, now, now + LEASE):
        return False
    try:
        reference = channel.post(document)
    except DeliveryError as error:
        deliveries.give_back(delivery, str(error))
        raise
    deliveries.mark_delivered(delivery, now, reference)
    return True


def wait_before_retry(error: DeliveryDelayed, attempt: int) -> int:
    """Seconds until the next try: as Slack says, else 30 s, 1, 2, 4, 8, then 15 minutes."""
    return error.retry_after or min(30 * 2 ** max(attempt - 1, 0), 900)
