"""What one language must be able to say in the chart. The wording itself is in `languages.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Tables are keyed as the API spells sections, measures and investor types, or by `direction`."""

    title: str
    source: str
    total: str
    newest: str
    year: str
    minus: str
    none: str
    months: tuple[str, ...]
    sections: Mapping[str, str]
    measures: Mapping[str, str]
    units: Mapping[str, str]
    rounding: Mapping[str, str]
    investor_types: Mapping[str, str]
    directions: Mapping[str, str]
    legend: Mapping[str, str]
    phrases: Mapping[str, str]
    sentence: Mapping[str, str]
    amounts: Mapping[str, Callable[[int], str]]
    ticks: Mapping[str, Callable[[int, int], str]]
    period: Callable[[date, date], str]
    week: Callable[[date, date], str]

    def figure(self, amount: int | None, measure: str) -> str:
        """An amount with its sign, which stays where the figure is too small to show."""
        if amount is None:
            return self.none
        sign = "+" if amount > 0 else self.minus if amount else ""
        return sign + self.amounts[measure](abs(amount))

    def phrase(self, amount: int | None, measure: str) -> str:
        """An amount and its direction in words, for those who hear it."""
        return self.phrases[direction(amount)].format(self.amounts[measure](abs(amount or 0)))

    def tick(self, quanta: int, step: int, measure: str) -> str:
        """A label of an axis that has such a step."""
        return (self.minus if quanta < 0 else "") + self.ticks[measure](abs(quanta), step)


def direction(amount: int | None) -> str:
    """Which way a balance points: the key of its wording, its colour and its place."""
    if amount is None:
        return "missing"
    return "buying" if amount > 0 else "selling" if amount else "flat"
