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
        self._fault: tuple[SourceError, bool, date] | None = None
        self._windows_on = windows_on

    def rows(self, measure: Measure, window: Window | None = None) -> list[Record | Held]:
        """Serve a window or everything, or fail as told."""
        self.asked.append((measure, window))
        if self._fault and measure is Measure.VOLUME:
            fault, windowed, since = self._fault
            if windowed is bool(window) and (not window or window[1] >= since):
                raise fault
        return [row for row in self.published if row.measure is measure and self._selects(row, window)]

    def publish(self, *rows: Record | Held) -> None:
        """Add rows."""
        self.published += rows

    def replace(self, old: Iterable[Record | Held], new: Iterable[Record | Held]) -> None:
        """Serve other rows in place of some."""
        gone = list(old)
        self.published = [row for row in self.published if row not in gone] + list(new)

    def fail(self, fault: SourceError, *, windowed: bool = True, since: date = date.min) -> None:
        """Let the requests for volume fail, the last ones of a fetch, from a day on."""
        self._fault = fault, windowed, since

    def heal(self) -> None:
        """Let nothing fail any more."""
        self._fault = None

    def _selects(self, row: Record | Held, window: Window | None) -> bool:
        if window is None or self._windows_on == "nothing":
            return True
        day = row.published_date if self._windows_on == "published" else row.end_date
        return day is None or window[0] <= day <= window[1]
