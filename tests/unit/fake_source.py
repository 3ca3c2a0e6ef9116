"""J-Quants Pro in memory, for the port `Source`."""

from collections.abc import Iterable
from datetime import date

from investor_flows.errors import SourceError
from investor_flows.model import Held, Measure, Record

Window = tuple[date, date]


class FakeSource:
    """Serves what is published. `windows_on`: a window is compared with `published`, `period` or `nothing`."""

    def __init__(self, *published: Record | Held, windows_on: str = "published") -> None:
        self.published: list[Record | Held] = list(published)
        self.asked: list[tuple[Measure, Window | None]] = []
        self.faults: dict[tuple[Measure, bool], SourceError] = {}
        self._windows_on = windows_on

    def rows(self, measure: Measure, window: Window | None = None) -> list[Record | Held]:
        """Serve a window or everything, or fail as told."""
        self.asked.append((measure, window))
        if fault := self.faults.get((measure, window is not None)):
            raise fault
        return [row for row in self.published if row.measure is measure and self._selects(row, window)]

    def publish(self, *rows: Record | Held) -> None:
        """Add rows."""
        self.published += rows

    def replace(self, old: Iterable[Record | Held], new: Iterable[Record | Held]) -> None:
        """Serve other rows in place of some."""
        gone = list(old)
        self.published = [row for row in self.published if row not in gone] + list(new)

    def fail(self, fault: SourceError, *, windowed: bool = True) -> None:
        """Let the requests for volume fail: the last ones of a fetch."""
        self.faults[Measure.VOLUME, windowed] = fault

    def _selects(self, row: Record | Held, window: Window | None) -> bool:
        if window is None or self._windows_on == "nothing":
            return True
        day = row.published_date if self._windows_on == "published" else row.end_date
        return day is None or window[0] <= day <= window[1]
