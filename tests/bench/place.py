"""Where it is measured: the local stack, the simulated exchange with its whole history, and an inbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN
from tests.local.processes import free_ports
from tests.local.settings import API_KEY_PARAMETER, BOT_TOKEN_PARAMETER
from tests.local.stack import Stack
from tests.local.vendor.exchange import FIRST_PUBLISHED, Exchange
from tests.local.vendor.server import Vendor

CHANNEL = "C0LOCAL01"


@dataclass(frozen=True)
class Place:
    """The stack with a bot in Slack. Tables for measuring are made beside its own, where no stream looks."""

    stack: Stack
    vendor: Vendor
    inbox: Inbox

    @contextmanager
    def table(self) -> Iterator[str]:
        """A new, empty table like the deployed one, for as long as it is needed."""
        client = self.stack.client("dynamodb")
        deployed = client.describe_table(TableName=self.stack.outputs["TableName"])["Table"]
        indexes = [
            {key: index[key] for key in ("IndexName", "KeySchema", "Projection")} for index in _indexes(deployed)
        ]
        name = f"measured-{len(client.list_tables()['TableNames'])}"
        client.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=deployed["KeySchema"],
            AttributeDefinitions=deployed["AttributeDefinitions"],
            GlobalSecondaryIndexes=indexes,
        )
        try:
            yield name
        finally:
            client.delete_table(TableName=name)


def _indexes(table: dict[str, Any]) -> list[dict[str, Any]]:
    return list(table.get("GlobalSecondaryIndexes", ()))


@contextmanager
def place(folder: Path, published_since: date = FIRST_PUBLISHED) -> Iterator[Place]:
    """Build, deploy and fill in what the functions need; end everything afterwards."""
    [port] = free_ports(1)
    stack = Stack(folder, port, persistent=False)
    with Vendor(Exchange(published_since=published_since)) as vendor, Inbox() as inbox:
        stack.parameters |= {
            "JQuantsBaseUrl": vendor.url,
            "SlackBotTokenParameter": BOT_TOKEN_PARAMETER,
            "SlackChannel": CHANNEL,
            "SlackApiUrl": f"{inbox.url}/api/",
        }
        try:
            stack.start()
            stack.deploy()
            stack.put_secret(API_KEY_PARAMETER, vendor.key)
            stack.put_secret(BOT_TOKEN_PARAMETER, TOKEN)
            yield Place(stack, vendor, inbox)
        finally:
            stack.stop()
