"""The x axis: one column for each calendar week, so that a week the store lacks leaves a gap; labels for months."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from investor_flows.chart.scale import nice

LEFT, RIGHT = 122, 1080
FEWEST = 13  # a young store's bars stay bars, at the right where the newest week belongs
LABEL_ROOM = 66  # pixels
WEEKS_IN_A_MONTH = 4.34


@dataclass(frozen=True, slots=True)
class Month:
    """A label under the first week of a month; the year only where it is new."""

    x: float
    month: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each week stands: its slot among all columns."""

    count: int
    slots: tuple[int, ...]
    end_dates: tuple[date, ...]

    @classmethod
    def of(cls, end_dates: list[date]) -> Self:
        """Columns by the Monday of each week. Two rows in one week, which J-Quants never sent, stand side by side."""
        slots = [0]
        for end_date in end_dates[1:]:
            calendar = (_monday(end_date) - _monday(end_dates[0])).days // 7
            slots.append(max(calendar, slots[-1] + 1))
        empty = max(0, FEWEST - 1 - slots[-1])
        return cls(empty + slots[-1] + 1, tuple(empty + slot for slot in slots), tuple(end_dates))

    @property
    def pitch(self) -> float:
        """Width of a column."""
        return (RIGHT - LEFT) / self.count

    def x(self, slot: int) -> float:
        """Centre of a column."""
        return round(LEFT + (slot + 0.5) * self.pitch, 1)

    def months(self) -> list[Month]:
        """Labels at the first week of each month, or of every few months where they would touch."""
        days = {slot: self._day(slot) for slot in self._labelled()}
        years = [None, *(day.year for day in days.values())]
        return [
            Month(self.x(slot), day.month, None if day.year == year_before else day.year)
            for (slot, day), year_before in zip(days.items(), years, strict=False)
        ]

    def _labelled(self) -> list[int]:
        """Slots that get a label; the oldest week too, where its label has room."""
        every, oldest = self._months_apart(), self.slots[0]
        starts = [
            slot for slot in range(oldest + 1, self.count) if self._period(slot, every) > self._period(slot - 1, every)
        ]
        has_room = not starts or self.x(starts[0]) - self.x(oldest) >= LABEL_ROOM
        return [oldest, *starts] if has_room else starts

    def _months_apart(self) -> int:
        months = int(LABEL_ROOM / self.pitch / WEEKS_IN_A_MONTH) + 1
        return next((step for step in (1, 2, 3, 6) if step >= months), 12 * nice(-(-months // 12)))

    def _period(self, slot: int, months: int) -> int:
        day = self._day(slot)
        return (day.year * 12 + day.month - 1) // months

    def _day(self, slot: int) -> date:
        """The end date of a column's week; where the store lacks the week, its Friday."""
        if slot in self.slots:
            return self.end_dates[self.slots.index(slot)]
        return _monday(self.end_dates[0]) + timedelta(weeks=slot - self.slots[0], days=4)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
