"""A store that owes readers something, and a topic and words for it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from investor_flows.announce import Outcome, announce
from investor_flows.announcements import Announcement
from investor_flows.message import Message
from investor_flows.poll import poll
from investor_flows.summary import Summary

from tests.unit.fake_store import FakeStore
from tests.unit.publishing import NEXT, a_week, after, corrected, monitored

NOW = after(a_week(NEXT)[0], minutes=2)
EARLIER = a_week(NEXT)[0].published_date - timedelta(days=1)


class FakeTopic:
    """Keeps what is published, unless it is down."""

    def __init__(self) -> None:
        self.published: list[str] = []
        self.down = False
        self.takes = 1_000  # so many messages, and then it is down

    def publish(self, message: Message) -> None:
        """Publish, or raise."""
        if self.down or len(self.published) == self.takes:
            raise ConnectionError("the topic is down")
        self.published.append(message.subject)


class FakeWording:
    """Says the receipt and its language, if that is another; has no words for the receipts that are poison."""

    def __init__(self, *poison: str, language: str = "") -> None:
        self.poison = poison
        self.language = language
        self.summaries: list[Summary] = []

    def message(self, summary: Summary) -> Message:
        """Word a summary."""
        if summary.announcement.receipt in self.poison:
            raise ValueError("no words for this")
        self.summaries.append(summary)
        return Message(f"{summary.announcement.receipt}{self.language}", "", {}, {})


def owing() -> tuple[FakeStore, Announcement, Announcement]:
    """A store that owes readers a correction and a new week."""
    source, store = monitored()
    source.publish(*a_week(NEXT), *corrected(a_week(), EARLIER))
    poll(source, store, after(a_week(NEXT)[0]))
    _, correction, release = store.owed
    return store, correction, release


def telling(
    store: FakeStore, topic: FakeTopic, wording: FakeWording | None = None
) -> Callable[[Announcement], Outcome]:
    wordings = {"ja": wording or FakeWording()}
    return partial(
        announce, store=store, history=store, topic=topic, wordings=wordings, headline_section="TokyoNagoya", now=NOW
    )
