"""The document investor-flows/1 for programs, described by `investor-flows-1.schema.json`.

Every key of a figure carries its unit: thousand yen or thousand shares. null is "not published". A list that would not
fit into a message is cut, and `left_out` counts what is not there.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from investor_flows.announcements import Announcement
from investor_flows.corrections import value_first
from investor_flows.model import JST, LEADS, Measure, Record
from investor_flows.summary import Summary
from investor_flows.wording import entries
from investor_flows.wording.entries import Json
from investor_flows.wording.numerals import net_oku

SCHEMA = "investor-flows/1"
LARGEST_MESSAGE = 240_000
"""Bytes of the whole SNS message; SNS takes 256 KB, names of the protocols and escapes included."""


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of each list a document may hold."""

    records: int
    changes: int
    gaps: int


STEPS = (Caps(24, 500, 100), Caps(12, 200, 50), Caps(8, 100, 20), Caps(4, 40, 10), Caps(1, 10, 5))


def document(summary: Summary, language: str, email: Json, slack: Json) -> Json:
    """Everything that a program can use, with the e-mail and the Slack message; as much of it as fits."""
    documents = (_document(summary, language, caps) | {"email": email, "slack": slack} for caps in STEPS)
    found = next(documents)
    for smaller in documents:
        if _size(found, email["body"]) <= LARGEST_MESSAGE:
            break
        found = smaller
    return found


def _size(document: Json, body: str) -> int:
    """Bytes of the SNS message that topic.py makes: the e-mail's text once, the document twice, as JSON in JSON."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return len(json.dumps([body, text, text], ensure_ascii=False).encode())


def attributes(summary: Summary, language: str) -> Mapping[str, str | int | tuple[str, ...]]:
    """What subscribers can filter on. Balances are whole 億円; one that was not published is left out."""
    announcement, record = summary.announcement, _lead_value(summary)
    nets = {name: net_oku(net) for name in LEADS if record and (net := record.balance(name)) is not None}
    found: dict[str, str | int | tuple[str, ...]] = {
        "kind": str(announcement.kind),
        "language": language,
        "published_date": str(announcement.published_date),
        **_replayed(summary),
        **{f"{name.lower()}_net_oku": net for name, net in nets.items()},
    }
    if sections := tuple(dict.fromkeys(record.section for record in _records(summary))):
        found["sections"] = sections
    return found | ({"abs_max_net_oku": max(map(abs, nets.values()))} if nets else {})


def _document(summary: Summary, language: str, caps: Caps) -> Json:
    records = _records(summary)
    told, changes = records[: caps.records], list(_changes(summary))
    leads = summary.announcement.due or records[0]
    return {
        **_envelope(summary.announcement, language),
        **_replayed(summary),
        "period": entries.week(leads),
        "sections": _sections([record for record in told if record.end_date == leads.end_date]),
        "other_weeks": _weeks([record for record in told if record.end_date != leads.end_date]),
        "statistics": _statistics(summary),
        "changes": changes[: caps.changes],
        "effects": [entries.effect(*each) for each in summary.effects],
        "missing": [entries.gap(gap) for gap in summary.announcement.missing[: caps.gaps]],
        "held": [entries.gap(gap) for gap in summary.announcement.held[: caps.gaps]],
        "corrects": list(summary.corrected_receipts[-caps.gaps :]),
        "left_out": {
            "records": len(records) - len(told),
            "changes": max(0, len(changes) - caps.changes),
            "missing": max(0, len(summary.announcement.missing) - caps.gaps),
            "held": max(0, len(summary.announcement.held) - caps.gaps),
            "corrects": max(0, len(summary.corrected_receipts) - caps.gaps),
        },
        "series": _series(summary),
    }


def _envelope(announcement: Announcement, language: str) -> Json:
    return {
        "schema": SCHEMA,
        "kind": str(announcement.kind),
        "occasion": str(announcement.occasion),
        "language": language,
        "receipt": announcement.receipt,
        "published_date": str(announcement.published_date),
        "first_seen_at": announcement.first_seen_at.astimezone(JST).isoformat(),
        "as_of": str(announcement.as_of),
    }


def _replayed(summary: Summary) -> dict[str, str]:
    """Whose message this one repeats; a program that has that receipt has these figures."""
    return {"replays": summary.replays} if summary.replays else {}


def _records(summary: Summary) -> list[Record]:
    """What arrived: new weeks, or corrected ones; the most prominent first."""
    weeks = [record for week in summary.weeks for record in (week.value, week.volume) if record]
    return weeks + [revision.revised.record for revision in value_first(summary.revisions)]


def _lead_value(summary: Summary) -> Record | None:
    """The value record that the message leads with, where it stands."""
    if summary.headline:
        return summary.headline.value
    leading = next((each for each in value_first(summary.revisions)[:1] if not each.superseded_by), None)
    record = leading.revised.record if leading else None
    return record if record and record.measure is Measure.VALUE else None


def _sections(records: Iterable[Record]) -> Json:
    found: Json = {}
    for record in records:
        found.setdefault(record.section, {})[str(record.measure)] = entries.figures(record)
    return found


def _weeks(records: Iterable[Record]) -> list[Json]:
    found: dict[date, list[Record]] = {}
    for record in records:
        found.setdefault(record.end_date, []).append(record)
    return [{"period": entries.week(group[0]), "sections": _sections(group)} for group in found.values()]


def _statistics(summary: Summary) -> Json:
    return {
        "section": summary.section,
        "measure": str(Measure.VALUE),
        "end_date": next((str(each.end_date) for each in summary.statistics), None),
        **{each.investor_type: entries.statistics(each) for each in summary.statistics},
        "opposite_weeks": summary.directions.opposite_weeks,
        "movers": [
            {"investor_type": each.investor_type, f"balance_{entries.YEN}": each.balance} for each in summary.movers
        ],
    }


def _changes(summary: Summary) -> Iterator[Json]:
    for revision in summary.revisions:
        yield from (entries.change(revision, each) for each in revision.changes)


def _series(summary: Summary) -> Json:
    return {
        "section": summary.section,
        "measure": str(Measure.VALUE),
        "unit": entries.YEN,
        "weeks": [entries.chart_week(week) for week in summary.chart],
    }
