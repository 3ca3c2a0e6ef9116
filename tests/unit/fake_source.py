"""J-Quants Pro in memory, for the port `Source`."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import date, timedelta

from investor_flows.errors import InvestorFlowsError
from investor_flows.model import Held, Measure, Record

Window = tuple[date, date]
NO_TIME = timedelta()


class FakeSource:
    """Serves what is published. `windows_on`: a window is compared with `published`, `period` or `nothing`."""

    def __init__(self, *published: Record | Held, windows_on: str = "published") -> None:
        self.published: list[Record | Held] = list(published)
        self.asked: list[tuple[Measure, Window | None]] = []
        self._fault: Callable[[Window | None], None] | None = None
        self._windows_on = windows_on

    def rows(self, measure: Measure, window: Window | None = None) -> list[Record | Held]:
        """Serve a window or everything, or fail as told."""
        self.asked.append((measure, window))
        if self._fault and measure is Measure.VOLUME:
            self._fault(window)
        return [row for row in self.published if row.measure is measure and self._selects(row, window)]

    def connected(self) -> nullcontext[None]:
        """There is nothing to connect to."""
        return nullcontext()

    def publish(self, *rows: Record | Held) -> None:
        """Add rows."""
        self.published += rows

    def replace(self, old: Iterable[Record | Held], new: Iterable[Record | Held]) -> None:
        """Serve other rows in place of some."""
        gone = list(old)
        self.published = [row for row in self.published if row not in gone] + list(new)

    def fail(
        self, fault: InvestorFlowsError, *, windowed: bool = True, since: date = date.min, longest: timedelta = NO_TIME
    ) -> None:
        """Let the requests for volume fail, the last ones of a fetch: from a day on, or for long windows alone."""

        def fail(window: Window | None) -> None:
            if windowed is bool(window) and (not window or (window[1] >= since and window[1] - window[0] >= longest)):
                raise fault

        self._fault = fail

    def heal(self) -> None:
        """Let nothing fail any more."""
        self._fault = None

    def _selects(self, row: Record | Held, window: Window | None) -> bool:
        if window is None or self._windows_on == "nothing":
            return True
        day = row.published_date if self._windows_on == "published" else row.end_date
        return day is None or window[0] <= day <= window[1]
