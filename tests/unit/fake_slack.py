"""Slack's side in memory, for the ports of deliver: a channel, a queue and the log of deliveries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from investor_flows.errors import ConfigError, DeliveryDelayed
from investor_flows.slack.channel import Entry
from investor_flows.slack.delivery_steps import Delivery, Earlier, Place
from investor_flows.slack.dispatch import Queued


class FakeChannel:
    """Takes posts, or raises what it is told to."""

    def __init__(self, fault: Exception | None = None, name: str = "test") -> None:
        self.name = name
        self.fault = fault
        self.posts: list[str] = []

    def post(self, document: Mapping[str, Any]) -> None:
        """Post, and say nothing."""
        if self.fault:
            raise self.fault
        self.posts.append(document["receipt"])


class FakeQueue:
    """Remembers what was put off, on or away."""

    def __init__(self) -> None:
        self.postponed: list[tuple[Queued, int]] = []
        self.addressed: list[str] = []
        self.buried: list[tuple[str, str]] = []
        self.moved: list[Queued] = []  # what was put in again, or away

    def postpone(self, queued: Queued, seconds: int) -> None:
        """Hide the message for so long."""
        self.postponed.append((queued, seconds))

    def address(self, queued: Queued, channel: str) -> None:
        """Put the message in again."""
        self.moved.append(queued)
        self.addressed.append(channel)

    def bury(self, queued: Queued, channel: str, reason: str) -> None:
        """Put the message away."""
        self.moved.append(queued)
        self.buried.append((channel, reason))


class FakeChannels:
    """A list of channels, and the ways into them by name; or an error where the list is wrong."""

    def __init__(self, *entries: Entry, fault: ConfigError | None = None) -> None:
        self.listed = entries
        self.fault = fault
        self.ways = {entry.name: FakeChannel(name=entry.name) for entry in entries}

    def entries(self) -> Mapping[str, Entry]:
        """List them by name."""
        if self.fault:
            raise self.fault
        return {entry.name: entry for entry in self.listed}

    def open(self, entry: Entry) -> FakeChannel:
        """The way into one."""
        return self.ways[entry.name]


class OneChannel:
    """A list with one channel in it, whatever way into it that is."""

    def __init__(self, way: Any) -> None:
        self.way = way

    def entries(self) -> Mapping[str, Entry]:
        """List it by name."""
        return {self.way.name: Entry(self.way.name, "ja")}

    def open(self, entry: Entry) -> Any:  # noqa: ARG002 - the port
        """The way into it."""
        return self.way


class FakeOperations:
    """Keeps what operators are told, and whom it is about."""

    def __init__(self) -> None:
        self.reports: list[tuple[str, str]] = []
        self.texts: list[str] = []

    def report(self, subject: str, text: str, about: str = "") -> None:
        """Tell them."""
        self.reports.append((subject, about))
        self.texts.append(text)


class FakeDeliveries:
    """Claims with an end, how far each delivery came, and what was delivered with which shortcoming."""

    def __init__(self) -> None:
        self.claims: dict[Delivery, datetime] = {}
        self.begun: dict[Delivery, datetime] = {}
        self.places: dict[Delivery, Place] = {}
        self.done: dict[Delivery, frozenset[str]] = {}
        self.delivered: dict[Delivery, str] = {}
        self.delivered_at: dict[Delivery, datetime] = {}
        self.reasons: list[str] = []
        self.given_back_at: list[datetime] = []
        self.refused: list[Delivery] = []
        self.note_faults: list[BaseException] = []  # raised by the next notes of an end, one each

    def claim(self, delivery: Delivery, now: datetime, until: datetime) -> Earlier | None:
        """Take it on; None where it was delivered, DeliveryDelayed while another run has it."""
        if delivery in self.delivered:
            return None
        if self.claims.get(delivery, now) > now:
            raise DeliveryDelayed("another run has it", int((self.claims[delivery] - now).total_seconds()))
        earlier = Earlier(self.begun.get(delivery), self.places.get(delivery), self.done.get(delivery, frozenset()))
        self.claims[delivery] = until
        self.begun.setdefault(delivery, now)
        return earlier

    def place_of(self, delivery: Delivery) -> Place | None:
        """Where its text stands."""
        return self.places.get(delivery)

    def note_place(self, delivery: Delivery, place: Place) -> None:
        """Remember where its text stands."""
        self.places[delivery] = place

    def note_done(self, delivery: Delivery, step: str) -> None:
        """Remember a step."""
        self.done[delivery] = self.done.get(delivery, frozenset()) | {step}

    def mark_delivered(self, delivery: Delivery, now: datetime, shortcoming: str) -> None:
        """Remember that it was delivered."""
        self._take_note()
        self.delivered[delivery], self.delivered_at[delivery] = shortcoming, now
        del self.claims[delivery]

    def give_back(self, delivery: Delivery, reason: str, now: datetime, *, refused: bool = False) -> None:
        """End the claim."""
        self._take_note()
        del self.claims[delivery]
        self.reasons.append(reason)
        self.given_back_at.append(now)
        if refused:
            self.refused.append(delivery)

    def _take_note(self) -> None:
        if self.note_faults:
            raise self.note_faults.pop(0)
