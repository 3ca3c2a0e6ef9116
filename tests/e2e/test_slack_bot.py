"""A bot on the deployed template, with IAM enforced: the text, its chart, a correction in its thread and the mark."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import canaries
from tests.canaries import TOKEN
from tests.conftest import API_KEY_PARAMETER, SHORT_SINCE, SLACK_PARAMETER, World
from tests.local.inbox.server import Inbox
from tests.local.processes import free_ports
from tests.local.stack import Stack
from tests.local.vendor.exchange import Exchange
from tests.local.vendor.server import Vendor

CHANNEL = "C0LOCAL01"


@pytest.fixture
def bot_world(tmp_path: Path) -> Iterator[World]:
    """A stack of its own, since the other one has a webhook."""
    [port] = free_ports(1)
    stack = Stack(tmp_path, port, persistent=False)
    with Vendor(Exchange(published_since=SHORT_SINCE)) as vendor, Inbox(token=TOKEN) as inbox:
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
            yield World(stack, vendor, inbox)
        finally:
            stack.stop()


def test_a_release_gets_its_chart_and_its_correction_a_place_in_its_thread(bot_world: World) -> None:
    bot_world.poll()
    bot_world.await_messages("slack", 2)
    bot_world.vendor.exchange.correct(sections="TokyoNagoya")
    bot_world.poll()
    bot_world.await_messages("slack", 4)
    bot_world.await_empty("SlackQueueUrl")

    release, chart, correction, corrected_chart = bot_world.await_messages("slack", 4)
    receipt = correction["metadata"]["event_payload"]["receipt"]
    assert chart["files"][0]["name"] == f"{release['metadata']['event_payload']['receipt']}.png"
    assert correction["thread_ts"] == corrected_chart["thread_ts"] == release["ts"]
    assert release["text"].startswith(f"訂正あり {receipt[4:14]}　受領番号 {receipt}\n")
    assert [reason(item) for item in deliveries(bot_world)] == [None, None]
    assert canaries.found_in_logs(bot_world.stack) | canaries.found_in_data(bot_world.stack, bot_world.inbox) == set()


def deliveries(world: World) -> list[dict[str, Any]]:
    """The log of deliveries, without the turns that corrections took."""
    items = world.client("dynamodb").scan(TableName=world.table_name)["Items"]
    return [item for item in items if item["sk"]["S"].startswith("DELIVERY#") and "delivered_at" in item]


def reason(item: dict[str, Any]) -> Any:
    """Why a delivery lacks something."""
    return item.get("reason")
