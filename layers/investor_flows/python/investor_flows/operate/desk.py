"""The operator's desk: what requests are answered from, and which release one asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from investor_flows.announce import Wording
from investor_flows.announcements import Announcement, published_date_of
from investor_flows.errors import RequestError
from investor_flows.held_rows import HeldRow
from investor_flows.operate.doctor import Patient
from investor_flows.operate.explain import Ledger
from investor_flows.operate.preview import Draw
from investor_flows.operate.ways import Ways
from investor_flows.progress import Progress
from investor_flows.recall import History
from investor_flows.request import Json, Request

RECEIPT = "rel-2026-11-19-7f3a1b2c"
WHICH = ("published_date", "receipt")


class Archive(History, Protocol):
    """The store, as a reader sees it."""

    def progress(self) -> Progress:
        """How far polling has come."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What the requests are answered from."""

    archive: Archive
    ledger: Ledger
    held: Callable[[], list[HeldRow]]
    patient: Patient
    watch: Callable[[datetime], Json]
    ways: Ways
    wording: Callable[[str], Wording]
    draw: Draw
    languages: tuple[str, ...]  # in which readers are told
    headline_section: str


def release_of(request: Request, desk: Desk) -> tuple[date, str | None]:
    """The release that is asked for: by receipt, by published date, or else the newest."""
    if "receipt" not in request:
        return request.day_or_latest("published_date", newest(desk)), None
    if "published_date" in request:
        raise RequestError('give "receipt" or "published_date", not both')
    receipt = request.text("receipt", RECEIPT)
    published_date = published_date_of(receipt)
    if published_date is None:
        raise RequestError(f'"receipt" must be one that a message shows, as in "{RECEIPT}"; this was {receipt!r}')
    return published_date, receipt


def announcements_of(request: Request, desk: Desk) -> list[Announcement]:
    """The announcements that are asked for; at least one."""
    published_date, receipt = release_of(request, desk)
    stored = desk.archive.announcements(published_date)
    found = [each for each in stored if receipt in (None, each.receipt)]
    if not found:
        raise unknown_release(published_date, receipt, desk)
    return found


def newest(desk: Desk) -> date:
    """The published date of the newest release."""
    published_date = desk.archive.progress().last_published
    if published_date is None:
        raise RequestError("no release is stored yet: send events/poll.json to the poll function first")
    return published_date


def unknown_release(published_date: date, receipt: str | None, desk: Desk) -> RequestError:
    """The error that says that there is no such release, and which is the newest."""
    what = f"the receipt {receipt}" if receipt else f"a release of {published_date}"
    return RequestError(f'{what} is not stored; the newest release is of {newest(desk)}, or ask for "latest"')
