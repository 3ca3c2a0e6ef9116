"""Fixtures of all levels: one emulator a session, filled by `sam deploy` from template.yaml, wiped before each test."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from tests.local.exchange import Exchange
from tests.local.inbox import Inbox
from tests.local.processes import free_ports, wait_until
from tests.local.stack import Stack
from tests.local.vendor import Vendor

API_KEY_PARAMETER = "/investor-flows/jquants-api-key"
WEBHOOK_PARAMETER = "/investor-flows/slack-webhook"
SHORT_SINCE = date(2026, 6, 4)
DELIVERY_SECONDS = 30


@dataclass(frozen=True)
class Deployed:
    """The deployed template, and the addresses that it was deployed with."""

    stack: Stack
    vendor_port: int
    inbox_port: int


@dataclass(frozen=True)
class World:
    """The deployed template with everything empty, a vendor with a short history and an inbox."""

    stack: Stack
    vendor: Vendor
    inbox: Inbox

    def client(self, service: str) -> Any:
        """A client of the emulator with all rights."""
        return self.stack.client(service)

    @property
    def table_name(self) -> str:
        """The table of the deployed template."""
        return self.stack.outputs["TableName"]

    def poll(self, at: datetime | None = None, **event: Any) -> dict[str, Any]:
        """Invoke the deployed poll just after the newest release, or at another time."""
        return self.stack.invoke("poll", {"time": (at or self.vendor.exchange.now).isoformat(), **event})

    def await_messages(self, form: str, count: int) -> list[dict[str, Any]]:
        """Wait until the inbox has so many messages of a form, and return them."""

        def taken() -> list[dict[str, Any]]:
            return [message.content for message in self.inbox.messages if message.form == form]

        wait_until(lambda: len(taken()) >= count, DELIVERY_SECONDS, f"fewer than {count} {form} messages came")
        return taken()


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Build and deploy template.yaml once, with IAM enforced."""
    port, vendor_port, inbox_port = free_ports(3)
    stack = Stack(tmp_path_factory.mktemp("stack"), port, persistent=False)
    stack.parameters |= {
        "JQuantsBaseUrl": f"http://127.0.0.1:{vendor_port}",
        "SlackWebhookParameter": WEBHOOK_PARAMETER,
    }
    with ExitStack() as undo:
        undo.callback(stack.stop)
        stack.start()
        stack.deploy()
        yield Deployed(stack, vendor_port, inbox_port)


@pytest.fixture
def world(deployed: Deployed) -> Iterator[World]:
    """An empty table, empty queues, an empty inbox, and a vendor whose history is short."""
    stack = deployed.stack
    wipe(stack)
    with (
        Vendor(Exchange(published_since=SHORT_SINCE), port=deployed.vendor_port) as vendor,
        Inbox(port=deployed.inbox_port) as inbox,
    ):
        stack.put_secret(API_KEY_PARAMETER, vendor.key)
        stack.put_secret(WEBHOOK_PARAMETER, f"{inbox.url}/slack/webhook/T000/B000/canary")
        stack.subscribe("http", f"{inbox.url}/email")
        yield World(stack, vendor, inbox)


def wipe(stack: Stack) -> None:
    """Empty the table and the queues, as only an operator can."""
    dynamodb, sqs, table = stack.client("dynamodb"), stack.client("sqs"), stack.outputs["TableName"]
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, ProjectionExpression="pk, sk")
    for item in [item for page in pages for item in page["Items"]]:
        dynamodb.delete_item(TableName=table, Key=item)
    for name, url in stack.outputs.items():
        if name.endswith("QueueUrl"):
            sqs.purge_queue(QueueUrl=url)
