"""The deployment in virtual time: a store and a log of deliveries, and what AWS puts between the functions.

The stream and the queue bring back what was not finished, as AWS does; the channels count what readers see.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from investor_flows.announce import Outcome, announce, announce_all
from investor_flows.announcements import Announcement, Occasion
from investor_flows.errors import DeliveryDelayed, SourceError
from investor_flows.intake import Report, Source, Store
from investor_flows.message import Message
from investor_flows.model import Vintage
from investor_flows.poll import audit, poll
from investor_flows.progress import Progress
from investor_flows.recall import History, Recall
from investor_flows.slack.deliver import Outcome as Delivered
from investor_flows.slack.dispatch import Dispatcher, Queued
from investor_flows.summary import Summary

from tests.unit.fake_board import Died, FakeBoard
from tests.unit.fake_slack import FakeChannel, FakeOperations, OneChannel
from tests.unit.perilous import Fate, Perilous
from tests.unit.publishing import SECTIONS

HIDDEN = timedelta(minutes=12)
"""How long the queue hides a message whose run said nothing of it (template.yaml)."""

ROUNDS, PAUSE = 6, timedelta(minutes=16)
"""Long enough for whatever waits: a release for its rest, an announcement for its next offer, a message for a retry."""

type Task = Callable[[Source, Store, datetime], Report]


@dataclass(slots=True)
class Letter:
    """A message in the queue of one channel."""

    body: str
    channel: Any
    visible_at: datetime
    received: int = 0


class VirtualStack:
    """Polls, announces and delivers at `now`, with `fate` over every call to the outside."""

    def __init__(self, store: Any, log: Any, now: datetime) -> None:
        self.now = now
        self.fate = Fate()
        self.announced: list[Announcement] = []
        self.stream: list[Announcement] = []
        self.queue: list[Letter] = []
        self.emails: list[str] = []
        self.excused: Counter[tuple[str, str]] = Counter()
        self.board, self.webhook = FakeBoard(self.fate), FakeChannel()
        self.kept = store
        self.store = Perilous(_Streamed(store, self), self.fate, _no_answer)
        self._log = Perilous(log, self.fate, _no_answer)
        self._topic = Perilous(_Topic(self), self.fate, _no_answer)
        self._channels = self.board, Perilous(self.webhook, self.fate, lambda: DeliveryDelayed("no answer"))

    def poll(self, task: Task, source: Source) -> Report | None:
        """Carry out a task of the poll function; None where it failed."""
        with self._process():
            return task(source, self.store, self.now)
        return None

    def announce(self) -> None:
        """Give what is in the stream to the announce function; it stays there until that succeeds."""
        with self._process():
            announce_all(tuple(self.stream), partial(self._tell, Recall(self.store)))
            self.stream.clear()

    def _tell(self, history: History, announcement: Announcement) -> Outcome:
        published, outcome = len(self.emails), Outcome.UNNOTED
        try:
            outcome = announce(announcement, self.store, history, self._topic, WORDINGS, SECTIONS[1], self.now)
        finally:
            if outcome is Outcome.UNNOTED:
                self.excused.update(("email", receipt) for receipt in self.emails[published:])
        return outcome

    def deliver(self) -> None:
        """Give each visible message of the queue to the slack function."""
        for letter in [each for each in self.queue if each.visible_at <= self.now]:
            self._deliver(letter)

    def _deliver(self, letter: Letter) -> None:
        letter.received, letter.visible_at = letter.received + 1, self.now + HIDDEN
        queued, posts = Queued(json.loads(letter.body), letter.body, "", letter.received), len(self.webhook.posts)
        channels = OneChannel(letter.channel)
        outcome = Delivered.UNNOTED
        with self._process():
            dispatcher = Dispatcher(_Desk(letter, self.now), channels, self._log, FakeOperations())
            outcome, _ = dispatcher.take(queued, self.now)
            self.queue.remove(letter)
        if outcome is Delivered.UNNOTED:
            self.excused.update(("webhook", receipt) for receipt in self.webhook.posts[posts:])

    def send(self, body: str) -> None:
        """Put a message into the queue of each channel."""
        self.queue += [Letter(body, channel, self.now) for channel in self._channels]

    def come_to_rest(self, source: Source) -> None:
        """Repeat what AWS repeats, with nothing going wrong, until nobody is owed anything."""
        for _ in range(ROUNDS):
            self.poll(poll, source)
            self.poll(audit, source)
            self.announce()
            self.deliver()
            self.now += PAUSE

    @contextmanager
    def _process(self) -> Iterator[None]:
        """A process that may fail or die of what befalls it, and of nothing else."""
        self.fate.start()
        with suppress(Died, ConnectionError, SourceError, DeliveryDelayed):
            yield


class _Streamed:
    """A store whose new and touched announcements come out of a stream, whatever the writer learns of its write."""

    def __init__(self, store: Any, stack: VirtualStack) -> None:
        self._store = store
        self._stack = stack

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def add(self, progress: Progress, announcements: Sequence[Announcement], vintages: Sequence[Vintage]) -> Progress:
        written: Progress = self._store.add(progress, announcements, vintages)
        self._stack.announced += announcements
        self._stack.stream += [each for each in announcements if each.occasion is not Occasion.HISTORY]
        return written

    def offer_again(self, untold_since: datetime, now: datetime) -> int:
        count: int = self._store.offer_again(untold_since, now)
        self._stack.stream += [
            each for each in self._stack.announced if count and self._store.told_in(each) is not None
        ]
        return count


class _Topic:
    """A topic with an e-mail reader and the queue of Slack."""

    def __init__(self, stack: VirtualStack) -> None:
        self._stack = stack

    def publish(self, message: Message) -> None:
        self._stack.emails.append(message.subject)
        self._stack.send(json.dumps(message.document))


class _PlainWording:
    """Says what the delivery needs to know, and nothing else."""

    def message(self, summary: Summary) -> Message:
        owed = summary.announcement
        document = {
            "kind": str(owed.kind),
            "receipt": owed.receipt,
            "published_date": owed.published_date.isoformat(),
            "corrects": summary.corrected_receipts,
        }
        return Message(owed.receipt, "", document, {})


@dataclass(frozen=True, slots=True)
class _Desk:
    """The queue, as the run of one message sees it."""

    letter: Letter
    now: datetime

    def postpone(self, queued: Queued, seconds: int) -> None:  # noqa: ARG002 - the port
        self.letter.visible_at = self.now + timedelta(seconds=seconds)

    def address(self, queued: Queued, channel: str) -> None:
        raise AssertionError(f"{queued.body} was split for {channel}")

    def bury(self, queued: Queued, channel: str, reason: str) -> None:
        raise AssertionError(f"{queued.body} was put away for {channel}: {reason}")


WORDINGS = {"ja": _PlainWording()}


def _no_answer() -> Exception:
    return ConnectionError("no answer")
