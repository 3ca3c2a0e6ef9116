"""Where it is measured: the local stack, the simulated exchange with its whole history, and an inbox."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import time_ns

from tests.bench.child import figures
from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN
from tests.local.processes import free_ports
from tests.local.settings import API_KEY_PARAMETER, SLACK_PARAMETER
from tests.local.stack import Stack
from tests.local.vendor.exchange import Exchange
from tests.local.vendor.server import Vendor

CHANNEL = "C0LOCAL01"


@dataclass
class Place:
    """The stack with a bot in Slack. Tables for measuring are made beside its own, where no stream looks."""

    stack: Stack
    vendor: Vendor
    inbox: Inbox

    @cached_property
    def filled(self) -> str:
        """A table with the whole history, for all who do not measure how it gets there."""
        table = self._made()
        now = self.vendor.exchange.now.isoformat()
        figures("run_task", self.vendor.url, table, now, "poll", endpoint=self.stack.endpoint)
        return table

    @contextmanager
    def table(self) -> Iterator[str]:
        """A new, empty table like the deployed one, for as long as it is needed."""
        name = self._made()
        try:
            yield name
        finally:
            self.stack.client("dynamodb").delete_table(TableName=name)

    def _made(self) -> str:
        client = self.stack.client("dynamodb")
        deployed = client.describe_table(TableName=self.stack.outputs["TableName"])["Table"]
        name = f"measured-{time_ns()}"
        client.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=deployed["KeySchema"],
            AttributeDefinitions=deployed["AttributeDefinitions"],
            GlobalSecondaryIndexes=[
                {key: index[key] for key in ("IndexName", "KeySchema", "Projection")}
                for index in deployed["GlobalSecondaryIndexes"]
            ],
        )
        return name


@contextmanager
def place(folder: Path) -> Iterator[Place]:
    """Build, deploy and fill in what the functions need; end everything afterwards."""
    [port] = free_ports(1)
    stack = Stack(folder, port, persistent=False)
    with Vendor(Exchange()) as vendor, Inbox() as inbox:
        stack.parameters |= {
            "JQuantsBaseUrl": vendor.url,
            "SlackChannelsParameter": SLACK_PARAMETER,
            "SlackApiUrl": f"{inbox.url}/api/",
        }
        try:
            stack.start()
            stack.deploy()
            stack.put_secret(API_KEY_PARAMETER, vendor.key)
            stack.put_secret(SLACK_PARAMETER, json.dumps([{"name": "desk", "token": TOKEN, "channel": CHANNEL}]))
            yield Place(stack, vendor, inbox)
        finally:
            stack.stop()
