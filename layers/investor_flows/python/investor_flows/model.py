"""The vocabulary: what J-Quants publishes, what is kept of it, and what readers are owed.

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


class Kind(StrEnum):
    """What an announcement tells. Subscribers filter on it."""

    RELEASE = "release"
    REVISION = "revision"
    RESTATEMENT = "restatement"
    OVERDUE = "overdue"
    ARRIVED = "arrived"


class Occasion(StrEnum):
    """Why an announcement is made."""

    HISTORY = "history"  # stored silently; nobody is owed a message
    START = "start"  # the newest release at the start of monitoring
    NEW = "new"
    ADDITION = "addition"  # late sections of a release that was told before


@dataclass(frozen=True, slots=True)
class Gap:
    """A section's value or volume that a release lacks, and why where the reason is known."""

    section: str
    measure: Measure
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DueWeek:
    """A week of trading, and the day on which its figures are due."""

    start_date: date
    end_date: date
    published_date: date


@dataclass(frozen=True, slots=True)
class Announcement:
    """What readers are owed for vintages stored together. Its receipt is printed in every message."""

    receipt: str
    kind: Kind
    occasion: Occasion
    published_date: date
    first_seen_at: datetime
    keys: tuple[VintageKey, ...]
    missing: tuple[Gap, ...] = ()
    held: tuple[Gap, ...] = ()
    due: DueWeek | None = None  # the week that is overdue, or has arrived after all

    @property
    def as_of(self) -> date:
        """The day whose knowledge the statistics use: the published date, or for restatements the day we saw them."""
        if not any(key.restatement for key in self.keys):
            return self.published_date
        return max(self.published_date, self.first_seen_at.astimezone(JST).date())


def published_date_of(receipt: str) -> date | None:
    """The published date that a receipt names, as in rel-2026-11-19-7f3a1b2c; None where it names none."""
    _, _, rest = receipt.partition("-")
    try:
        return date.fromisoformat(rest[:10])
    except ValueError:
        return None


class Role(StrEnum):
    """What a stored vintage is to the week it belongs to, on the day it is first seen."""

    INITIAL = "initial"
    REVISED = "revised"  # supersedes an older vintage of its week
    RESTATED = "restated"  # rewrites a row without a new published date
    REPEATED = "repeated"  # published again with the same figures: is no news
    EARLIER = "earlier"  # older than a vintage that is stored already: completes history, is no news


@dataclass(frozen=True, slots=True)
class News:
    """A vintage that the store does not have yet, and its role."""

    vintage: Vintage
    role: Role


@dataclass(frozen=True, slots=True)
class Release:
    """Everything new that was published on one date, what it lacks and what of it is held."""

    published_date: date
    news: tuple[News, ...]
    missing: tuple[Gap, ...] = ()
    held: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far polling has come: one small item, read by every poll, replaced on condition of its version."""

    version: int = 0
    last_published: date | None = None  # None until the history is stored
    started: bool = False  # the start of monitoring has been announced
    seen: frozenset[bytes] = frozenset()  # fingerprints of the recent rows that are settled
    waiting: tuple[tuple[date, datetime], ...] = ()  # incomplete releases, and since when
    backfill_from: date | None = None  # where a backfill that was cut off goes on
    newest_week: date | None = None  # end date of the newest week stored
    overdue: tuple[DueWeek, ...] = ()  # told to be overdue, and not here yet
