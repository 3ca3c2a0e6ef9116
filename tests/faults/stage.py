"""The stage: the emulator's table, topic and queue, the vendor and the inbox, set back to where a chapter begins."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Condition
from typing import Any
from unittest.mock import patch

from investor_flows import history
from investor_flows.store import RecordStore

from tests.faults.clock import Clock
from tests.faults.functions import Functions, in_environment
from tests.faults.interception import intercepted
from tests.faults.scenario import HISTORY_BEGINS, PUBLISHED_SINCE, PUBLISHED_THROUGH, Scene
from tests.faults.triggers import Queue, Stream, Triggers
from tests.faults.wire import Wire
from tests.local.inbox.mailbox import Message
from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN
from tests.local.settings import API_KEY_PARAMETER, SLACK_PARAMETER
from tests.local.stack import Stack
from tests.local.toolchain import aws_environment
from tests.local.vendor.exchange import Exchange
from tests.local.vendor.server import KEY, Vendor
from tests.local.web.visit import Reply, Visit

CHANNEL = "C0LOCAL01"
REFUSALS = {"webhook": "no_service", "bot": "not_in_channel"}
MAIL_SECONDS = 20
WRITES = 25
PAGE_SIZE = 8

type Item = dict[str, Any]
type Items = dict[tuple[str, str], Item]


class Readers(Inbox):
    """The inbox, which can be waited for: the topic brings its messages when it likes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._came = Condition()

    def receive(self, visit: Visit) -> Reply:
        """Take a message and say so."""
        reply = super().receive(visit)
        with self._came:
            self._came.notify_all()
        return reply

    def await_mail(self, count: int) -> None:
        """Wait until so many e-mails have come."""
        with self._came:
            came = self._came.wait_for(lambda: self._mails() >= count, MAIL_SECONDS)
        if not came:
            raise TimeoutError(f"{self._mails()} e-mails came where the topic took {count}")

    def _mails(self) -> int:
        return sum(message.form == "email" for message in self.messages)


class Table:
    """The table, as an operator with all rights sees it: past the wire."""

    def __init__(self, client: Any, name: str) -> None:
        self._client, self._name = client, name
        self.store = RecordStore(client, name)

    def items(self) -> Items:
        """Everything in it."""
        pages = self._client.get_paginator("scan").paginate(TableName=self._name, ConsistentRead=True)
        return {(item["pk"]["S"], item["sk"]["S"]): item for page in pages for item in page["Items"]}

    def restore(self, wanted: Items) -> None:
        """Take out and put back what differs."""
        there = self.items()
        extra = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in there.keys() - wanted.keys()]
        changes: list[Any] = [{"DeleteRequest": {"Key": key}} for key in extra]
        changes += [{"PutRequest": {"Item": item}} for key, item in wanted.items() if there.get(key) != item]
        for start in range(0, len(changes), WRITES):
            self._client.batch_write_item(RequestItems={self._name: changes[start : start + WRITES]})


@dataclass(frozen=True)
class Beginning:
    """Where a chapter begins: what is stored, what readers have, what is published, and the time."""

    items: Items
    messages: tuple[Message, ...]
    exchange: dict[str, Any]
    at: datetime

    @property
    def mails(self) -> int:
        """How many e-mails there are."""
        return sum(message.form == "email" for message in self.messages)


@dataclass(frozen=True)
class Stage:
    """Everything that a run needs."""

    channel: str
    table: Table
    wire: Wire
    clock: Clock
    vendor: Vendor
    readers: Readers
    triggers: Triggers

    @property
    def scene(self) -> Scene:
        """What the story may touch."""
        return Scene(self.vendor.exchange, self.readers, self.triggers.queue, REFUSALS[self.channel])

    def now(self) -> Beginning:
        """Where the next chapter would begin."""
        return Beginning(self.table.items(), tuple(self.readers.messages), self.vendor.exchange.state(), self.clock.at)

    def set_back(self, beginning: Beginning) -> None:
        """Begin again."""
        self.table.restore(beginning.items)
        self.vendor.exchange = Exchange.from_state(beginning.exchange)
        self.readers.heal()
        self.readers.mailbox.go_back_to(beginning.messages)
        self.triggers.queue.purge()
        self.triggers.reset()
        self.clock.at = beginning.at


@contextmanager
def staged(stack: Stack, channel: str) -> Iterator[Stage]:
    """Set the stage on a deployed stack whose functions are at rest: by webhook or by bot, empty, before the start."""
    wire, clock = Wire(), Clock(Exchange(PUBLISHED_THROUGH, published_since=PUBLISHED_SINCE).now)
    exchange = Exchange(PUBLISHED_THROUGH, published_since=PUBLISHED_SINCE)
    with Vendor(exchange, page_size=PAGE_SIZE) as vendor, Readers() as readers:
        readers.mailbox.clock = clock.time_ns
        variables = _variables(stack, vendor.url, f"{readers.url}/api/")
        _put_secrets(stack, channel, readers.url)
        with in_environment(variables), intercepted(wire), subscribed(stack, readers), short_history():
            triggers = Triggers(Functions(wire, clock), Stream(stack), Queue(stack), clock)
            table = Table(stack.client("dynamodb"), stack.outputs["TableName"])
            yield Stage(channel, table, wire, clock, vendor, readers, triggers)


@contextmanager
def short_history() -> Iterator[None]:
    """Let the first poll begin where the story does."""
    with patch.object(history, "HISTORY_BEGINS", HISTORY_BEGINS):
        yield


@contextmanager
def subscribed(stack: Stack, readers: Readers) -> Iterator[None]:
    """Let the topic send its e-mails here, and to nobody afterwards."""
    sns = stack.client("sns")
    topic, endpoint = stack.outputs["TopicArn"], f"{readers.url}/email"
    arn = sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint, ReturnSubscriptionArn=True)
    try:
        yield
    finally:
        sns.unsubscribe(SubscriptionArn=arn["SubscriptionArn"])


def _put_secrets(stack: Stack, channel: str, url: str) -> None:
    stack.put_secret(API_KEY_PARAMETER, KEY)
    bot = [{"name": "bot", "token": TOKEN, "channel": CHANNEL}]
    stack.put_secret(SLACK_PARAMETER, json.dumps(bot) if channel == "bot" else f"{url}/slack/webhook/T000/B000/local")


def _variables(stack: Stack, vendor_url: str, api_url: str) -> dict[str, str]:
    """What the template gives the functions, and an environment that leads to the emulator."""
    return {
        **{name: value for name, value in aws_environment(stack.endpoint).items() if name.startswith("AWS_")},
        "TABLE_NAME": stack.outputs["TableName"],
        "JQUANTS_BASE_URL": vendor_url,
        "JQUANTS_AUTH_SCHEME": "raw",
        "JQUANTS_API_KEY_PARAMETER": API_KEY_PARAMETER,
        "TOPIC_ARN": stack.outputs["TopicArn"],
        "MESSAGE_LANGUAGE": "ja",
        "HEADLINE_SECTION": "TokyoNagoya",
        "SLACK_QUEUE_URL": stack.outputs["SlackQueueUrl"],
        "SLACK_DEAD_LETTER_QUEUE_URL": stack.outputs["SlackDeadLetterQueueUrl"],
        "OPS_TOPIC_ARN": stack.outputs["OpsTopicArn"],
        "SLACK_CHANNELS_PARAMETER": SLACK_PARAMETER,
        "SLACK_API_URL": api_url,
    }
