"""The y axes: nice steps, with the zeros of the left and the right axis on one level.

A quantum is the smallest amount that the chart can say: 0.1 bn yen, which is 1億円, or a million shares.
"""

from dataclasses import dataclass
from typing import Self

GRIDS = [(lines - above, above) for lines in (3, 4, 5) for above in range(lines + 1)]
NICE_TENTHS = (10, 15, 20, 25, 30, 40, 50, 60, 80, 100)
Span = tuple[int, int]


def span(values: list[int | None], quantum: int) -> Span:
    """Lowest and highest value in whole quanta, rounded outwards; zero is always inside."""
    known = [value for value in values if value is not None]
    return min(0, min(known, default=0) // quantum), max(0, -(-max(known, default=0) // quantum))


def nice(at_least: int) -> int:
    """The smallest step that is not below the number and counts well: 1, 1.5, 2 … times a power of ten."""
    power: int = 10 ** (len(str(at_least)) - 1)
    return next(step for tenths in NICE_TENTHS if (step := power * tenths // 10) >= at_least)


def fitting_step(extent: Span, below: int, above: int) -> int | None:
    """The nice step with which so many lines below and above zero hold the extent; None where none does."""
    low, high = extent
    if (low and not below) or (high and not above):
        return None
    return nice(max(1, -(low // max(below, 1)), -(-high // max(above, 1))))


@dataclass(frozen=True, slots=True)
class Scale:
    """One grid for two axes: how many lines below and above zero, and the step of each axis in quanta."""

    below: int
    above: int
    left: int
    right: int

    @classmethod
    def of(cls, left: Span, right: Span) -> Self:
        """The grid that both extents fill best."""
        if not any(left + right):
            return cls(below=1, above=1, left=1, right=1)
        fits = [
            cls(below, above, left_step, right_step)
            for below, above in GRIDS
            if (left_step := fitting_step(left, below, above)) and (right_step := fitting_step(right, below, above))
        ]
        return max(fits, key=lambda scale: scale.filled(left, right))

    def filled(self, left: Span, right: Span) -> float:
        """Which part of both axes is used; of equals, the one with fewer lines is more."""
        bars, line = (left[1] - left[0]) / self.left, (right[1] - right[0]) / self.right
        return (bars + line) / len(self.lines[1:]) - len(self.lines) / 1000

    @property
    def lines(self) -> range:
        """The grid lines as multiples of the step, the lowest first."""
        return range(-self.below, self.above + 1)
