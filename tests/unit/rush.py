"""A rush of messages to Slack in virtual time: the queue with its dead letters, and a Slack that counts.

Slack refuses everything until it opens, then takes one message a second, as it says it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush
from typing import Any

from investor_flows.errors import DeliveryDelayed
from investor_flows.model import JST
from investor_flows.slack.dispatch import Dispatcher, Queued

from tests.unit.fake_slack import FakeDeliveries, FakeOperations, OneChannel

BEGIN = datetime(2026, 11, 19, 18, 1, tzinfo=JST)
A_SECOND = timedelta(seconds=1)


class BusySlack:
    """Says 429 until it opens and where the last message was less than a second ago, and how long to wait."""

    name = "busy"

    def __init__(self, opens: datetime, retry_after: int) -> None:
        self.now = BEGIN
        self.posts: list[str] = []
        self.too_early: list[str] = []
        self._opens, self._retry_after = opens, retry_after
        self._not_before: dict[str, datetime] = {}
        self._next = BEGIN

    def post(self, document: Mapping[str, Any]) -> None:
        """Take a message, or say when to come again; who comes before that is remembered."""
        receipt = document["receipt"]
        if self.now < self._not_before.get(receipt, BEGIN):
            self.too_early.append(receipt)
        if self.now < max(self._opens, self._next):
            wait = self._retry_after if self.now < self._opens else 1
            self._not_before[receipt] = self.now + wait * A_SECOND
            raise DeliveryDelayed("429 ratelimited", wait)
        self.posts.append(receipt)
        self._next = self.now + A_SECOND


@dataclass
class Rush:
    """A queue full of messages. `pause` is the time between two runs of the function."""

    slack: BusySlack
    size: int
    receives: int  # maxReceiveCount
    pause: timedelta
    dead: list[str] = field(default_factory=list)
    _hidden: int = 0

    def run(self) -> timedelta:
        """Deliver until the queue is empty; say how long it took."""
        dispatcher = Dispatcher(self, OneChannel(self.slack), FakeDeliveries(), FakeOperations())
        waiting = [(BEGIN, number, 0) for number in range(self.size)]
        heapify(waiting)
        while waiting:
            visible_at, number, received = heappop(waiting)
            self.slack.now = max(self.slack.now + self.pause, visible_at)
            queued = Queued(_document(number), str(number), "", received + 1)
            if queued.attempt > self.receives:
                self.dead.append(queued.body)
                continue
            try:
                dispatcher.take(queued, self.slack.now)
            except DeliveryDelayed:
                heappush(waiting, (self.slack.now + self._hidden * A_SECOND, number, queued.attempt))
        return self.slack.now - BEGIN

    def postpone(self, queued: Queued, seconds: int) -> None:  # noqa: ARG002 - the port
        """Hide the message."""
        self._hidden = seconds

    def address(self, queued: Queued, channel: str) -> None:
        """There is one channel."""
        raise AssertionError(f"{queued.body} was split for {channel}")

    def bury(self, queued: Queued, channel: str, reason: str) -> None:  # noqa: ARG002 - the port
        """Put the message away."""
        self.dead.append(queued.body)


def _document(number: int) -> dict[str, str]:
    receipt = f"rel-2026-11-19-{number:08x}"
    return {"kind": "release", "receipt": receipt, "published_date": str(date(2026, 11, 19))}
