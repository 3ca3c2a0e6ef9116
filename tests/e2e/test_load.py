"""Load on the deployed template: ten years at once, two hundred corrections, a crowd before Slack, a poisoned batch.

A thousand messages and ten minutes of 429 are in tests/unit/test_rush.py, in virtual time. Here a smaller crowd waits
for real, by the queue's own clock.
"""

import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any

import pytest
from investor_flows.announcements import Announcement, Occasion
from investor_flows.model import Measure, Vintage
from investor_flows.news import News, Release, Role
from investor_flows.releases import announcement
from investor_flows.store import RecordStore

from tests.conftest import World
from tests.e2e.runtime import event
from tests.local.payloads import stream_event
from tests.local.processes import StackError, wait_until
from tests.local.vendor.exchange import Exchange
from tests.local.vendor.trading_weeks import business_day_after
from tests.local.web.visit import Reply, Visit

TEN_YEARS_AGO, ROWS_OF_TEN_YEARS = date(2016, 11, 17), 4_000
CORRECTED_WEEKS, LONGEST_EMAIL = 25, 5_000
CROWD, RETRY_AFTER, REFUSALS = 40, 1, 100
BATCH = 100
ALL_TIME = (date(2008, 1, 1), date(2100, 1, 1))
WAIT_SECONDS = 60
RECEIPT = re.compile(r"crowd-\d+")


def test_ten_years_are_stored_by_one_backfill_which_tells_the_newest_release_alone(world: World) -> None:
    world.vendor.exchange = Exchange(published_since=TEN_YEARS_AGO)

    reports = [world.poll(task="backfill"), world.poll()]

    rows = 2 * len(world.vendor.exchange.rows())
    assert [(report["new"], report["held"], report["announced"]) for report in reports] == [(rows, 0, 1), (0, 0, 0)]
    assert stored(world) == rows > ROWS_OF_TEN_YEARS
    assert len(world.await_messages("email", 1)) == len(world.await_messages("slack", 1)) == 1


def test_two_hundred_corrections_in_one_answer_are_told_in_three_messages_that_can_be_read(world: World) -> None:
    world.stack.subscribe("sqs", world.stack.open_queue("corrections"))
    world.poll()
    exchange = world.vendor.exchange
    day = business_day_after(exchange.today)
    for week in exchange.weeks[-CORRECTED_WEEKS:]:
        exchange.correct(end_date=week.end_date, published_date=day)

    report = world.poll()

    documents = world.stack.take_messages("corrections", 4)[1:]
    emails = [email["message"] for email in world.await_messages("email", 4)[1:]]
    assert (report["revised"], report["announced"]) == (200, 3)
    assert sum(rows_told(document) for document in documents) == 200
    assert all(
        document["changes"] and len(email) < LONGEST_EMAIL for document, email in zip(documents, emails, strict=True)
    )
    assert len(world.await_messages("slack", 4)) == 4


def test_a_crowd_that_slack_puts_off_is_delivered_once_each_and_none_asks_before_its_time(world: World) -> None:
    [record] = event("slack")["Records"]
    document = json.loads(record["body"])
    with slack_watched(world) as asked:
        world.inbox.fail_next("429", times=None, on="webhook", retry_after=RETRY_AFTER)
        for number in range(CROWD):
            text = {"text": f"crowd-{number}", "blocks": document["slack"]["blocks"]}
            world.send("SlackQueueUrl", json.dumps({**document, "receipt": f"crowd-{number}", "slack": text}))
        wait_until(lambda: sum(map(len, asked.values())) >= REFUSALS, WAIT_SECONDS, "Slack was not asked often enough")
        world.inbox.heal()
        world.await_messages("slack", CROWD)
        world.await_empty("SlackQueueUrl")

    posted = Counter(message.content["text"] for message in world.inbox.messages if message.form == "slack")
    assert posted == Counter(f"crowd-{number}" for number in range(CROWD))
    assert min(later - earlier for times in asked.values() for earlier, later in pairwise(times)) >= RETRY_AFTER


def test_one_poisoned_announcement_of_a_hundred_stops_no_other_and_flows_when_it_is_mended(world: World) -> None:
    world.poll()
    world.await_messages("email", 1)
    store = RecordStore(world.client("dynamodb"), world.table_name)
    at = world.vendor.exchange.now
    owed, missing = a_batch(store, at)
    batch = {"Records": [stream_event(each)["Records"][0] for each in owed]}

    with world.stream_stopped():
        for start in (0, BATCH // 2):
            store.add(store.progress(), owed[start : start + BATCH // 2], ())
        with pytest.raises(StackError, match=owed[-1].receipt) as caught:
            world.stack.invoke("announce", batch)
        told = len(world.await_messages("email", BATCH))
        store.add(store.progress(), (), [missing])  # an operator mends the cause
        time_to_offer = {"time": (at + timedelta(minutes=11)).isoformat()}
        offered = world.stack.invoke("poll", event("poll") | time_to_offer)["offered_again"]

    assert told == BATCH
    assert sum(each.receipt in str(caught.value) for each in owed) == 1
    assert offered == 1
    assert len(world.await_messages("email", BATCH + 1)) == BATCH + 1


def stored(world: World) -> int:
    """How many vintages are in the table."""
    pages = world.client("dynamodb").get_paginator("scan").paginate(TableName=world.table_name)
    return sum("figures" in item for page in pages for item in page["Items"])


def rows_told(document: dict[str, Any]) -> int:
    """How many corrected rows a document holds, with those that it says to have left out."""
    weeks = [document["sections"], *(week["sections"] for week in document["other_weeks"])]
    return sum(len(measures) for week in weeks for measures in week.values()) + int(document["left_out"]["records"])


@contextmanager
def slack_watched(world: World) -> Iterator[defaultdict[str, list[float]]]:
    """When Slack was asked to take each message of the crowd."""
    asked, answer = defaultdict[str, list[float]](list), world.inbox.answer

    def watch(visit: Visit) -> Reply:
        if receipt := RECEIPT.search(visit.body.decode()):
            asked[receipt[0]].append(time.monotonic())
        return answer(visit)

    world.inbox.answer = watch  # type: ignore[method-assign]
    yield asked


def a_batch(store: RecordStore, at: datetime) -> tuple[list[Announcement], Vintage]:
    """A hundred announcements; the last is of a vintage that is not stored, and cannot be worded."""
    known = [
        vintage
        for section in ("TokyoNagoya", "TSEPrime", "TSEStandard")
        for measure in Measure
        for vintage in islice(store.vintages(section, measure, *ALL_TIME), BATCH)
    ]
    missing = replace(known[0], restatement=1)
    return [owed_for(vintage, at) for vintage in (*known[: BATCH - 1], missing)], missing


def owed_for(vintage: Vintage, at: datetime) -> Announcement:
    """What readers are owed for a vintage alone."""
    news = (News(vintage, Role.INITIAL),)
    return announcement(Release(vintage.record.published_date, news), Occasion.NEW, at)
