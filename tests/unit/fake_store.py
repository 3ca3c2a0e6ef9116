"""The store in memory, for the ports of poll and announce: lists, the conditions of writes, and a count of them."""

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from datetime import date, datetime

from investor_flows.announcements import Announcement, Kind, Occasion
from investor_flows.errors import Outrun
from investor_flows.held_rows import HeldRow
from investor_flows.model import Held, Measure, Vintage, VintageKey
from investor_flows.progress import Progress
from investor_flows.releases import fingerprint


class Died(Exception):
    """The process ended in the middle of its work."""


class FakeStore:
    """Vintages, announcements, held rows and progress.

    `meanwhile` runs once before the next write: what another process does. `lives` counts the writes until death.
    `mark_faults` are raised by the next marks, one each.
    """

    def __init__(self) -> None:
        self.kept = Progress()
        self.stored: list[Vintage] = []
        self.announced: list[Announcement] = []
        self.held: list[Held] = []
        self.held_at: dict[Held, datetime] = {}
        self.writes: list[int] = []  # items in each
        self.reads = 0  # of vintages
        self.meanwhile: Callable[[], object] | None = None
        self.lives: int | None = None
        self.told_at: dict[str, datetime] = {}  # receipts, and when the topic had taken them
        self.mark_faults: list[BaseException] = []
        self._waiting: dict[str, datetime] = {}  # receipts of untold announcements, and when they were offered
        self._languages: dict[str, set[str]] = {}  # what they were told in so far

    @property
    def owed(self) -> list[Announcement]:
        """What readers are owed or have had: all but silent announcements."""
        return [each for each in self.announced if each.occasion is not Occasion.HISTORY]

    # What a poll needs.

    def progress(self) -> Progress:
        """How far polling has come."""
        return self.kept

    def vintages(self, section: str, measure: Measure, first: date, last: date) -> list[Vintage]:
        """All vintages of the weeks that end from `first` to `last`, oldest first."""
        self.reads += 1
        series = [v for v in self.stored if (v.record.section, v.record.measure) == (section, measure)]
        return sorted((v for v in series if first <= v.record.end_date <= last), key=_age)

    def was_announced(self, published_date: date) -> bool:
        """Whether readers are owed or have had this date's release."""
        return any(each.published_date == published_date and each.kind is Kind.RELEASE for each in self.owed)

    def add(self, progress: Progress, announcements: Sequence[Announcement], vintages: Sequence[Vintage]) -> Progress:
        """Write all or nothing, on condition that none of it is there and nobody was faster."""
        self._let_others_act()
        self._spend_a_life()
        if progress.version != self.kept.version or self._any_there(announcements, vintages):
            raise Outrun("another poll stored first")
        self.writes.append(1 + len(announcements) + len(vintages))
        assert self.writes[-1] <= 100, "DynamoDB takes 100 items in a transaction"
        self.kept = replace(progress, version=progress.version + 1)
        self.stored += vintages
        self.announced += announcements
        self._waiting |= {a.receipt: a.first_seen_at for a in announcements if a.occasion is not Occasion.HISTORY}
        return self.kept

    def hold(self, held: Held, first_seen_at: datetime) -> bool:
        """Keep a held row; say whether it is new."""
        self._let_others_act()
        if (held.measure, held.raw) in {(each.measure, each.raw) for each in self.held}:
            return False
        self._spend_a_life()
        self.held.append(held)
        self.held_at[held] = first_seen_at
        self.writes.append(1)
        return True

    def held_row(self, mark: str) -> HeldRow | None:
        """The held row of a fingerprint."""
        return next((row for row in self.held_rows() if row.mark == mark), None)

    def held_rows(self) -> list[HeldRow]:
        """All held rows."""
        return [HeldRow(fingerprint(each).hex(), each, self.held_at[each]) for each in self.held]

    def offer_again(self, untold_since: datetime, now: datetime) -> int:
        """Offer announcements that are still untold again."""
        overdue = [receipt for receipt, offered_at in self._waiting.items() if offered_at < untold_since]
        self._waiting |= dict.fromkeys(overdue, now)
        self.writes += [1] * len(overdue)
        return len(overdue)

    # What announcing needs.

    def find(self, keys: Sequence[VintageKey]) -> list[Vintage]:
        """The vintages of these keys, in their order."""
        found = {vintage.key: vintage for vintage in self.stored}
        return [found[key] for key in keys]

    def announcements(self, published_date: date) -> list[Announcement]:
        """What was stored as published on a date."""
        return [each for each in self.announced if each.published_date == published_date]

    def told_in(self, announcement: Announcement) -> Set[str] | None:
        """The languages that an untold announcement was told in; None where nothing is owed any more."""
        told_in = frozenset(self._languages.get(announcement.receipt, ()))
        return told_in if announcement.receipt in self._waiting else None

    def note_told(self, announcement: Announcement, language: str) -> None:
        """Remember a language."""
        self._languages.setdefault(announcement.receipt, set()).add(language)

    def mark_told(self, announcement: Announcement, now: datetime) -> None:
        """Remember that the topic took it."""
        if self.mark_faults:
            raise self.mark_faults.pop(0)
        del self._waiting[announcement.receipt]
        self.told_at[announcement.receipt] = now

    def _any_there(self, announcements: Sequence[Announcement], vintages: Sequence[Vintage]) -> bool:
        receipts = {each.receipt for each in self.announced} & {each.receipt for each in announcements}
        return bool(receipts or {v.key for v in self.stored} & {v.key for v in vintages})

    def _let_others_act(self) -> None:
        if self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()

    def _spend_a_life(self) -> None:
        if self.lives is not None:
            self.lives -= 1
            if self.lives < 0:
                raise Died


def _age(vintage: Vintage) -> tuple[date, date, int]:
    return vintage.record.end_date, *vintage.order
