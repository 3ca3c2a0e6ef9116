"""Held rows: the list of them, and what became of each. A row that is held is never shown as a figure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from investor_flows.model import JST, Held, Measure, Record, Vintage
from investor_flows.releases import CONFLICT

LISTED = 100
BY_HAND = "released_by_hand"
"""In a record's `extra`: who was not asked, and why it was taken all the same."""

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A held row as it is kept."""

    mark: str  # its fingerprint, by which it is asked for
    held: Held
    first_seen_at: datetime


class Vintages(Protocol):
    """The store, as a reader of vintages."""

    def vintages(self, section: str, measure: Measure, first: date, last: date) -> Iterable[Vintage]:
        """All vintages of the weeks that end from `first` to `last`."""
        ...


def held_list(kept: Iterable[HeldRow], store: Vintages) -> Json:
    """List the newest held rows, and say of each whether it still is, and whether it can be released by hand."""
    newest = sorted(kept, key=lambda row: (row.first_seen_at, row.mark), reverse=True)
    return {"count": len(newest), "rows": [describe(row, store) for row in newest[:LISTED]]}


def describe(row: HeldRow, store: Vintages) -> Json:
    """One held row, without the row itself."""
    held, since = row.held, stored_since(row, store)
    obstacle = why_not(held, since)
    return {
        "fingerprint": row.mark,
        "section": held.section,
        "measure": str(held.measure),
        "end_date": str(held.end_date) if held.end_date else None,
        "published_date": str(held.published_date) if held.published_date else None,
        "reason": held.reason,
        "first_seen_at": row.first_seen_at.astimezone(JST).isoformat(timespec="seconds"),
        **_fate(held, since),
        "can_be_released": obstacle is None,
        **({"because": obstacle} if obstacle else {}),
    }


def stored_since(row: HeldRow, store: Vintages) -> list[Vintage]:
    """The vintages of the row's own key that came with it or after it. One that came before it is not its cure."""
    held = row.held
    if not (held.section and held.end_date and held.published_date):
        return []
    week = store.vintages(held.section, held.measure, held.end_date, held.end_date)
    same = (vintage for vintage in week if vintage.record.published_date == held.published_date)
    return [vintage for vintage in same if vintage.first_seen_at >= row.first_seen_at]


def why_not(held: Held, since: Sequence[Vintage]) -> str | None:
    """Why the row cannot be released by hand, where `since` is stored of it; None where it can."""
    if held.record is None:
        return "a figure, date or name of it is not legible, or contradicts its own totals and balances"
    if held.reason == CONFLICT:
        return "the answer held two rows of the same key, and the other one would follow as a restatement"
    if held.published_date is None:
        return "its PublishedDate is too far ahead"
    return "it was released before, or sent right since" if since else None


def _fate(held: Held, since: Sequence[Vintage]) -> Json:
    """Whether it is held still, was released by hand, or has been sent right under the same date."""
    notes = [note for vintage in since if vintage.record == held.record and (note := note_of(vintage.record))]
    if notes:
        return {"state": "released by hand", "why": notes[0]["why"]}
    return {"state": "sent right since" if since else "held"}


def note_of(record: Record) -> Json | None:
    """Why a record was released by hand; None where it was not."""
    extra = json.loads(record.extra) if record.extra else {}
    note: Json | None = extra.get(BY_HAND)
    return note
