"""Deliver: bring a message to a Slack channel, once.

A claim with an end keeps two runs from posting the same receipt; a run that dies leaves a claim that ends by itself.
A webhook takes the text and nothing else; what a bot does, and how that survives a crash: delivery_steps.py.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from investor_flows.errors import DeliveryError, DeliveryRefused
from investor_flows.notes import insist
from investor_flows.slack.delivery_steps import Board, Channel, Deliveries, Delivery, Run

LEASE = timedelta(seconds=150)
"""How long a claim holds: longer than the function may run, so an ended run cannot still be posting."""


class Outcome(StrEnum):
    """What became of a queued message."""

    DELIVERED = "delivered"
    CURTAILED = "curtailed"  # delivered without its chart or a mark; the log of deliveries has the reason
    REPEATED = "repeated"  # the channel had it already
    UNNOTED = "delivered, but the store takes no note of it"  # the queue forgets the message, which is a note as well
    REFUSED = "refused"  # Slack will not take it; it is in the dead-letter queue
    SPLIT = "split"  # several channels want it; it is in the queue once for each
    UNWANTED = "unwanted"  # no channel wants it


def deliver(document: Mapping[str, Any], channel: Channel, deliveries: Deliveries, now: datetime) -> Outcome:
    """Bring one message to the channel unless the channel has it; say what became of it. Raises DeliveryError."""
    receipt, published = document["receipt"], date.fromisoformat(document["published_date"])
    delivery, until = Delivery(receipt, published, f"slack-{channel.name}"), now + LEASE
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
