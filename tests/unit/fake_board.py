"""A bot's channel in memory, and what can befall every call to it and to the log of deliveries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from investor_flows.errors import DeliveryDelayed
from investor_flows.slack.delivery_steps import Delivery, Earlier, Place

from tests.unit.fake_slack import FakeDeliveries


class Died(BaseException):
    """The process ended. Nothing in the product may catch it."""


class Peril(StrEnum):
    """What befalls a call."""

    FAILS = "fails before it acts"
    LOSES = "acts, and its answer is lost"
    DIES_BEFORE = "the process dies before it"
    DIES_AFTER = "the process dies after it"


class Perils:
    """Numbers the calls from 1, and lets some of them go wrong."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._peril: Peril | None = None
        self._first = self._last = 0
        self._dead = False

    def place(self, peril: Peril, first: int, times: int = 1) -> None:
        """Let a peril befall the call of this number, and the ones after it."""
        self._peril, self._first, self._last = peril, first, first + times - 1

    def start(self) -> None:
        """Start a new process."""
        self._dead = False

    def meet[Answer](self, name: str, act: Callable[[], Answer], lost: Exception) -> Answer:
        """Carry out a call, or let it go wrong; `lost` is what the caller sees of a call that fails."""
        if self._dead:
            raise Died
        self.calls.append(name)
        peril = self._peril if self._first <= len(self.calls) <= self._last else None
        if peril in (Peril.FAILS, Peril.DIES_BEFORE):
            self._end(peril, lost)
        answer = act()
        if peril:
            self._end(peril, lost)
        return answer

    def _end(self, peril: Peril, lost: Exception) -> None:
        self._dead = peril in (Peril.DIES_BEFORE, Peril.DIES_AFTER)
        raise Died if self._dead else lost


@dataclass(slots=True)
class Post:
    """A message on the board."""

    receipt: str
    place: Place
    posted_at: int
    is_chart: bool = False
    marks: list[str] = field(default_factory=list)


class FakeBoard:
    """A board. `refuse` names calls that Slack refuses for good, and how."""

    name = "board"

    def __init__(self, perils: Perils) -> None:
        self.posts: list[Post] = []
        self.refuse: dict[str, Exception] = {}
        self.looked_since: list[datetime] = []
        self._perils = perils

    def of(self, receipt: str, *, charts: bool = False) -> list[Post]:
        """The texts of a receipt, or its charts."""
        return [post for post in self.posts if post.receipt == receipt and post.is_chart is charts]

    def post(self, document: Mapping[str, Any], thread: str | None = None) -> Place:
        """Post a message."""
        return self._meet("post", lambda: self._add(document["receipt"], thread, is_chart=False))

    def find(self, receipt: str, since: datetime, thread: str | None) -> Place | None:
        """Find a message."""
        self.looked_since.append(since)
        places = [post.place for post in self.of(receipt) if post.place.thread == thread]
        return self._meet("find", lambda: next(iter(places), None))

    def shows(self, receipt: str, since: datetime, thread: str | None) -> bool:
        """Find a chart."""
        self.looked_since.append(since)
        return self._meet("shows", lambda: thread in [post.place.thread for post in self.of(receipt, charts=True)])

    def show(self, document: Mapping[str, Any], thread: str | None) -> None:
        """Post a chart."""
        self._meet("show", lambda: self._add(document["receipt"], thread, is_chart=True))

    def mark(self, original: Place, document: Mapping[str, Any]) -> None:
        """Mark a message, unless it has the mark."""

        def act() -> None:
            [post] = [post for post in self.posts if post.place == original and not post.is_chart]
            if document["receipt"] not in post.marks:
                post.marks.append(document["receipt"])

        self._meet("mark", act)

    def _add(self, receipt: str, thread: str | None, *, is_chart: bool) -> Place:
        number = len(self.posts) + 1
        place = Place(f"{number:04}", thread)
        self.posts.append(Post(receipt, place, number, is_chart))
        return place

    def _meet[Answer](self, name: str, act: Callable[[], Answer]) -> Answer:
        if name in self.refuse:
            raise self.refuse[name]
        return self._perils.meet(name, act, DeliveryDelayed(f"{name}: no answer"))


class PerilousDeliveries(FakeDeliveries):
    """The log of deliveries, whose calls fail too."""

    def __init__(self, perils: Perils) -> None:
        super().__init__()
        self._perils = perils

    def claim(self, delivery: Delivery, now: datetime, until: datetime) -> Earlier | None:
        """Take it on."""
        return self._meet("claim", lambda: FakeDeliveries.claim(self, delivery, now, until))

    def place_of(self, delivery: Delivery) -> Place | None:
        """Where its text stands."""
        return self._meet("place_of", lambda: FakeDeliveries.place_of(self, delivery))

    def note_place(self, delivery: Delivery, place: Place) -> None:
        """Remember where its text stands."""
        self._meet("note_place", lambda: FakeDeliveries.note_place(self, delivery, place))

    def note_done(self, delivery: Delivery, step: str) -> None:
        """Remember a step."""
        self._meet("note_done", lambda: FakeDeliveries.note_done(self, delivery, step))

    def mark_delivered(self, delivery: Delivery, now: datetime, shortcoming: str) -> None:
        """Remember that it was delivered."""
        self._meet("mark_delivered", lambda: FakeDeliveries.mark_delivered(self, delivery, now, shortcoming))

    def give_back(self, delivery: Delivery, reason: str, now: datetime, *, refused: bool = False) -> None:
        """End the claim."""
        self._meet("give_back", lambda: FakeDeliveries.give_back(self, delivery, reason, now, refused=refused))

    def _meet[Answer](self, name: str, act: Callable[[], Answer]) -> Answer:
        return self._perils.meet(name, act, ConnectionError("DynamoDB does not answer"))
