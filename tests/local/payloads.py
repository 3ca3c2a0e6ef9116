"""Writes the payloads of `events/` that a machine sends: the stream's and the queue's. All figures are synthetic.

    python -m tests.local.payloads

They go through the code that stores and words them; run it again when the format of either changes.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from investor_flows.announcements import Announcement, Occasion
from investor_flows.items import announcement_item
from investor_flows.model import Measure, Record, Vintage
from investor_flows.news import News, Release, Role
from investor_flows.releases import announcement
from investor_flows.render import Wording
from investor_flows.rows import read_row
from investor_flows.summary import summarise

from tests.local.toolchain import REGION, ROOT
from tests.local.vendor.exchange import Exchange
from tests.unit.fakes import FakeStore

EVENTS = ROOT / "events"
TOLD_SECTIONS = ("TokyoNagoya", "TSEPrime")
MADE_UP = f"arn:aws:sqs:{REGION}:000000000000:investor-flows-SlackQueue"


def newest_release() -> tuple[Announcement, FakeStore]:
    """An announcement of the synthetic exchange's newest release, and the store that it is kept in."""
    exchange = Exchange(published_since=date(2024, 1, 1))
    read = [read_row(row, measure) for measure in Measure for row in exchange.rows(measure is Measure.VALUE)]
    vintages = [
        Vintage(record, exchange.now)
        for record in read
        if isinstance(record, Record) and record.section in TOLD_SECTIONS
    ]
    newest = max(vintage.record.published_date for vintage in vintages)
    news = tuple(News(vintage, Role.INITIAL) for vintage in vintages if vintage.record.published_date == newest)
    owed = announcement(Release(newest, news), Occasion.NEW, exchange.now)
    return owed, FakeStore(vintages, [owed])


def stream_event(owed: Announcement) -> dict[str, Any]:
    """What the table's stream sends to the announce function."""
    image = announcement_item(owed)
    change = {
        "ApproximateCreationDateTime": int(owed.first_seen_at.timestamp()),
        "Keys": {"pk": image["pk"], "sk": image["sk"]},
        "NewImage": image,
        "SequenceNumber": "100000000000000000001",
        "StreamViewType": "NEW_IMAGE",
    }
    record = {"eventID": "1", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb"}
    return {"Records": [{**record, "awsRegion": REGION, "dynamodb": change}]}


def queue_event(document: Any) -> dict[str, Any]:
    """What the queue sends to the slack function."""
    record = {
        "messageId": "00000000-0000-0000-0000-000000000001",
        "receiptHandle": "made-up",
        "body": json.dumps(document, ensure_ascii=False),
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": MADE_UP,
        "awsRegion": REGION,
    }
    return {"Records": [record]}


def main() -> None:
    """Write the files."""
    owed, store = newest_release()
    document = Wording("ja").message(summarise(owed, store, "TokyoNagoya")).document
    for name, event in (("announce", stream_event(owed)), ("slack", queue_event(document))):
        path = Path(EVENTS / f"{name}.json")
        path.write_text(json.dumps(event, ensure_ascii=False, indent=2) + "\n")
        print(path)


if __name__ == "__main__":
    main()
