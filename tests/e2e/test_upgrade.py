"""An upgrade sends nothing and loses nothing: this version on the tables that versions left behind."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from investor_flows.slack.deliveries import DeliveryLog
from investor_flows.slack.delivery_steps import Delivery

from tests.conftest import World
from tests.e2e.upgrade import Fixture, Item, fixtures
from tests.local.toolchain import ROOT

MINUTE = timedelta(minutes=1)
FIXTURES = fixtures()
DELIVERED = "DELIVERY#"


@pytest.fixture(params=FIXTURES, ids=[fixture.version for fixture in FIXTURES])
def left(request: pytest.FixtureRequest, world: World) -> Fixture:
    """A version's table, and the vendor as it was then. What was untold reaches readers once in each test."""
    fixture: Fixture = request.param
    fixture.prepare(world)
    return fixture


def table(world: World) -> dict[tuple[str, str], Item]:
    """Every item by its key."""
    pages = world.client("dynamodb").get_paginator("scan").paginate(TableName=world.table_name)
    return by_key([item for page in pages for item in page["Items"]])


def by_key(items: list[Item]) -> dict[tuple[str, str], Item]:
    return {(item["pk"]["S"], item["sk"]["S"]): item for item in items}


def untold(fixture: Fixture) -> list[str]:
    """The receipts that nobody had been told of."""
    return [item["sk"]["S"].partition("#")[2] for item in fixture.of_kind("ANNOUNCEMENT#") if "untold" in item]


def deliveries(fixture: Fixture) -> list[Delivery]:
    """What each channel had got."""
    done = [item for item in fixture.of_kind(DELIVERED) if "delivered_at" in item]
    named = [(item["pk"]["S"].partition("#")[2], *item["sk"]["S"].split("#")[1:]) for item in done]
    return [Delivery(receipt, date.fromisoformat(published), channel) for published, receipt, channel in named]


def test_every_version_has_left_a_table() -> None:
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert {fixture.version for fixture in FIXTURES} >= set(versions)


def test_a_poll_after_an_upgrade_finds_nothing_new(world: World, left: Fixture) -> None:
    report, audited = world.poll(left.now + MINUTE), world.poll(left.now + 2 * MINUTE, task="audit")

    for told in (report, audited):
        assert [told[name] for name in ("new", "revised", "restated", "held", "announced")] == [0] * 5
        assert not told["outrun"]


def test_a_poll_after_an_upgrade_leaves_every_item_as_it_was_and_tells_what_was_untold_once(
    world: World, left: Fixture
) -> None:
    [receipt] = untold(left)

    world.poll(left.now + 11 * MINUTE)

    [email] = world.await_messages("email", 1)
    [slack] = world.await_messages("slack", 1)
    world.await_empty("SlackQueueUrl")
    kept = {key: item for key, item in table(world).items() if key in by_key(left.items)}
    changed = [key[1] for key, item in by_key(left.items).items() if kept[key] != item and key[0] != "PROGRESS"]
    assert receipt in email["message"]
    assert receipt in json.dumps(slack)
    assert changed == [f"ANNOUNCEMENT#{receipt}"]


def test_a_correction_of_an_old_week_is_told_with_the_old_figure(world: World, left: Fixture) -> None:
    oldest = world.vendor.exchange.weeks[0].end_date
    world.vendor.exchange.correct(end_date=oldest, sections="TokyoNagoya")

    report = world.poll(task="audit")

    [email] = [each for each in world.await_messages("email", 2) if "CORRECTED" in each["subject"]]
    [before] = [row for row in left.rows if is_week(row, oldest)]
    assert (report["revised"], report["announced"]) == (2, 1)
    assert f"{before['ForeignersPurchasesValue']:,}" in email["message"]


def is_week(row: dict[str, Any], end_date: date) -> bool:
    """Whether a row has a week's values of both markets."""
    return (row["EndDate"], row["Section"]) == (str(end_date), "TokyoNagoya") and "TotalSalesValue" in row


def test_a_new_week_is_told_after_an_upgrade(world: World, left: Fixture) -> None:
    world.poll(left.now + 11 * MINUTE)
    world.await_messages("email", 1)
    world.vendor.exchange.publish_next_week()

    report = world.poll()

    assert (report["new"], report["announced"]) == (8, 1)
    assert len(world.await_messages("email", 2)) == 2


def test_what_was_delivered_is_not_delivered_again(world: World, left: Fixture) -> None:
    told = deliveries(left)
    by_webhook = [each for each in told if each.channel == "slack-webhook"]

    for each in by_webhook:
        world.send("SlackQueueUrl", json.dumps({"receipt": each.receipt, "published_date": str(each.published_date)}))

    world.await_empty("SlackQueueUrl")
    log = DeliveryLog(world.client("dynamodb"), world.table_name)
    assert len(by_webhook) == 2
    assert not [message for message in world.inbox.messages if any(each.receipt in str(message) for each in told)]
    assert [log.claim(each, left.now, left.now + MINUTE) for each in told] == [None] * len(told)


def test_a_correction_finds_the_message_that_a_bot_posted_before_the_upgrade(world: World, left: Fixture) -> None:
    log = DeliveryLog(world.client("dynamodb"), world.table_name)

    places = [log.place_of(each) for each in deliveries(left) if each.channel != "slack-webhook"]

    assert len(places) == 4
    assert all(places)
