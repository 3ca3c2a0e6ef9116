"""What there is to tell of foreigners, or of individuals, in the week that a message leads with."""

from dataclasses import dataclass
from functools import cached_property

from investor_flows.announcements import Occasion
from investor_flows.flows import Rank, Statistics
from investor_flows.model import LEADS, Measure, Record
from investor_flows.summary import SectionWeek, Summary
from investor_flows.weeks import sign

PARTS = {
    "Foreigners": ("ForeignInstitutions", "ForeignIndividuals"),
    "Individuals": ("IndividualCash", "IndividualMargin"),
}
"""The sub-groups of each lead."""


@dataclass(frozen=True)
class Lead:
    """One investor type's week, for wording."""

    summary: Summary
    week: SectionWeek
    investor_type: str

    @cached_property
    def statistics(self) -> Statistics | None:
        """Statistics of this week's value; None where that was not published."""
        found = (each for each in self.summary.statistics if each.investor_type == self.investor_type)
        return next((each for each in found if self.week.value and each.end_date == self.week.end_date), None)

    @property
    def measure(self) -> Measure:
        """What the lead counts: value, or volume where that is all there is."""
        return Measure.VALUE if self.week.value or not self.week.volume else Measure.VOLUME

    @property
    def balance(self) -> int | None:
        """The week's net buying."""
        return _balance(self.week.value if self.measure is Measure.VALUE else self.week.volume, self.investor_type)

    @property
    def volume(self) -> int | None:
        """The week's net buying in thousand shares."""
        return _balance(self.week.volume, self.investor_type)

    @property
    def tells_volume(self) -> bool:
        """Whether shares are told beside the value. What came late has the other measure in an earlier message."""
        late = self.summary.announcement.occasion is Occasion.ADDITION
        return self.measure is Measure.VALUE and (self.week.volume is not None or not late)

    @property
    def previous(self) -> int | None:
        """The week before's net buying."""
        found = self.statistics
        return None if found is None or found.change is None else found.balance - found.change

    @property
    def parts(self) -> list[tuple[str, int | None]]:
        """The sub-groups and their net buying; none where neither was published."""
        record = self.week.value
        found = [(name, _balance(record, name)) for name in PARTS[self.investor_type]]
        return found if any(balance is not None for _, balance in found) else []

    @property
    def tells_largest(self) -> bool:
        """Whether "largest since" says something: not where the week before was as large, or there is none."""
        found, previous = self.statistics, self.previous
        if found is None or not found.largest.searched:
            return False
        return previous is None or sign(previous) != sign(found.balance) or abs(previous) < abs(found.balance)

    @property
    def ranks(self) -> list[Rank]:
        """Places among 52 and 260 weeks; once where there are not more on record, none without a direction."""
        found = self.statistics
        if found is None or not found.balance:
            return []
        return [rank for rank in dict.fromkeys((found.rank_52, found.rank_260)) if rank.of > 1]


def leads(summary: Summary, week: SectionWeek) -> list[Lead]:
    """Foreigners, then individuals."""
    return [Lead(summary, week, investor_type) for investor_type in LEADS]


def _balance(record: Record | None, investor_type: str) -> int | None:
    return None if record is None else record.balance(investor_type)
