"""The words above a panel: its name and the newest figure at the left, the sum at the right."""

from dataclasses import dataclass
from typing import Self

from investor_flows.chart.lettering import ems
from investor_flows.chart.series import Series
from investor_flows.chart.words import Words, direction

SIZES = {"name": 30, "figure": 36, "word": 24, "week": 18, "total_name": 18, "total": 24}
ROOM, GAPS = 990, 90


@dataclass(frozen=True, slots=True)
class Header:
    """The newest figure is said in words too: its sign and colour are easily missed."""

    name: str
    direction: str
    figure: str
    word: str
    week: str
    total_name: str
    total: str

    @property
    def sizes(self) -> dict[str, float]:
        """Font sizes; smaller only for amounts that no market has seen."""
        needed = sum(size * ems(getattr(self, part)) for part, size in SIZES.items())
        shrink = min(1.0, (ROOM - GAPS) / needed)
        return {part: round(size * shrink, 1) for part, size in SIZES.items()}

    @classmethod
    def of(cls, investor_type: str, series: Series, words: Words) -> Self:
        """The words above one panel."""
        newest, balance = series.newest, series.newest.balances[investor_type]
        weeks, total = series.published_count(investor_type), series.total(investor_type)
        return cls(
            name=words.investor_types[investor_type],
            direction=direction(balance),
            figure=words.figure(balance, series.measure),
            word=words.directions[direction(balance)],
            week=words.week(newest.start_date, newest.end_date),
            total_name=words.total.format(weeks=weeks) if weeks else "",
            total=words.figure(total, series.measure) if weeks else "",
        )
