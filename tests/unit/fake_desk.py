"""The operator's desk over stand-ins: lists, and nothing that the real ones do not promise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from investor_flows.errors import ConfigError, DeliveryRefused
from investor_flows.message import Message
from investor_flows.model import JST
from investor_flows.operate.desk import Desk
from investor_flows.operate.doctor import Patient, Subscribers
from investor_flows.operate.explain import Owed, Sent
from investor_flows.operate.watch import watch
from investor_flows.operate.ways import Ways
from investor_flows.render import Wording
from investor_flows.slack.channel import Entry
from investor_flows.slack.delivery_steps import Picture

from tests.unit.fake_slack import FakeChannel
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore

NOW = datetime(2026, 11, 19, 18, 30, tzinfo=JST)


class FakeLedger:
    """Tells of a fake store what is owed; nobody has been told yet."""

    def __init__(self, store: FakeStore) -> None:
        self.store = store

    def release(self, published_date: date) -> tuple[list[Owed], list[Sent]]:
        """What was published on a date."""
        return [Owed(each, None, each.first_seen_at) for each in self.store.announcements(published_date)], []


@dataclass
class FakeServices:
    """AWS, as it is told to be."""

    who: Subscribers = field(default_factory=lambda: Subscribers(confirmed=2, pending=0, others=1))
    ops: Subscribers = field(default_factory=lambda: Subscribers(confirmed=1, pending=0, others=0))
    waiting: Mapping[str, int] = field(default_factory=lambda: {"SlackQueue": 0, "SlackDeadLetterQueue": 0})
    now: datetime = NOW
    denied: bool = False

    def subscribers(self) -> Subscribers:
        """Who is subscribed."""
        if self.denied:
            raise ConfigError("ListSubscriptionsByTopic: AuthorizationError")
        return self.who

    def operators(self) -> Subscribers:
        """Who is told when something fails."""
        return self.ops

    def depths(self) -> Mapping[str, int]:
        """How many messages wait."""
        return self.waiting

    def clock(self) -> datetime:
        """AWS's time."""
        return self.now


@dataclass
class FakeBot:
    """A bot that Slack knows, or does not."""

    known: bool = True
    taken: bool = True
    seen: list[Any] = field(default_factory=list)

    def who(self) -> str:
        """Whom Slack takes it for."""
        if not self.known:
            raise DeliveryRefused("Slack auth.test: 200 invalid_auth")
        return "flows in desk"

    def takes(self, blocks: Any) -> bool:
        """Whether Slack takes the blocks."""
        self.seen.append(blocks)
        return self.taken


@dataclass
class FakeListed:
    """The list of channels with one in it: a bot, or a webhook where there is none."""

    bot: FakeBot | None = None
    fault: str = ""

    def entries(self) -> dict[str, Entry]:
        """List it by name."""
        if self.fault:
            raise ConfigError(self.fault)
        return {"desk": Entry("desk", "ja")}

    def open(self, entry: Entry) -> Any:
        """The way into it."""
        return self.bot or FakeChannel(name=entry.name)


wording = cache(Wording)
"""The wording of a language, built once."""


@dataclass
class FakeTopic:
    """Keeps what is published."""

    published: list[Message] = field(default_factory=list)

    def publish(self, message: Message) -> None:
        """Publish."""
        self.published.append(message)


@dataclass
class FakeQueue:
    """Keeps what is put in."""

    documents: list[Mapping[str, Any]] = field(default_factory=list)

    def put(self, document: Mapping[str, Any]) -> None:
        """Put in."""
        self.documents.append(document)


@dataclass
class FakeMemory:
    """The last count."""

    count: int | None = None

    def last_count(self) -> int | None:
        """The last count."""
        return self.count

    def remember(self, count: int, before: int | None, now: datetime) -> bool:  # noqa: ARG002 - the port's signature
        """Keep a count, unless another was faster."""
        if self.count != before:
            return False
        self.count = count
        return True


@dataclass
class FakeOperators:
    """Keeps what is reported, unless it is down."""

    reports: list[tuple[str, str]] = field(default_factory=list)
    down: bool = False

    def report(self, subject: str, text: str) -> None:
        """Report, or raise."""
        if self.down:
            raise ConnectionError("the topic is down")
        self.reports.append((subject, text))


def a_patient(store: FakeStore, source: FakeSource, **settings: Any) -> Patient:
    """Everything well, unless told otherwise: a webhook, two subscribers, empty queues."""
    sound: dict[str, Any] = {
        "secrets": {"JQuantsApiKeyParameter": lambda: "key"},
        "sources": lambda: {"raw": source, "bearer": source},
        "scheme": "raw",
        "archive": store,
        "services": FakeServices(),
        "channels": FakeListed(),
        "wording": wording("ja"),
        "headline_section": "TokyoNagoya",
    }
    return Patient(**sound | settings)


def a_desk(store: FakeStore, source: FakeSource | None = None, **settings: Any) -> Desk:
    """A desk over a store."""
    patient = a_patient(store, source or FakeSource(), **settings)
    return Desk(
        archive=store,
        ledger=FakeLedger(store),
        held=store.held_rows,
        patient=patient,
        watch=partial(watch, patient.services, FakeMemory(), FakeOperators()),
        ways=Ways(FakeTopic(), FakeQueue()),
        wording=wording,
        draw=lambda document: Picture(b"PNG", "bars") if document["series"]["weeks"] else None,
        languages=("ja",),
        headline_section="TokyoNagoya",
    )
