"""Dispatch: bring a queued message to each Slack channel that wants it, and let no channel delay another.

A message that several channels want goes back into the queue once for each of them, under the channel's name. So each
has its own retries and its own dead letter. A channel that refuses for good, or is out of reach for too long, is
reported to operators by e-mail and in the other channels: once a day, and never by a report that was refused itself.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from investor_flows.announcements import OPERATION_RECEIPT
from investor_flows.errors import ConfigError, DeliveryDelayed, DeliveryRefused
from investor_flows.model import JST
from investor_flows.slack.channel import OPERATION, Entry
from investor_flows.slack.deliver import LEASE, Outcome, deliver
from investor_flows.slack.delivery_steps import Channel, Deliveries, Delivery

ATTEMPTS = 20
"""How often a message is tried: four hours where Slack says nothing, and enough for a crowd of messages."""

FIRST_WAIT, LONGEST_STEP = 30, 900
"""Seconds, where Slack names no time."""

LONGEST_WAIT = 11 * 3600
"""Seconds: the queue hides a message for 12 hours at most, counted from when it was received."""

DEAD_LETTERS = "the dead-letter queue as README says under Runbooks"


@dataclass(frozen=True, slots=True)
class Queued:
    """A message from the queue: what it says, whom it is for, and how to send it back there."""

    document: Mapping[str, Any]
    body: str
    handle: str
    attempt: int
    channel: str = ""  # empty: for every channel that wants it


class Queue(Protocol):
    """Where messages to Slack wait."""

    def postpone(self, queued: Queued, seconds: int) -> None:
        """Hide the message until it is worth another try."""
        ...

    def address(self, queued: Queued, channel: str) -> None:
        """Put the message into the queue again, for one channel."""
        ...

    def bury(self, queued: Queued, channel: str, reason: str) -> None:
        """Put the message into the dead-letter queue at once."""
        ...


class Channels(Protocol):
    """The Slack channels that there are now."""

    def entries(self) -> Mapping[str, Entry]:
        """List them by name. Raises ConfigError, or SettingDelayed."""
        ...

    def open(self, entry: Entry) -> Channel:
        """Make a way into one of them."""
        ...


class Operations(Protocol):
    """Those who run this."""

    def report(self, subject: str, text: str, about: str = "") -> None:
        """Tell them, but not through the channel that the report is about."""
        ...


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Takes queued messages, one at a time."""

    queue: Queue
    channels: Channels
    deliveries: Deliveries
    operations: Operations

    def take(self, queued: Queued, now: datetime) -> tuple[Outcome, list[str]]:
        """Bring a message on its way; say what became of it, and which channels it is for.

        Raises what waiting or a mended setting can help; the queue brings the message back then.
        """
        try:
            entries = self.channels.entries()
        except ConfigError as error:
            self._report(queued, "", f"{error}.\nMend it; the message comes back by itself", now)
            raise
        names = [queued.channel] if queued.channel else wanting(entries, queued.document)
        if len(names) == 1:
            return self._deliver(queued, names[0], entries.get(names[0]), now), names
        for name in names:
            self.queue.address(queued, name)
        return (Outcome.SPLIT if names else Outcome.UNWANTED), names

    def _deliver(self, queued: Queued, name: str, entry: Entry | None, now: datetime) -> Outcome:
        if entry is None:
            return self._put_away(queued, name, f'there is no channel "{name}" in SlackChannelsParameter any more', now)
        try:
            return deliver(queued.document, self.channels.open(entry), self.deliveries, now)
        except DeliveryDelayed as error:
            if queued.attempt < ATTEMPTS:
                self.queue.postpone(queued, wait_before_retry(error, queued))
                raise
            reason = f"given up after {queued.attempt} attempts: {error}"
        except DeliveryRefused as error:
            reason = str(error)
        return self._put_away(queued, name, reason, now)

    def _put_away(self, queued: Queued, name: str, reason: str, now: datetime) -> Outcome:
        self._report(queued, name, f"{reason}.\nMend the channel, then redrive {DEAD_LETTERS}", now)
        self.queue.bury(queued, name, reason)
        return Outcome.REFUSED

    def _report(self, queued: Queued, name: str, reason: str, now: datetime) -> None:
        """Report a channel, or the list of channels, once a day: the report is claimed and noted as a delivery is."""
        if queued.document.get("kind") == OPERATION:
            return  # or a dead channel would be reported for ever
        today = now.astimezone(JST).date()
        report = Delivery(f"{OPERATION_RECEIPT}{today}-slack-{name}", today, "operations")
        try:
            if self.deliveries.claim(report, now, now + LEASE) is None:
                return
        except DeliveryDelayed:
            return  # another run is about to report; should it die, its own message comes back and is reported
        where = f"Slack channel {name}" if name else "Slack"
        text = f"{queued.document['receipt']} did not reach {where}: {reason}.\nThis is told once a day."
        self.operations.report(f"{where}: messages do not arrive", text, about=name)
        self.deliveries.mark_delivered(report, now, "")


def wanting(entries: Mapping[str, Entry], document: Mapping[str, Any]) -> list[str]:
    """Name the channels that a message is for."""
    return [name for name, entry in entries.items() if entry.wants(document)]


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
