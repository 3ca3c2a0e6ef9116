"""DynamoDB items of held rows, both ways (see items.py)."""

import json
from datetime import date, datetime

from investor_flows.held_rows import HeldRow
from investor_flows.items import Item, stamp, to_vintage, vintage_item
from investor_flows.model import Held, Measure, Record, Vintage
from investor_flows.releases import fingerprint

PARTITION = "HELD"
RAW_LIMIT = 300_000


def held_key(mark: str) -> Item:
    """Where a held row is kept, by its fingerprint."""
    return {"pk": {"S": PARTITION}, "sk": {"S": mark}}


def held_item(held: Held, first_seen_at: datetime) -> Item:
    """Encode a held row; a raw text beyond what an item can hold is cut."""
    known = {"section": held.section, "end_date": held.end_date, "published_date": held.published_date}
    item = held_key(fingerprint(held).hex()) | {
        "measure": {"S": held.measure},
        "reason": {"S": held.reason},
        "raw": {"S": held.raw.encode(errors="replace")[:RAW_LIMIT].decode(errors="ignore")},
        "first_seen_at": stamp(first_seen_at),
    }
    item |= {name: {"S": str(value)} for name, value in known.items() if value}
    return item | ({"record": {"S": _record_text(held.record, first_seen_at)}} if held.record else {})


def to_held_row(item: Item) -> HeldRow:
    """Decode a held row. What an earlier version kept has no record."""
    first_seen_at = datetime.fromisoformat(item["first_seen_at"]["S"])
    held = Held(
        item["raw"]["S"],
        Measure(item["measure"]["S"]),
        item["reason"]["S"],
        item["section"]["S"] if "section" in item else None,
        _day(item, "end_date"),
        _day(item, "published_date"),
        _to_record(item["record"]["S"]) if "record" in item else None,
    )
    return HeldRow(item["sk"]["S"], held, first_seen_at)


def _record_text(record: Record, first_seen_at: datetime) -> str:
    """The record as the item of a vintage, whose encoding is known."""
    return json.dumps(vintage_item(Vintage(record, first_seen_at)))


def _to_record(text: str) -> Record:
    return to_vintage(json.loads(text)).record


def _day(item: Item, name: str) -> date | None:
    return date.fromisoformat(item[name]["S"]) if name in item else None
