"""What readers are owed: an announcement, its kind, its occasion, and what it lacks."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from investor_flows.model import JST, Measure, VintageKey

OPERATION_RECEIPT = "ops-"
"""How the receipt of a report to operators begins: it stands in the log of deliveries, and is no announcement."""


class Kind(StrEnum):
    """What an announcement tells. Subscribers filter on it."""

    RELEASE = "release"
    REVISION = "revision"
    RESTATEMENT = "restatement"
    OVERDUE = "overdue"
    ARRIVED = "arrived"
    TEST = "test"  # sent by hand; nobody is owed it


class Occasion(StrEnum):
    """Why an announcement is made."""

    HISTORY = "history"  # stored silently; nobody is owed a message
    START = "start"  # the newest release at the start of monitoring
    NEW = "new"
    ADDITION = "addition"  # late sections of a release that was told before


@dataclass(frozen=True, slots=True)
class Gap:
    """A section's value or volume that a release lacks, and why where the reason is known."""

    section: str
    measure: Measure
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DueWeek:
    """A week of trading, and the day on which its figures are due."""

    start_date: date
    end_date: date
    published_date: date


@dataclass(frozen=True, slots=True)
class Announcement:
    """What readers are owed for vintages stored together, all of one kind. Its receipt is printed in every message."""

    receipt: str
    kind: Kind
    occasion: Occasion
    published_date: date
    first_seen_at: datetime
    keys: tuple[VintageKey, ...]
    missing: tuple[Gap, ...] = ()
    held: tuple[Gap, ...] = ()
    due: DueWeek | None = None  # the week that is overdue, has arrived after all, or comes next (in a test)

    @property
    def as_of(self) -> date:
        """The day that its news is of: the published date, or for restatements the day we saw them."""
        if not any(key.restatement for key in self.keys):
            return self.published_date
        return max(self.published_date, self.first_seen_at.astimezone(JST).date())


def published_date_of(receipt: str) -> date | None:
    """The published date that a receipt names, as in rel-2026-11-19-7f3a1b2c; None where it names none."""
    _, _, rest = receipt.partition("-")
    try:
        return date.fromisoformat(rest[:10])
    except ValueError:
        return None
