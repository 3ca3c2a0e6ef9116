"""Requests to the poll function, the schedules' among them. Each reads its fields and lets a use case act."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from investor_flows.intake import HISTORY_BEGINS, Report, Source, Store, today
from investor_flows.poll import audit, backfill, poll
from investor_flows.release_by_hand import HeldStore, release_held
from investor_flows.request import Request

REASON = "the exchange's page shows the same figures, checked by A. B."
Event = Mapping[str, Any]


def answer_poll(event: Event, source: Source, store: Store, now: datetime) -> Report:
    """Poll now."""
    Request(event)
    return poll(source, store, now)


def answer_backfill(event: Event, source: Source, store: Store, now: datetime) -> Report:
    """Store history silently: what was published from a day to a day, or all."""
    request = Request(event, "from", "to")
    if "from" not in request and "to" not in request:
        return backfill(source, store, now)
    return backfill(source, store, now, request.span(today(now), today(now) - HISTORY_BEGINS))


def answer_audit(event: Event, source: Source, store: Store, now: datetime) -> Report:
    """Compare the whole history with the store."""
    Request(event)
    return audit(source, store, now)


def answer_release_held(event: Event, _: Source, store: HeldStore, now: datetime) -> Report:
    """Release a held row by hand."""
    request = Request(event, "fingerprint", "reason")
    return release_held(request.fingerprint(), request.text("reason", REASON), store, now)


TASKS: Mapping[str, Callable[[Event, Source, HeldStore, datetime], Report]] = {
    "poll": answer_poll,
    "backfill": answer_backfill,
    "audit": answer_audit,
    "release_held": answer_release_held,
}
