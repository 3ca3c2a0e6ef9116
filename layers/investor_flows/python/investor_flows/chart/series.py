"""The data of the picture: the `series` part of the message document, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from investor_flows.model import Measure

INVESTOR_TYPES = ("Foreigners", "Individuals")
MOST_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Week:
    """Net buying in one week, by investor type; None was not published, and is never drawn as zero."""

    start_date: date
    end_date: date
    revised: bool
    balances: Mapping[str, int | None]

    @classmethod
    def read(cls, week: Mapping[str, Any]) -> Self:
        """One entry of `weeks`. A field that is absent raises: a changed document must not look like no data."""
        return cls(
            start_date=date.fromisoformat(week["start_date"]),
            end_date=date.fromisoformat(week["end_date"]),
            revised=bool(week["revised"]),
            balances={kind: week[kind] for kind in INVESTOR_TYPES},
        )

    @property
    def missing(self) -> bool:
        """Whether any panel has no figure for this week."""
        return None in self.balances.values()


@dataclass(frozen=True, slots=True)
class Series:
    """Up to 52 weeks of one section and measure, oldest first."""

    section: str
    measure: Measure
    weeks: tuple[Week, ...]
    note: str

    @classmethod
    def read(cls, series: Mapping[str, Any]) -> Self:
        """The document's series; older weeks than 52 are left out."""
        if not series["weeks"]:
            raise ValueError("a chart needs at least one week")
        weeks = tuple(Week.read(week) for week in series["weeks"][-MOST_WEEKS:])
        return cls(series["section"], Measure(series["measure"]), weeks, series.get("note") or "")

    @property
    def newest(self) -> Week:
        """The week that the chart is about."""
        return self.weeks[-1]

    @property
    def revised_count(self) -> int:
        """How many weeks were corrected."""
        return sum(week.revised for week in self.weeks)

    @property
    def missing_count(self) -> int:
        """How many weeks lack a figure."""
        return sum(week.missing for week in self.weeks)

    def balances(self, investor_type: str) -> list[int | None]:
        """One investor type's weeks, oldest first."""
        return [week.balances[investor_type] for week in self.weeks]

    def running(self, investor_type: str) -> list[int | None]:
        """The sum up to each published week; None where the week was not published."""
        total, sums = 0, list[int | None]()
        for balance in self.balances(investor_type):
            total += balance or 0
            sums.append(None if balance is None else total)
        return sums

    def total(self, investor_type: str) -> int | None:
        """The sum of the published weeks, or None where there is none."""
        known = [balance for balance in self.balances(investor_type) if balance is not None]
        return sum(known) if known else None

    def published_count(self, investor_type: str) -> int:
        """How many weeks the sum is made of."""
        return sum(balance is not None for balance in self.balances(investor_type))
