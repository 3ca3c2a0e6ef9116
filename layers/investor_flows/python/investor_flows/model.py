"""The vocabulary: what J-Quants publishes, and what is kept of it.

Every number is an int in thousand yen (value) or thousand shares (volume). None means "not published", never zero.
Names follow the API (J-Quants Pro, `GET /v2/markets/trades_spec`).
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

JST = timezone(timedelta(hours=9), "JST")  # Japan has had no summer time since 1951

GROUPS = (
    "Proprietary",
    "Brokerage",
    "Total",
    "Individuals",
    "Foreigners",
    "SecuritiesCos",
    "InvestmentTrusts",
    "BusinessCos",
    "OtherCos",
    "InsuranceCos",
    "CityBKsRegionalBKsEtc",
    "TrustBanks",
    "OtherFinancialInstitutions",
)
"""The 13 investor types with sales, purchases, total and balance."""

SUB_GROUPS = (
    "IndividualCash",
    "IndividualMargin",
    "ProprietaryCash",
    "ProprietaryMargin",
    "ForeignInstitutions",
    "ForeignIndividuals",
)
"""The 6 investor types with sales and purchases only; not published for early years."""

INVESTOR_TYPES = GROUPS + SUB_GROUPS
LEADS = ("Foreigners", "Individuals")  # a message leads with them

KNOWN_SECTIONS = frozenset(
    ("TSE1st", "TSE2nd", "TSEMothers", "TSEJASDAQ", "TSEPrime", "TSEStandard", "TSEGrowth", "TokyoNagoya")
)
_POSITIONS = {name: 2 * index for index, name in enumerate(INVESTOR_TYPES)}


class Measure(StrEnum):
    """What the figures count: value in thousand yen, volume in thousand shares."""

    VALUE = "value"
    VOLUME = "volume"


@dataclass(frozen=True, slots=True)
class Trades:
    """What one investor type sold and bought in a week."""

    sales: int
    purchases: int

    @property
    def total(self) -> int:
        """Turnover of the type: sales plus purchases."""
        return self.sales + self.purchases

    @property
    def balance(self) -> int:
        """Net buying: purchases minus sales; negative is net selling."""
        return self.purchases - self.sales


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the API: the week's figures of one section, by value or by volume, as published on one date."""

    section: str
    measure: Measure
    start_date: date
    end_date: date
    published_date: date
    figures: tuple[int | None, ...]
    """Sales and purchases of each of INVESTOR_TYPES, in that order. Total and balance follow (FACTS 4)."""
    extra: str = field(default="", compare=False)
    """Fields that the API sent and nobody here knows, as JSON. Kept, never compared."""

    def trades(self, investor_type: str) -> Trades | None:
        """The figures of one investor type, or None where they were not published."""
        position = _POSITIONS[investor_type]
        sales, purchases = self.figures[position : position + 2]
        return None if sales is None or purchases is None else Trades(sales, purchases)

    def balance(self, investor_type: str) -> int | None:
        """Net buying of one investor type, or None where it was not published."""
        trades = self.trades(investor_type)
        return None if trades is None else trades.balance


@dataclass(frozen=True, slots=True)
class VintageKey:
    """Names one vintage. `restatement` counts silent rewrites of the same published row; 0 is the row first seen."""

    section: str
    measure: Measure
    start_date: date
    end_date: date
    published_date: date
    restatement: int = 0


@dataclass(frozen=True, slots=True)
class Vintage:
    """A record as we first saw it. Never rewritten; a later vintage of the same week supersedes it."""

    record: Record
    first_seen_at: datetime
    restatement: int = 0

    @property
    def key(self) -> VintageKey:
        """The name under which the vintage is stored."""
        record = self.record
        dates = record.start_date, record.end_date, record.published_date
        return VintageKey(record.section, record.measure, *dates, self.restatement)

    @property
    def known_on(self) -> date:
        """The vendor's clock: the published date; for a restatement, which has none of its own, the day we saw it."""
        if not self.restatement:
            return self.record.published_date
        return max(self.record.published_date, self.first_seen_at.astimezone(JST).date())

    @property
    def order(self) -> tuple[date, int]:
        """Sorts the vintages of one week, oldest first."""
        return self.record.published_date, self.restatement


@dataclass(frozen=True, slots=True)
class Held:
    """A row that fails its accounts or cannot be read: kept apart with the reason, never shown as a figure."""

    raw: str
    measure: Measure
    reason: str
    section: str | None = None
    end_date: date | None = None
    published_date: date | None = None
    record: Record | None = field(default=None, compare=False)
    """What would be stored of the row, where sales and purchases say all that it says. A person may vouch for it."""
