"""Synthetic records whose accounts hold to the last thousand yen (FACTS 4). No real figures."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from investor_flows.model import INVESTOR_TYPES, Measure, Record
from investor_flows.trading_calendar import expected_published_date, has_trading, is_business_day, monday_of

type Pair = tuple[int, int]
"""Sales and purchases, in thousand yen or thousand shares."""

LAST = date(2026, 11, 13)

FOREIGNERS = (14_000_000_000, 14_300_000_000)
INDIVIDUALS = (5_600_000_000, 5_400_000_000)
PROPRIETARY = (3_000_000_000, 2_900_000_000)

OTHERS: dict[str, Pair] = {
    "SecuritiesCos": (81_000_000, 80_000_000),
    "InvestmentTrusts": (310_000_000, 322_000_000),
    "BusinessCos": (150_000_000, 340_400_000),
    "OtherCos": (60_000_000, 61_500_000),
    "InsuranceCos": (24_000_000, 19_000_000),
    "CityBKsRegionalBKsEtc": (17_000_000, 15_300_000),
    "TrustBanks": (731_200_000, 650_000_000),
    "OtherFinancialInstitutions": (31_000_000, 30_800_000),
}
"""The eight smaller brokerage types."""

SUBS = {
    "Individuals": ("IndividualCash", "IndividualMargin"),
    "Proprietary": ("ProprietaryCash", "ProprietaryMargin"),
    "Foreigners": ("ForeignInstitutions", "ForeignIndividuals"),
}
"""Each group and the two sub-groups that add up to it."""


def a_record(
    end_date: date | str = LAST,
    *,
    foreigners: Pair = FOREIGNERS,
    individuals: Pair = INDIVIDUALS,
    proprietary: Pair = PROPRIETARY,
    others: dict[str, Pair] | None = None,
    section: str = "TokyoNagoya",
    measure: Measure = Measure.VALUE,
    start: date | str | None = None,
    published: date | str | None = None,
    without: Collection[str] = (),
) -> Record:
    """Build one week's record. `others` overrides brokerage types; `without` names investor types with no figures."""
    end = _day(end_date)
    brokerage = OTHERS | (others or {}) | {"Foreigners": foreigners, "Individuals": individuals}
    pairs = _accounts(brokerage, proprietary)
    return Record(
        section=section,
        measure=measure,
        start_date=_day(start) if start else first_business_day(end),
        end_date=end,
        published_date=_day(published) if published else expected_published_date(end),
        figures=tuple(None if name in without else figure for name in INVESTOR_TYPES for figure in pairs[name]),
    )


def a_series(
    foreigners: Sequence[int | None],
    individuals: Sequence[int | None] | None = None,
    *,
    last: date | str = LAST,
    missing: Collection[int] = (),
    section: str = "TokyoNagoya",
    measure: Measure = Measure.VALUE,
) -> list[Record]:
    """Build consecutive trading weeks up to the week of `last`, by their balances, oldest first.

    None is a week whose record has no figure for the type; `missing` are positions of weeks that are not in the store.
    """
    individuals = [-200_000_000] * len(foreigners) if individuals is None else individuals
    weeks = zip(trading_weeks(_day(last), len(foreigners)), foreigners, individuals, strict=True)
    return [
        a_record(
            end,
            foreigners=pair(foreign or 0),
            individuals=pair(individual or 0, sales=INDIVIDUALS[0]),
            section=section,
            measure=measure,
            without=_unknown(Foreigners=foreign, Individuals=individual),
        )
        for place, (end, foreign, individual) in enumerate(weeks)
        if place not in missing
    ]


def pair(balance: int, sales: int = FOREIGNERS[0]) -> Pair:
    """Give sales and purchases with a balance; never negative."""
    sales = max(sales, -balance)
    return sales, sales + balance


def trading_weeks(last: date, count: int) -> list[date]:
    """List the last trading days of the `count` weeks up to the week of `last`, oldest first."""
    ends: list[date] = []
    monday = monday_of(last)
    while len(ends) < count:
        if has_trading(monday):
            ends.append(last_business_day(monday))
        monday -= timedelta(days=7)
    return ends[::-1]


def first_business_day(day: date) -> date:
    """Find the first trading day of a day's week; the day itself where the week has none."""
    return next(filter(is_business_day, _weekdays(day)), day)


def last_business_day(day: date) -> date:
    """Find the last trading day of a day's week."""
    return max(filter(is_business_day, _weekdays(day)))


def a_revision(record: Record, published: date | str | None = None, **pairs: Pair | None) -> Record:
    """Build a later vintage of the same week, a week after the record's unless told otherwise.

    Named types get other sales and purchases, and the accounts keep adding up: the sums take the difference, and so
    does a group's first sub-group unless it is named too. None takes a type's figures away and leaves the sums.
    """
    figures = list(record.figures)
    for name, trades in pairs.items():
        trades_before = record.trades(name)
        _put(figures, name, trades)
        if trades and trades_before:
            difference = trades[0] - trades_before.sales, trades[1] - trades_before.purchases
            for follower in _FOLLOWERS.get(name, ()):
                if follower not in pairs:
                    _add(figures, follower, difference)
    published_date = _day(published) if published else record.published_date + timedelta(days=7)
    return replace(record, figures=tuple(figures), published_date=published_date)


_FOLLOWERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(OTHERS, ("Brokerage", "Total")),
    "Individuals": ("Brokerage", "Total", "IndividualCash"),
    "Foreigners": ("Brokerage", "Total", "ForeignInstitutions"),
    "Proprietary": ("Total", "ProprietaryCash"),
}


def _put(figures: list[int | None], name: str, trades: Pair | None) -> None:
    position = 2 * INVESTOR_TYPES.index(name)
    figures[position : position + 2] = trades or (None, None)


def _add(figures: list[int | None], name: str, difference: Pair) -> None:
    position = 2 * INVESTOR_TYPES.index(name)
    sales, purchases = figures[position : position + 2]
    if sales is not None and purchases is not None:
        figures[position : position + 2] = sales + difference[0], purchases + difference[1]


def _weekdays(day: date) -> list[date]:
    return [monday_of(day) + timedelta(days=offset) for offset in range(5)]


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def _accounts(brokerage: dict[str, Pair], proprietary: Pair) -> dict[str, Pair]:
    """All 19 investor types: the sums follow from their parts, the sub-groups from their group."""
    all_brokers = _sum(brokerage.values())
    pairs = brokerage | {
        "Proprietary": proprietary,
        "Brokerage": all_brokers,
        "Total": _sum([all_brokers, proprietary]),
    }
    for group, (first, second) in SUBS.items():
        sales, purchases = pairs[group]
        pairs[second] = sales // 10, purchases // 8
        pairs[first] = sales - sales // 10, purchases - purchases // 8
    return pairs


def _sum(pairs: Collection[Pair]) -> Pair:
    return sum(sales for sales, _ in pairs), sum(purchases for _, purchases in pairs)


def _unknown(**balances: int | None) -> set[str]:
    """Types without a figure, with their sub-groups."""
    names = {name for name, balance in balances.items() if balance is None}
    return names | {sub for name in names for sub in SUBS[name]}
