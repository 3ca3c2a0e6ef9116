"""One investor type in pixels: bars against the left axis, the cumulative line against the right one."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from investor_flows.chart.columns import Columns
from investor_flows.chart.figures import QUANTA
from investor_flows.chart.header import Header
from investor_flows.chart.lettering import ems
from investor_flows.chart.scale import Scale, span
from investor_flows.chart.series import Series
from investor_flows.chart.words import Words, direction
from investor_flows.model import Measure

PLOT_HEIGHT = 172
LABEL_SIZE, LABEL_ROOM = 18, 100
BAR_SHARE, WIDEST_BAR, THINNEST = 0.74, 24.0, 1.5
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bar:
    """One week's net buying: above zero, below it, or a dash on it."""

    x: float
    y: float
    width: float
    height: float
    direction: str
    newest: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    """A level with its label on either axis."""

    y: float
    left: str
    right: str
    zero: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """Turns one panel's amounts into pixels. Both axes share the grid, and so the level of zero."""

    top: int
    scale: Scale
    quantum: int
    columns: Columns

    @classmethod
    def of(cls, investor_type: str, series: Series, columns: Columns, top: int) -> Self:
        """A plot whose axes hold every bar and the whole line."""
        quantum = QUANTA[series.measure]
        balances, running = series.balances(investor_type), series.running(investor_type)
        return cls(top, Scale.of(span(balances, quantum), span(running, quantum)), quantum, columns)

    @property
    def bottom(self) -> int:
        """The lowest grid line."""
        return self.top + PLOT_HEIGHT

    def y(self, lines: float) -> float:
        """The height of a level, counted in grid lines from zero."""
        return round(self.top + (self.scale.above - lines) * PLOT_HEIGHT / (self.scale.above + self.scale.below), 1)

    def grid(self, words: Words, measure: Measure) -> list[GridLine]:
        """Every grid line with both labels."""
        left, right = self.scale.left, self.scale.right
        return [
            GridLine(
                self.y(line), words.tick(line * left, left, measure), words.tick(line * right, right, measure), not line
            )
            for line in self.scale.lines
        ]

    def bars(self, balances: list[int | None]) -> list[Bar]:
        """A bar for each published week; never thinner than can be seen."""
        newest = len(balances) - 1
        return [
            self._bar(self.columns.x(slot), balance, index == newest)
            for index, (slot, balance) in enumerate(zip(self.columns.slots, balances, strict=True))
            if balance is not None
        ]

    def _bar(self, x: float, balance: int, newest: bool) -> Bar:
        width = round(min(WIDEST_BAR, max(THINNEST, self.columns.pitch * BAR_SHARE)), 1)
        zero, end = self.y(0), self.y(balance / (self.scale.left * self.quantum))
        height = round(max(THINNEST, abs(end - zero)), 1)
        rise = {"buying": 1.0, "selling": 0.0, "flat": 0.5}[direction(balance)]
        return Bar(round(x - width / 2, 1), round(zero - height * rise, 1), width, height, direction(balance), newest)

    def line(self, running: list[int | None]) -> list[list[Point]]:
        """The cumulative line in runs of neighbouring weeks; a week without a figure parts two runs."""
        runs: list[list[Point]] = []
        slot_before = None
        for slot, amount in zip(self.columns.slots, running, strict=True):
            if amount is None:
                continue
            if slot_before is None or slot > slot_before + 1:
                runs.append([])
            runs[-1].append((self.columns.x(slot), self.y(amount / (self.scale.right * self.quantum))))
            slot_before = slot
        return runs


@dataclass(frozen=True, slots=True)
class Panel:
    """What the template draws for one investor type."""

    header: Header
    plot: Plot
    grid: list[GridLine]
    bars: list[Bar]
    runs: list[list[Point]]
    bridges: list[tuple[Point, Point]]
    missing: list[float]

    @property
    def label_size(self) -> float:
        """Font size of the axis labels; smaller only where they would leave the picture."""
        widest = max(ems(label) for line in self.grid for label in (line.left, line.right))
        return round(min(LABEL_SIZE, LABEL_ROOM / widest), 1)

    @classmethod
    def of(cls, investor_type: str, series: Series, columns: Columns, words: Words, top: int) -> Self:
        """Lay out one panel."""
        plot, balances = Plot.of(investor_type, series, columns, top), series.balances(investor_type)
        runs = plot.line(series.running(investor_type))
        return cls(
            header=Header.of(investor_type, series, words),
            plot=plot,
            grid=plot.grid(words, series.measure),
            bars=plot.bars(balances),
            runs=runs,
            bridges=[(before[-1], after[0]) for before, after in pairwise(runs)],
            missing=[columns.x(slot) for slot, balance in zip(columns.slots, balances, strict=True) if balance is None],
        )
