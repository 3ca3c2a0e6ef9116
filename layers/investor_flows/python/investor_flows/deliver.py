"""Deliver: bring a queued message to Slack, once.

A claim with an end keeps two runs from posting the same receipt; a run that dies leaves a claim that ends by itself.
A webhook takes the text and nothing else; what a bot does, and how that survives a crash: delivery_steps.py.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, Protocol

from investor_flows.delivery_steps import Board, Channel, Deliveries, Delivery, Run
from investor_flows.errors import DeliveryDelayed, DeliveryError, DeliveryRefused
from investor_flows.notes import insist

LEASE = timedelta(seconds=150)
"""How long a claim holds: longer than the function may run, so an ended run cannot still be posting."""

FIRST_WAIT, LONGEST_STEP = 30, 900
"""Seconds, where Slack names no time."""

LONGEST_WAIT = 11 * 3600
"""Seconds: the queue hides a message for 12 hours at most, counted from when it was received."""


class Outcome(StrEnum):
    """What became of a queued message."""

    DELIVERED = "delivered"
    CURTAILED = "curtailed"  # delivered without its chart or a mark; the log of deliveries has the reason
    REPEATED = "repeated"  # the channel had it already
    UNNOTED = "delivered, but the store takes no note of it"  # the queue forgets the message, which is a note as well
    REFUSED = "refused"  # Slack will not take it; it is in the dead-letter queue


@dataclass(frozen=True, slots=True)
class Queued:
    """A message from the queue, and how to send it back there."""

    body: str
    handle: str
    attempt: int


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
        return deliver(json.loads(queued.body), channel, deliveries, now)
    except DeliveryDelayed as error:
        queue.postpone(queued, wait_before_retry(error, queued))
        raise
    except DeliveryRefused as error:
        queue.bury(queued, str(error))
        return Outcome.REFUSED


def deliver(document: Mapping[str, Any], channel: Channel, deliveries: Deliveries, now: datetime) -> Outcome:
    """Bring one message to the channel unless the channel has it; say what became of it. Raises DeliveryError."""
    receipt, published = document["receipt"], date.fromisoformat(document["published_date"])
    delivery, until = Delivery(receipt, published, channel.name), now + LEASE
    earlier = deliveries.claim(delivery, now, until)
    if earlier is None:
        return Outcome.REPEATED
    shortcomings: list[str] = []
    try:
        if isinstance(channel, Board):
            shortcomings = Run(delivery, document, earlier, channel, deliveries, now, until).take()
        else:
            channel.post(document)
    except DeliveryError as error:
        refused = isinstance(error, DeliveryRefused)
        # The claim ends by itself; what went wrong must be seen.
        insist(partial(deliveries.give_back, delivery, str(error), now, refused=refused))
        raise
    note = partial(deliveries.mark_delivered, delivery, now, "; ".join(shortcomings))
    if isinstance(channel, Board):
        note()  # where this fails the message comes back, and a bot finds that it is out
    elif not insist(note):
        return Outcome.UNNOTED
    return Outcome.CURTAILED if shortcomings else Outcome.DELIVERED


def wait_before_retry(error: DeliveryDelayed, queued: Queued) -> int:
    """Seconds until the next try: 30 s, 1, 2, 4, 8, then 15 minutes; where Slack names a time, that and a little more.

    The little grows with each try and differs from message to message. Many that Slack put off by the same time would
    come back at the same time, take turns in being refused, and end in the dead-letter queue.
    """
    growth: int = 2 ** max(queued.attempt - 1, 0)
    if not error.retry_after:
        return min(FIRST_WAIT * growth, LONGEST_STEP)
    more = zlib.crc32(f"{queued.attempt}{queued.body}".encode()) % min(growth, LONGEST_STEP)
    return min(error.retry_after + more, LONGEST_WAIT)
