"""From a published release to its readers, on the deployed functions: how long one takes, and how many go at once.

Wall time, on one machine that also runs the emulator of everything: what is told is an upper bound.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any

from investor_flows.announcements import Announcement, Occasion
from investor_flows.store import RecordStore

from tests.bench.place import Place
from tests.bench.table import Row, at_least, at_most
from tests.local.processes import StackError, wait_until

LATENCY, BURST = "latency", "burst"
WEEKS = 2
STEPS = ("poll", "stream to announce", "announce to Slack function", "Slack function to request")
SIZES = (10, 100, 1000)
PICTURES = 100
SECONDS = 240
COUNTED_SECONDS = 30


def rows(place: Place) -> Iterator[Row]:
    """Latency first: its releases are what the burst repeats."""
    place.stack.subscribe("http", f"{place.inbox.url}/email")
    _poll(place)
    _await(place, "email", 1)
    _await(place, "slack", 2)  # the text and its chart
    yield from _latency(place)
    yield from _burst(place)


def _latency(place: Place) -> Iterator[Row]:
    runs = [_release(place) for _ in range(WEEKS)]
    steps = [median(run[step] for run in runs) for step in range(len(STEPS))]
    whole = median(map(sum, runs))
    shares = ", ".join(f"{name} {100 * step / sum(steps):.0f} %" for name, step in zip(STEPS, steps, strict=True))
    yield at_most(LATENCY, "published to Slack's request, wall", whole, "s", 1.0, shares)


def _release(place: Place) -> list[float]:
    """Publish a week, poll, and say how long each step took until Slack was asked."""
    before = len(_messages(place, "slack"))
    place.vendor.exchange.publish_next_week()
    moments = [time.time()]
    _poll(place)
    moments.append(time.time())
    _await(place, "slack", before + 2)
    announcement, delivery = _items(place)
    moments += [_seconds(announcement["told_at"]["S"]), _seconds(delivery["begun_at"]["S"])]
    moments.append(_seconds(_messages(place, "slack")[before].received_at))
    return [after - begun for begun, after in pairwise(moments)]


def _items(place: Place) -> list[dict[str, Any]]:
    """The newest release's announcement and its delivery."""
    values = {":pk": {"S": f"RELEASE#{place.vendor.exchange.newest_published_date}"}}
    asked = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": values, "ConsistentRead": True}
    table = place.stack.outputs["TableName"]
    found: list[dict[str, Any]] = place.stack.client("dynamodb").query(TableName=table, **asked)["Items"]
    return sorted(found, key=lambda item: str(item["sk"]["S"]))


def _burst(place: Place) -> Iterator[Row]:
    pictures = _rate(place, PICTURES, "slack", messages=2)
    with _slack_at_rest(place):
        rates = {size: _rate(place, size, "email") for size in SIZES}
    shown = ", ".join(f"{size:,}: {rate:.1f}/s" for size, rate in rates.items())
    yield at_least(BURST, "100 announcements through announce, wall", rates[100], "/s", 50, shown)
    first, last = rates[SIZES[0]], rates[SIZES[-1]]
    yield Row(
        BURST, f"rate at {SIZES[-1]:,} beside that at {SIZES[0]}", f"{last:.1f} /s", f"{first:.1f} /s", last / first
    )
    yield at_least(BURST, f"{PICTURES} announcements to Slack with pictures, wall", pictures, "/s", 5)


def _rate(place: Place, count: int, form: str, messages: int = 1) -> float:
    """Owe readers so many announcements at once: how many a second arrive, counted for a limited time."""
    store = RecordStore(place.stack.client("dynamodb"), place.stack.outputs["TableName"])
    before, owed, begun = len(_messages(place, form)), _copies(store, place, count), time.time()
    for start in range(0, count, 90):
        store.add(store.progress(), owed[start : start + 90], ())
    with suppress(StackError):
        wait_until(lambda: len(_messages(place, form)) >= before + count * messages, COUNTED_SECONDS, "not all came")
    arrived = _messages(place, form)[before:]
    return len(arrived) / messages / (_seconds(arrived[-1].received_at) - begun) if arrived else 0.0


def _copies(store: RecordStore, place: Place, count: int) -> list[Announcement]:
    """The newest release again and again, each time under a receipt of its own."""
    day = place.vendor.exchange.newest_published_date
    told = next(each for each in store.announcements(day) if each.occasion is not Occasion.HISTORY)
    stamp = time.time_ns() // 1_000_000 % 0x10000
    return [replace(told, receipt=f"rel-{day}-{stamp:04x}{number:04x}") for number in range(count)]


@contextmanager
def _slack_at_rest(place: Place) -> Iterator[None]:
    """Nothing goes on to Slack; what has come for it by then is thrown away."""
    client, name = place.stack.client("lambda"), place.stack.outputs["SlackFunctionName"]
    [mapping] = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
    client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    yield
    place.stack.client("sqs").purge_queue(QueueUrl=place.stack.outputs["SlackQueueUrl"])
    client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)


def _poll(place: Place) -> None:
    place.stack.invoke("poll", {"time": place.vendor.exchange.now.isoformat()})


def _messages(place: Place, form: str) -> list[Any]:
    return [message for message in place.inbox.messages if message.form == form]


def _await(place: Place, form: str, count: int) -> None:
    wait_until(lambda: len(_messages(place, form)) >= count, SECONDS, f"fewer than {count} {form} messages came")


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()
