"""Fixtures of all levels: one emulator a session, filled by `sam deploy` from template.yaml, wiped before each test."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.local.exchange import Exchange
from tests.local.inbox import Inbox
from tests.local.processes import free_ports
from tests.local.stack import Stack
from tests.local.vendor import Vendor

API_KEY_PARAMETER = "/investor-flows/jquants-api-key"
WEBHOOK_PARAMETER = "/investor-flows/slack-webhook"


@dataclass(frozen=True)
class World:
    """The deployed stack, and what stands around it."""

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


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Build and deploy template.yaml once; the vendor and the inbox stay at their addresses for the session."""
    [port] = free_ports(1)
    stack = Stack(tmp_path_factory.mktemp("stack"), port, persistent=False)
    with Vendor() as vendor, Inbox() as inbox:
        stack.start()
        try:
            stack.parameters |= {"JQuantsBaseUrl": vendor.url, "SlackWebhookParameter": WEBHOOK_PARAMETER}
            stack.deploy()
            stack.put_secret(API_KEY_PARAMETER, vendor.key)
            stack.put_secret(WEBHOOK_PARAMETER, f"{inbox.url}/slack/webhook/T000/B000/canary")
            subscribe_inbox(stack, inbox)
            yield World(stack, vendor, inbox)
        finally:
            stack.stop()


def subscribe_inbox(stack: Stack, inbox: Inbox) -> None:
    """Stand in for the e-mail subscriber, whose mail the emulator only logs: an http subscription gets the same text."""
    stack.client("sns").subscribe(TopicArn=stack.outputs["TopicArn"], Protocol="http", Endpoint=f"{inbox.url}/email")


@pytest.fixture
def world(deployed: World) -> World:
    """The deployed stack with an empty table, empty queues, an empty inbox and a vendor with a short history."""
    deployed.vendor.heal()
    deployed.inbox.heal()
    wipe(deployed)
    deployed.vendor.exchange = Exchange(published_since=SHORT_SINCE)
    return deployed


def wipe(world: World) -> None:
    """Empty the table and the queues."""
    dynamodb = world.client("dynamodb")
    pages = dynamodb.get_paginator("scan").paginate(TableName=world.table_name, ProjectionExpression="pk, sk")
    for item in [item for page in pages for item in page["Items"]]:
        dynamodb.delete_item(TableName=world.table_name, Key=item)
