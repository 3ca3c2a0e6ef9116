"""Golden cases of notices: a release that is overdue, and the all-clear."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from investor_flows.announcements import DueWeek, Gap, Kind
from investor_flows.model import JST, Measure
from investor_flows.overdue import deadline, notice
from investor_flows.summary import Summary, summarise

from tests.unit.fakes import FakeStore

WEEK = DueWeek(date(2026, 12, 21), date(2026, 12, 25), date(2027, 1, 4))


@dataclass(frozen=True)
class Notice:
    """A notice, at a time."""

    kind: Kind
    at: datetime
    held: tuple[Gap, ...] = ()

    def summary(self) -> Summary:
        """Summarise it as the announce function does."""
        return summarise(notice(self.kind, WEEK, self.at, self.held), FakeStore(), "TokyoNagoya")


def overdue_over_new_year() -> Notice:
    return Notice(Kind.OVERDUE, deadline(WEEK) + timedelta(minutes=3, seconds=7))


def overdue_since_all_of_it_is_held() -> Notice:
    reason = "TotalTotal 61000000 is less than a 50th of 61000000000, the size of the weeks around"
    held = tuple(Gap(section, Measure.VALUE, reason) for section in ("TSEPrime", "TokyoNagoya"))
    return Notice(Kind.OVERDUE, deadline(WEEK) + timedelta(minutes=3, seconds=7), held)


def arrived_after_all() -> Notice:
    return Notice(Kind.ARRIVED, datetime(2027, 1, 5, 9, 33, 12, tzinfo=JST))
