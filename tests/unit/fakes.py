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
        return [vintage for vintage in self._series(section, measure) if first <= vintage.record.end_date <= last]

    def history(self, section: str, measure: Measure, weeks: int, as_of: date | None = None) -> list[Vintage]:
        """The last weeks of a series, oldest first, one vintage a week, as known at the end of a day."""
        known = (each for each in self._series(section, measure) if as_of is None or each.known_on <= as_of)
        newest = {vintage.record.end_date: vintage for vintage in known}
        return list(newest.values())[-weeks:]

    def announcements(self, published_date: date) -> list[Announcement]:
        """What was stored as published on a date."""
        return [each for each in self.owed if each.published_date == published_date]

    def _series(self, section: str, measure: Measure) -> list[Vintage]:
        series = [each for each in self.kept if (each.record.section, each.record.measure) == (section, measure)]
        return sorted(series, key=lambda vintage: (vintage.record.end_date, vintage.order))
