"""In-memory stand-ins for the ports: lists, and nothing that the real ones do not promise."""

from collections.abc import Iterable, Sequence
from datetime import date

from investor_flows.announcements import Announcement
from investor_flows.model import Measure, Vintage, VintageKey


class FakeStore:
    """A store as a reader of history (summary.History)."""

    def __init__(self, vintages: Iterable[Vintage] = (), announcements: Iterable[Announcement] = ()) -> None:
        self.kept = list(vintages)
        self.owed = list(announcements)

    def find(self, keys: Sequence[VintageKey]) -> list[Vintage]:
        """The vintages of these keys, in their order."""
        by_key = {vintage.key: vintage for vintage in self.kept}
        return [by_key[key] for key in keys]

    def vintages(self, section: str, measure: Measure, first: date, last: date) -> list[Vintage]:
        """All vintages of the weeks that end from `first` to `last`, oldest first."""
        series = [each for each in self.kept if (each.record.section, each.record.measure) == (section, measure)]
        series.sort(key=lambda vintage: (vintage.record.end_date, vintage.order))
        return [vintage for vintage in series if first <= vintage.record.end_date <= last]

    def announcements(self, published_date: date) -> list[Announcement]:
        """What was stored as published on a date."""
        return [each for each in self.owed if each.published_date == published_date]
