"""What one language must be able to say in the chart. The wording itself is in `languages.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from investor_flows.model import Measure
from investor_flows.wording.numerals import Numerals


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Tables are keyed as the API spells sections, measures and investor types, or by `direction`."""

    title: str
    source: str
    total: str
    newest: str
    year: str
    minus: str
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
    numerals: Numerals
    ticks: Mapping[str, Callable[[int, int], str]]
    period: Callable[[date, date], str]
    week: Callable[[date, date], str]

    def figure(self, amount: int | None, measure: Measure) -> str:
        """An amount with its sign, as the messages write it but for a minus that is wide enough to be seen."""
        return self.numerals.amount(amount, measure).replace("-", self.minus)

    def phrase(self, amount: int | None, measure: Measure) -> str:
        """An amount and its direction in words, for those who hear it."""
        return self.phrases[direction(amount)].format(self.numerals.size(amount or 0, measure))

    def tick(self, quanta: int, step: int, measure: Measure) -> str:
        """A label of an axis that has such a step."""
        return (self.minus if quanta < 0 else "") + self.ticks[measure](abs(quanta), step)


def direction(amount: int | None) -> str:
    """Which way a balance points: the key of its wording, its colour and its place."""
    if amount is None:
        return "missing"
    return "buying" if amount > 0 else "selling" if amount else "flat"
