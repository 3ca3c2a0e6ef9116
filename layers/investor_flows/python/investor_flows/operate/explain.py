"""Explain: what became of a release: when it was seen and stored, and what each channel was told, or why not yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from investor_flows.announcements import OPERATION_RECEIPT, Announcement, Gap, Occasion
from investor_flows.model import JST, VintageKey

QUEUED = "in the queue, or no channel wants it; see the doctor's line on queues and the slack function's log"

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Owed:
    """An announcement, and whether the topic took it."""

    announcement: Announcement
    told_at: datetime | None
    offered_at: datetime | None  # None where it is not untold


@dataclass(frozen=True, slots=True)
class Sent:
    """One channel's progress with one receipt."""

    receipt: str
    channel: str
    attempts: int
    begun_at: datetime | None
    claimed_until: datetime | None
    delivered_at: datetime | None
    failed_at: datetime | None
    refused: bool
    reason: str


class Ledger(Protocol):
    """The store, as the one that knows who was told what."""

    def release(self, published_date: date) -> tuple[list[Owed], list[Sent]]:
        """Everything that was published on a date, and each channel's progress with it."""
        ...


def explain(ledger: Ledger, published_date: date, receipt: str | None, now: datetime, *, slack: bool) -> Json:
    """Tell what became of a date's release, or of one receipt of it. `slack`: whether there is a way into Slack."""
    owed, sent = ledger.release(published_date)
    wanted = [each for each in owed if receipt in (None, each.announcement.receipt)]
    told = {each.announcement.receipt for each in owed}
    by_hand = [each for each in sent if each.receipt not in told and not each.receipt.startswith(OPERATION_RECEIPT)]
    return {
        "published_date": str(published_date),
        "announcements": [_announcement(each, sent, now, slack=slack) for each in wanted],
        "sent_by_hand": [
            {"receipt": each.receipt, **_delivery(each, now)}
            for each in by_hand
            if receipt is None or each.receipt.startswith(receipt)
        ],
    }


def _announcement(owed: Owed, sent: Sequence[Sent], now: datetime, *, slack: bool) -> Json:
    announcement = owed.announcement
    channels = [_delivery(each, now) for each in sent if each.receipt == announcement.receipt]
    if slack and owed.told_at and not channels:
        channels = [{"channel": "slack", "state": "waiting", "time": _time(owed.told_at), "reason": QUEUED}]
    return {
        "receipt": announcement.receipt,
        "kind": str(announcement.kind),
        "occasion": str(announcement.occasion),
        "seen_and_stored": _time(announcement.first_seen_at),
        "vintages": [_vintage(key) for key in announcement.keys],
        "missing": [_gap(gap) for gap in announcement.missing],
        "held": [_gap(gap) for gap in announcement.held],
        "topic": _topic(owed),
        "channels": channels,
    }


def _topic(owed: Owed) -> Json:
    """Whether the topic has it: from there it goes to e-mail, to programs and to the queue of Slack."""
    if owed.announcement.occasion is Occasion.HISTORY:
        return {"state": "silent", "reason": "stored as history; nobody is owed a message"}
    if owed.told_at:
        return {"state": "told", "time": _time(owed.told_at)}
    return {
        "state": "waiting",
        "time": _time(owed.offered_at),
        "reason": "the topic has not taken it; see the announce function's log. Each poll offers it again",
    }


def _delivery(sent: Sent, now: datetime) -> Json:
    state, since = _state(sent, now)
    told = {"channel": sent.channel, "state": state, "time": _time(since), "attempts": sent.attempts}
    return told | ({"reason": sent.reason} if sent.reason else {})


def _state(sent: Sent, now: datetime) -> tuple[str, datetime | None]:
    if sent.delivered_at:
        return "told", sent.delivered_at
    if sent.claimed_until and sent.claimed_until > now:
        return "being told", sent.begun_at
    return "refused" if sent.refused else "waiting", sent.failed_at or sent.begun_at


def _vintage(key: VintageKey) -> str:
    again = f", restatement {key.restatement}" if key.restatement else ""
    return f"{key.section} {key.measure} {key.start_date} to {key.end_date}{again}"


def _gap(gap: Gap) -> str:
    return f"{gap.section} {gap.measure}" + (f": {gap.reason}" if gap.reason else "")


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(JST).isoformat(timespec="seconds") if moment else None
