"""Trial: a test message, marked so. It names the release that comes next, so that there is something to read."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from investor_flows.announce import Wording
from investor_flows.announcements import Announcement, Kind, Occasion
from investor_flows.message import Message
from investor_flows.overdue import due_after
from investor_flows.summary import Summary, of_notice


def trial(
    newest_week: date,
    wordings: Sequence[Wording],
    headline_section: str,
    send: Callable[[Message], None],
    now: datetime,
) -> dict[str, str]:
    """Send a test message in each language, and name its receipt. Nobody is owed it, so nothing is stored."""
    summary = of_test(newest_week, headline_section, now)
    for wording in wordings:
        send(wording.message(summary))
    return {"receipt": summary.announcement.receipt}


def of_test(newest_week: date, headline_section: str, now: datetime) -> Summary:
    """What a test message says; its receipt is of this moment."""
    week = due_after(newest_week)
    digest = hashlib.blake2b(now.astimezone(UTC).isoformat().encode(), digest_size=4).hexdigest()
    receipt = f"tes-{week.published_date}-{digest}"
    announcement = Announcement(receipt, Kind.TEST, Occasion.NEW, week.published_date, now, keys=(), due=week)
    return of_notice(announcement, headline_section)
