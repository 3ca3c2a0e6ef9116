"""Writes the fixture of this version: `make fixture`, before a release.

A short story is told on the deployed template, with everything that a table can hold in it: history, a held row, an
overdue notice and its arrival, deliveries by webhook and by bot, a correction, and an announcement nobody was told of.
"""

import json
import sys
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from investor_flows.model import JST

from tests.conftest import API_KEY_PARAMETER, SLACK_PARAMETER, World
from tests.e2e.upgrade import Fixture, write
from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN
from tests.local.processes import free_ports
from tests.local.stack import Stack
from tests.local.toolchain import ROOT
from tests.local.vendor.exchange import Exchange
from tests.local.vendor.server import Vendor

SINCE, THROUGH = date(2026, 10, 8), date(2026, 10, 29)
OVERDUE = time(21, 1, tzinfo=JST)
BOT = {"name": "C0LOCAL01", "token": TOKEN, "channel": "C0LOCAL01"}


def told_by_webhook(world: World) -> None:
    """The start, and a week with a held row."""
    world.poll()
    world.await_messages("slack", 1)
    world.vendor.exchange.break_accounts(sections="TSEGrowth", measure="volume")
    world.vendor.exchange.publish_next_week()
    world.poll()
    world.await_messages("slack", 2)
    world.await_empty("SlackQueueUrl")


def told_by_bot(world: World) -> None:
    """A week that is overdue and arrives, and a correction of it in its thread; each but the notices has a chart."""
    before = len(world.await_messages("slack", 0))
    due = world.vendor.exchange.next_week.published_date
    world.poll(datetime.combine(due, OVERDUE))
    world.await_messages("slack", before + 1)
    world.vendor.exchange.publish_next_week()
    world.poll(datetime.combine(due, OVERDUE))
    world.await_messages("slack", before + 4)
    world.vendor.exchange.correct(sections="TokyoNagoya")
    world.poll()
    world.await_messages("slack", before + 6)
    world.await_empty("SlackQueueUrl")


def untold(world: World) -> None:
    """A week that nobody is told of."""
    with world.stream_stopped():
        world.vendor.exchange.publish_next_week()
        world.poll()


def tell(folder: Path) -> Fixture:
    """Tell the story, and keep what is in the table at its end."""
    [port] = free_ports(1)
    stack = Stack(folder, port, persistent=False)
    with Vendor(Exchange(THROUGH, published_since=SINCE)) as vendor, Inbox() as inbox:
        world = World(stack, vendor, inbox)
        stack.parameters |= {"JQuantsBaseUrl": vendor.url, "SlackApiUrl": f"{inbox.url}/api/"}
        try:
            stack.start()
            stack.put_secret(API_KEY_PARAMETER, vendor.key)
            stack.put_secret(SLACK_PARAMETER, f"{inbox.url}/slack/webhook/T000/B000/local")
            stack.parameters |= {"SlackChannelsParameter": SLACK_PARAMETER}
            stack.deploy()
            told_by_webhook(world)
            stack.put_secret(SLACK_PARAMETER, json.dumps([BOT]))
            told_by_bot(world)
            untold(world)
            return kept(world)
        finally:
            stack.stop()


def kept(world: World) -> Fixture:
    """The whole table, and all that was published."""
    pages = world.client("dynamodb").get_paginator("scan").paginate(TableName=world.table_name)
    items = sorted(
        (item for page in pages for item in page["Items"]), key=lambda item: (item["pk"]["S"], item["sk"]["S"])
    )
    rows = [row for is_value in (True, False) for row in world.vendor.exchange.rows(is_value)]
    return Fixture(version(), world.vendor.exchange.state(), sorted(items, key=str), rows)


def version() -> str:
    """The version that the code says it is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def main() -> int:
    """Write the file, and say where it is."""
    with TemporaryDirectory() as folder:
        print(write(tell(Path(folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
