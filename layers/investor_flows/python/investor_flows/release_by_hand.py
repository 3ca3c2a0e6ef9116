"""Release by hand: a held row that a person has checked becomes a vintage, and is announced as any other.

The reason is kept with the vintage, and is never compared: when the vendor sends the same figures, they are no news.
"""

import json
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from investor_flows.announcements import Occasion
from investor_flows.errors import Outrun, RequestError
from investor_flows.held_rows import BY_HAND, HeldRow, stored_since, why_not
from investor_flows.intake import Report, Store, today
from investor_flows.model import Record
from investor_flows.news import Release
from investor_flows.owed import advanced, announcements_of, arrivals, occasion_of
from investor_flows.releases import find_news, week_of

LIST = "send events/held.json to the operate function for the list"


class HeldStore(Store, Protocol):
    """The store, as the one that keeps held rows too."""

    def held_row(self, mark: str) -> HeldRow | None:
        """The held row of a fingerprint."""
        ...


def release_held(mark: str, why: str, store: HeldStore, now: datetime) -> Report:
    """Store a held row with the reason, and owe readers its announcement. A RequestError has changed nothing."""
    progress = store.progress()
    release = _release(_vouched_for(mark, why, store, now), store, now)
    if progress.last_published is None:
        raise RequestError("the history is not stored yet: send events/poll.json to the poll function first")
    occasion = occasion_of(store, progress, release)
    owed = [*announcements_of(release, occasion, progress, now), *arrivals(release, progress, now)]
    try:
        store.add(advanced(progress, release, occasion), owed, [item.vintage for item in release.news])
    except Outrun:
        raise RequestError("a poll stored something at the same time: send this again") from None
    return Report().plus(release, sum(each.occasion is not Occasion.HISTORY for each in owed))


def _vouched_for(mark: str, why: str, store: HeldStore, now: datetime) -> Record:
    """The row's record with the reason, where it can be released."""
    row = store.held_row(mark)
    if row is None:
        raise RequestError(f'"fingerprint" {mark!r} is of no held row; {LIST}')
    obstacle, record = why_not(row.held, stored_since(row, store)), row.held.record
    if record is None or obstacle:
        raise RequestError(f"this row cannot be released: {obstacle}. It flows when the vendor sends it right")
    if record.published_date > today(now):
        raise RequestError(f"this row is published on {record.published_date}, which is still to come")
    note = {"why": why, "at": now.isoformat(timespec="seconds"), "held_for": row.held.reason, "fingerprint": mark}
    extra = json.loads(record.extra) if record.extra else {}
    return replace(record, extra=json.dumps(extra | {BY_HAND: note}, sort_keys=True, ensure_ascii=False))


def _release(record: Record, store: Store, now: datetime) -> Release:
    """The record as news of its week."""
    week = list(store.vintages(record.section, record.measure, record.end_date, record.end_date))
    news, _ = find_news([record], {week_of(record): week}, now)
    if not news:
        raise RequestError("these figures are stored already, as they were before the row was held")
    return Release(record.published_date, tuple(news))
