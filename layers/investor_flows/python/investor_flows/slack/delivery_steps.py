"""The steps of a delivery by a bot: the text, its chart, and a mark on each message that it corrects.

Each is noted as soon as it is known to be done, so that a later run repeats none of them. What a crash or a lost answer
left unknown is looked up in the channel first. Only the text must arrive: what Slack refuses of the rest for good is a
shortcoming, which is told and not waited for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any, Protocol, runtime_checkable

from investor_flows.announcements import published_date_of
from investor_flows.errors import DeliveryRefused

CHART = "chart"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Names one channel's progress with one announcement."""

    receipt: str
    published_date: date
    channel: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands in its channel. References sort by age."""

    reference: str
    thread: str | None = None  # where its thread begins; None: it is no reply

    @property
    def root(self) -> str:
        """Where a reply to the message belongs: Slack knows no thread within a thread."""
        return self.thread or self.reference


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, for those who see it and for those who hear it."""

    png: bytes
    alt_text: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier runs of a delivery are known to have done."""

    since: datetime | None = None  # when the first of them began; None: there was none
    place: Place | None = None  # where the text stands
    done: frozenset[str] = frozenset()  # CHART, and the receipts of the messages that are marked


class Deliveries(Protocol):
    """The log of which channel was told what, and how far each delivery has come."""

    def claim(self, delivery: Delivery, now: datetime, until: datetime) -> Earlier | None:
        """Take the delivery on; None if it was delivered. Raises DeliveryDelayed while another run has it."""
        ...

    def place_of(self, delivery: Delivery) -> Place | None:
        """Where the text of a delivery stands, if that is known."""
        ...

    def note_place(self, delivery: Delivery, place: Place) -> None:
        """Remember where the text stands."""
        ...

    def note_done(self, delivery: Delivery, step: str) -> None:
        """Remember that a step after the text is done."""
        ...

    def mark_delivered(self, delivery: Delivery, now: datetime, shortcoming: str) -> None:
        """Remember that the channel has the message, and what it has not got with it."""
        ...

    def give_back(self, delivery: Delivery, reason: str, now: datetime, *, refused: bool = False) -> None:
        """End the claim before its time, so that a retry need not wait for its end; note when it failed, and why."""
        ...


class Channel(Protocol):
    """A way into Slack."""

    @property
    def name(self) -> str:
        """The channel's name in the log of deliveries; no secret."""
        ...

    def post(self, document: Mapping[str, Any]) -> Place | None:
        """Post a message, and say where it stands if the channel tells. Raises DeliveryError, as all here do."""
        ...


@runtime_checkable
class Board(Channel, Protocol):
    """A channel whose messages can be found, replied to, illustrated and marked. `thread` is a message's root."""

    def post(self, document: Mapping[str, Any], thread: str | None = None) -> Place:
        """Post a message; as a reply that the channel sees too where there is a thread."""
        ...

    def find(self, receipt: str, since: datetime, thread: str | None) -> Place | None:
        """Find the text of a receipt that was posted since then."""
        ...

    def shows(self, receipt: str, since: datetime, thread: str | None) -> bool:
        """Say whether the chart of a receipt was posted since then."""
        ...

    def show(self, document: Mapping[str, Any], thread: str | None) -> None:
        """Post the message's chart, if there is anything to draw."""
        ...

    def mark(self, original: Place, document: Mapping[str, Any]) -> None:
        """Say on a message, once, that this one corrects it."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at a delivery."""

    delivery: Delivery
    document: Mapping[str, Any]
    earlier: Earlier
    board: Board
    deliveries: Deliveries
    now: datetime
    until: datetime  # when the run has ended for certain

    def take(self) -> list[str]:
        """Take each step that is not known to be done; return the shortcomings. Raises DeliveryError."""
        originals = self._originals()
        place = self._tell(max(originals.values(), key=lambda each: each.reference, default=None))
        steps: dict[str, Callable[[], None]] = {CHART: partial(self._show, place)}
        steps |= {each.receipt: partial(self._mark, each, original) for each, original in originals.items()}
        reasons = [self._try(step, act) for step, act in steps.items() if step not in self.earlier.done]
        return [reason for reason in reasons if reason]

    def _originals(self) -> dict[Delivery, Place]:
        """The messages that this one corrects, as far as it is known where they stand in this channel."""
        if "replays" in self.document:
            return {}  # what it repeats has its marks
        receipts = self.document.get("corrects", ())  # what is no release, revision or restatement corrects nothing
        dated = [(receipt, published) for receipt in receipts if (published := published_date_of(receipt))]
        told = [Delivery(receipt, published, self.delivery.channel) for receipt, published in dated]
        return {each: place for each in told if (place := self.deliveries.place_of(each))}

    def _tell(self, original: Place | None) -> Place:
        """Post the text unless an earlier run did, and note at once where it stands."""
        if self.earlier.place:
            return self.earlier.place
        thread = original.root if original else None
        place = self._look_up(self.board.find, thread) or self.board.post(self.document, thread)
        self.deliveries.note_place(self.delivery, place)
        return place

    def _show(self, place: Place) -> None:
        if not self._look_up(self.board.shows, place.thread):
            self.board.show(self.document, place.thread)

    def _mark(self, corrected: Delivery, original: Place) -> None:
        """Mark one message. Its corrections take turns: each reads the message, and writes it back."""
        turn = replace(corrected, channel=f"{corrected.channel}-mark")
        self.deliveries.claim(turn, self.now, self.until)
        try:
            self.board.mark(original, self.document)
        finally:
            self.deliveries.give_back(turn, f"marked by {self.delivery.receipt}", self.now)

    def _try(self, step: str, act: Callable[[], None]) -> str | None:
        """Take a step and note it; return the reason where Slack will never take it."""
        try:
            act()
        except DeliveryRefused as error:
            return str(error)
        self.deliveries.note_done(self.delivery, step)
        return None

    def _look_up[Found](self, look: Callable[[str, datetime, str | None], Found], thread: str | None) -> Found | None:
        """What an earlier run may have done without learning it. A bot that may not read does it again, to be safe."""
        if self.earlier.since is None:
            return None
        try:
            return look(self.delivery.receipt, self.earlier.since, thread)
        except DeliveryRefused:
            return None
