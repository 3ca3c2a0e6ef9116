"""Replay: sends an announcement once more, marked so, under a receipt of its own that begins with the old one.

It is a message of its own for every log. What the original announcement came to is read, and left as it is.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from investor_flows.announce import Wording
from investor_flows.announcements import Announcement
from investor_flows.message import Message
from investor_flows.recall import History
from investor_flows.summary import Summary, summarise


def replay(
    announcements: Iterable[Announcement],
    store: History,
    wordings: Sequence[Wording],
    headline_section: str,
    send: Callable[[Message], None],
    now: datetime,
) -> list[dict[str, str]]:
    """Send each announcement again in each language; name each new receipt with the one that it repeats."""
    again = [once_more(summarise(each, store, headline_section), now) for each in announcements]
    for summary in again:
        for wording in wordings:
            send(wording.message(summary))
    return [{"receipt": summary.announcement.receipt, "replays": summary.replays} for summary in again]


def once_more(summary: Summary, now: datetime) -> Summary:
    """The same under a receipt of this moment, which names the old one and still fits into a line of an e-mail."""
    original = summary.announcement
    digest = hashlib.blake2b(now.astimezone(UTC).isoformat().encode(), digest_size=3).hexdigest()
    receipt = f"{original.receipt}-r{digest}"
    return replace(summary, announcement=replace(original, receipt=receipt), replays=original.receipt)
