"""DynamoDB items: how vintages, announcements, held rows and the progress look in the table, both ways.

pk                    sk                                      what
SECTION#MEASURE       END#PUBLISHED#RESTATEMENT#START         vintage, one write unit; sorts oldest first
RELEASE#PUBLISHED     ANNOUNCEMENT#RECEIPT                    announcement; `untold` while readers wait for it
RELEASE#PUBLISHED     DELIVERY#RECEIPT#CHANNEL                one channel's progress with it
HELD                  FINGERPRINT                             held row, as received
PROGRESS              POLL                                    how far polling has come
WATCH                 SUBSCRIBERS                             how many get e-mail
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from investor_flows.announcements import Announcement, DueWeek, Gap, Kind, Occasion
from investor_flows.model import Measure, Record, Vintage, VintageKey
from investor_flows.progress import Progress

Item = dict[str, Any]
PROGRESS_KEY: Item = {"pk": {"S": "PROGRESS"}, "sk": {"S": "POLL"}}
FINGERPRINT_BYTES = 8


def series_key(section: str, measure: Measure) -> str:
    """The partition of one series."""
    return f"{section}#{measure}"


def release_key(published_date: date) -> str:
    """The partition of what was published on one date."""
    return f"RELEASE#{published_date}"


def stamp(moment: datetime) -> Item:
    """Encode a moment. Always in UTC, so that the texts sort and compare as the moments do."""
    return {"S": moment.astimezone(UTC).isoformat()}


def vintage_item_key(key: VintageKey) -> Item:
    """Where a vintage is stored."""
    order = f"{key.end_date}#{key.published_date}#{key.restatement:03d}#{key.start_date}"
    return {"pk": {"S": series_key(key.section, key.measure)}, "sk": {"S": order}}


def vintage_item(vintage: Vintage) -> Item:
    """Encode a vintage."""
    figures = json.dumps(vintage.record.figures, separators=(",", ":"))
    item = vintage_item_key(vintage.key) | {"figures": {"S": figures}, "first_seen_at": stamp(vintage.first_seen_at)}
    return item | {"extra": {"S": vintage.record.extra}} if vintage.record.extra else item


def to_vintage(item: Item) -> Vintage:
    """Decode a vintage."""
    section, _, measure = item["pk"]["S"].rpartition("#")
    end, published, restatement, start = item["sk"]["S"].split("#")
    week = date.fromisoformat(start), date.fromisoformat(end)
    extra = item["extra"]["S"] if "extra" in item else ""
    figures = tuple(json.loads(item["figures"]["S"]))
    record = Record(section, Measure(measure), *week, date.fromisoformat(published), figures, extra)
    return Vintage(record, _moment(item["first_seen_at"]), int(restatement))


def announcement_key(announcement: Announcement) -> Item:
    """Where an announcement is stored."""
    return {
        "pk": {"S": release_key(announcement.published_date)},
        "sk": {"S": f"ANNOUNCEMENT#{announcement.receipt}"},
    }


def announcement_item(announcement: Announcement) -> Item:
    """Encode an announcement. All but silent ones are untold, which offers them to the stream."""
    item = announcement_key(announcement) | {
        "kind": {"S": announcement.kind},
        "occasion": {"S": announcement.occasion},
        "first_seen_at": stamp(announcement.first_seen_at),
        "keys": {"S": json.dumps([_key_fields(key) for key in announcement.keys])},
        "missing": {"S": json.dumps([_gap_fields(gap) for gap in announcement.missing])},
        "held": {"S": json.dumps([_gap_fields(gap) for gap in announcement.held], ensure_ascii=False)},
    }
    if announcement.due:
        item |= {"due": {"S": json.dumps(_due_fields(announcement.due))}}
    if announcement.occasion is Occasion.HISTORY:
        return item
    return item | {"untold": {"S": "yes"}, "offered_at": stamp(announcement.first_seen_at)}


def to_announcement(item: Item) -> Announcement:
    """Decode an announcement, from the table or from its stream."""
    return Announcement(
        item["sk"]["S"].partition("#")[2],
        Kind(item["kind"]["S"]),
        Occasion(item["occasion"]["S"]),
        date.fromisoformat(item["pk"]["S"].partition("#")[2]),
        _moment(item["first_seen_at"]),
        tuple(_to_key(fields) for fields in json.loads(item["keys"]["S"])),
        tuple(_to_gap(fields) for fields in json.loads(item["missing"]["S"])),
        tuple(_to_gap(fields) for fields in json.loads(item["held"]["S"])),
        _to_due(json.loads(item["due"]["S"])) if "due" in item else None,
    )


def progress_item(progress: Progress) -> Item:
    """Encode the progress of polling."""
    item = PROGRESS_KEY | {
        "version": {"N": str(progress.version)},
        "started": {"BOOL": progress.started},
        "waiting": {"S": json.dumps([(day.isoformat(), since.isoformat()) for day, since in progress.waiting])},
        "overdue": {"S": json.dumps([_due_fields(week) for week in progress.overdue])},
        "seen": {"B": b"".join(sorted(progress.seen))},
    }
    known = {name: getattr(progress, name) for name in ("last_published", "backfill_from", "newest_week")}
    return item | {name: {"S": value.isoformat()} for name, value in known.items() if value}


def to_progress(item: Item | None) -> Progress:
    """Decode the progress of polling; an empty table has made none."""
    if not item:
        return Progress()
    seen: bytes = item["seen"]["B"]
    starts = range(0, len(seen), FINGERPRINT_BYTES)
    waiting = json.loads(item["waiting"]["S"])
    return Progress(
        int(item["version"]["N"]),
        _day(item.get("last_published")),
        bool(item["started"]["BOOL"]),
        frozenset(seen[start : start + FINGERPRINT_BYTES] for start in starts),
        tuple((date.fromisoformat(day), datetime.fromisoformat(since)) for day, since in waiting),
        _day(item.get("backfill_from")),
        _day(item.get("newest_week")),
        tuple(_to_due(fields) for fields in json.loads(item["overdue"]["S"])) if "overdue" in item else (),
    )


def _moment(attribute: Mapping[str, str]) -> datetime:
    return datetime.fromisoformat(attribute["S"])


def _day(attribute: Mapping[str, str] | None) -> date | None:
    return date.fromisoformat(attribute["S"]) if attribute else None


def _key_fields(key: VintageKey) -> list[str | int]:
    days = (key.start_date, key.end_date, key.published_date)
    return [key.section, key.measure, *(day.isoformat() for day in days), key.restatement]


def _to_key(fields: list[Any]) -> VintageKey:
    section, measure, *days, restatement = fields
    start, end, published = (date.fromisoformat(day) for day in days)
    return VintageKey(section, Measure(measure), start, end, published, restatement)


def _due_fields(week: DueWeek) -> list[str]:
    return [day.isoformat() for day in (week.start_date, week.end_date, week.published_date)]


def _to_due(fields: list[str]) -> DueWeek:
    start, end, published = (date.fromisoformat(day) for day in fields)
    return DueWeek(start, end, published)


def _gap_fields(gap: Gap) -> list[str]:
    return [gap.section, gap.measure, gap.reason]


def _to_gap(fields: list[str]) -> Gap:
    section, measure, reason = fields
    return Gap(section, Measure(measure), reason)
