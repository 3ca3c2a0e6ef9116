"""How far polling has come."""

from dataclasses import dataclass
from datetime import date, datetime

from investor_flows.announcements import DueWeek


@dataclass(frozen=True, slots=True)
class Progress:
    """How far polling has come: one small item, read by every poll, replaced on condition of its version."""

    version: int = 0
    last_published: date | None = None  # None until the history is stored
    started: bool = False  # the start of monitoring has been announced
    seen: frozenset[bytes] = frozenset()  # fingerprints of the recent rows that are settled
    waiting: tuple[tuple[date, datetime], ...] = ()  # incomplete releases, and since when
    backfill_from: date | None = None  # where a backfill that was cut off goes on
    newest_week: date | None = None  # end date of the newest week stored
    overdue: tuple[DueWeek, ...] = ()  # told to be overdue, and not here yet
