"""One row of the simulated API: which week, which section, which vintage; its figures are made when it is asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from investor_flows.model import GROUPS, SUB_GROUPS, Measure, Trades

from tests.local.vendor.synthesis import grouped, leaves
from tests.local.vendor.trading_weeks import Week

SUB_ITEMS_SINCE = date(2015, 1, 1)
SUFFIX = {Measure.VALUE: "Value", Measure.VOLUME: "Volume"}

type Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much a vintage differs from the synthetic figures; the sums follow, so the accounts stay exact."""

    foreigners_purchases: int = 0
    individuals_sales: int = 0

    def times(self, count: int) -> "Shift":
        """Move by the sum of several such shifts."""
        return Shift(count * self.foreigners_purchases, count * self.individuals_sales)


@dataclass(frozen=True, slots=True)
class Flaw:
    """A field that is off by an amount, so that the row's accounts fail."""

    field: str
    by: int


@dataclass(frozen=True, slots=True)
class Publication:
    """A week's synthetic figures of one section and measure, as published on one date."""

    seed: int
    week: Week
    section: str
    measure: Measure
    published_date: date
    shift: Shift = Shift()
    flaw: Flaw | None = None

    def row(self) -> Row:
        """Make the row as the API sends it: four texts and 64 numbers, the 12 of the sub-groups null early on."""
        row: Row = {
            "Section": self.section,
            "PublishedDate": self.published_date.isoformat(),
            "StartDate": self.week.start_date.isoformat(),
            "EndDate": self.week.end_date.isoformat(),
            **self._figures(),
        }
        if self.flaw:
            row[self.flaw.field + SUFFIX[self.measure]] += self.flaw.by
        return row

    def trades(self) -> dict[str, Trades]:
        """Make what every investor type sold and bought, the sub-groups included."""
        cells = dict(leaves(self.seed, self.week, self.section, self.measure))
        institutions, cash = cells["ForeignInstitutions"], cells["IndividualCash"]
        cells["ForeignInstitutions"] = Trades(
            institutions.sales, institutions.purchases + self.shift.foreigners_purchases
        )
        cells["IndividualCash"] = Trades(cash.sales + self.shift.individuals_sales, cash.purchases)
        return grouped(cells)

    def _figures(self) -> dict[str, int | None]:
        suffix, trades = SUFFIX[self.measure], self.trades()
        figures: dict[str, int | None] = {}
        for name in GROUPS:
            figures |= _four(name, suffix, trades[name])
        published = self.week.start_date >= SUB_ITEMS_SINCE
        for name in SUB_GROUPS:
            figures[f"{name}Sales{suffix}"] = trades[name].sales if published else None
            figures[f"{name}Purchases{suffix}"] = trades[name].purchases if published else None
        return figures


def _four(name: str, suffix: str, trades: Trades) -> dict[str, int]:
    return {
        f"{name}Sales{suffix}": trades.sales,
        f"{name}Purchases{suffix}": trades.purchases,
        f"{name}Total{suffix}": trades.total,
        f"{name}Balance{suffix}": trades.balance,
    }
