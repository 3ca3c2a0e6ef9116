"""The operator's desk: reads a request, lets its use case answer it, and refuses what cannot be answered.

Each request is a file in `events/`; README, "Operate it", says when to use which.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from investor_flows.announcements import published_date_of
from investor_flows.doctor import Patient, doctor
from investor_flows.errors import RequestError
from investor_flows.explain import Ledger, explain
from investor_flows.progress import Progress
from investor_flows.request import Json, Request, task_of, time_of


class Archive(Protocol):
    """The store, as a reader sees it."""

    def progress(self) -> Progress:
        """How far polling has come."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What the requests are answered from."""

    archive: Archive
    ledger: Ledger
    patient: Patient


def answer(event: Mapping[str, Any], desk: Desk, wall_clock: datetime) -> Json:
    """Answer an operator's request. Raises RequestError, which says what is accepted, and has changed nothing."""
    task = task_of(event, TASKS)
    return task(event, desk, time_of(event, wall_clock))


def _explain(event: Mapping[str, Any], desk: Desk, now: datetime) -> Json:
    published_date, receipt = _release(Request(event, "published_date", "receipt"), desk)
    found = explain(desk.ledger, published_date, receipt, now)
    if not found["announcements"] and not found["sent_by_hand"]:
        raise _unknown_release(published_date, receipt, desk)
    return found


def _release(request: Request, desk: Desk) -> tuple[date, str | None]:
    """The release that is asked for: by receipt, by published date, or else the newest."""
    if "receipt" not in request:
        return request.day_or_latest("published_date", _newest(desk)), None
    if "published_date" in request:
        raise RequestError('give "receipt" or "published_date", not both')
    receipt = request.text("receipt", RECEIPT)
    published_date = published_date_of(receipt)
    if published_date is None:
        raise RequestError(f'"receipt" must be one that a message shows, as in "{RECEIPT}"; this was {receipt!r}')
    return published_date, receipt


def _newest(desk: Desk) -> date:
    newest = desk.archive.progress().last_published
    if newest is None:
        raise RequestError("no release is stored yet: send events/poll.json to the poll function first")
    return newest


def _unknown_release(published_date: date, receipt: str | None, desk: Desk) -> RequestError:
    what = f"the receipt {receipt}" if receipt else f"a release of {published_date}"
    return RequestError(f'{what} is not stored; the newest release is of {_newest(desk)}, or ask for "latest"')


RECEIPT = "rel-2026-11-19-7f3a1b2c"


def _doctor(event: Mapping[str, Any], desk: Desk, now: datetime) -> Json:
    Request(event)
    return doctor(desk.patient, now)


TASKS: Mapping[str, Callable[[Mapping[str, Any], Desk, datetime], Json]] = {
    "explain": _explain,
    "doctor": _doctor,
}
