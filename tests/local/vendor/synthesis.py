"""Synthetic figures: invented numbers with the shape, the size and the accounts of the real ones. None of them is real.

Every cell depends on the seed, the week, the section and the measure alone, so any week can be made without the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import sqrt
from random import Random

from investor_flows.model import Measure, Trades

from tests.local.vendor.market import drift, random_for, turnover
from tests.local.vendor.trading_weeks import Week

HEADLINE = "TokyoNagoya"
OLD_SECTIONS = ("TSE1st", "TSE2nd", "TSEMothers", "TSEJASDAQ")
NEW_SECTIONS = ("TSEPrime", "TSEStandard", "TSEGrowth")
SECTIONS = (*OLD_SECTIONS, *NEW_SECTIONS, HEADLINE)
LAST_OLD_END = date(2022, 4, 1)

PARTS = {
    "Proprietary": ("ProprietaryCash", "ProprietaryMargin"),
    "Individuals": ("IndividualCash", "IndividualMargin"),
    "Foreigners": ("ForeignInstitutions", "ForeignIndividuals"),
}
FIRST_PART = {  # share of the turnover, share of the balance
    "Proprietary": (0.97, 0.95),
    "Individuals": (0.35, 1.3),
    "Foreigners": (0.992, 0.99),
}
OTHERS = {  # share of what foreigners and individuals leave of brokerage
    "SecuritiesCos": 0.12,
    "InvestmentTrusts": 0.18,
    "BusinessCos": 0.12,
    "OtherCos": 0.03,
    "InsuranceCos": 0.03,
    "CityBKsRegionalBKsEtc": 0.02,
    "TrustBanks": 0.46,
    "OtherFinancialInstitutions": 0.04,
}
BROKERAGE = ("Individuals", "Foreigners", *OTHERS)
BROKERAGE_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Profile:
    """What sets one section apart."""

    share: float
    foreigners: float
    individuals: float
    price_yen: float


PROFILES = {
    "TSE1st": Profile(0.945, 0.635, 0.235, 1300),
    "TSE2nd": Profile(0.010, 0.30, 0.62, 400),
    "TSEMothers": Profile(0.025, 0.35, 0.58, 900),
    "TSEJASDAQ": Profile(0.020, 0.28, 0.63, 500),
    "TSEPrime": Profile(0.950, 0.635, 0.235, 2100),
    "TSEStandard": Profile(0.025, 0.32, 0.58, 600),
    "TSEGrowth": Profile(0.025, 0.36, 0.57, 700),
}

type Leaves = Mapping[str, Trades]


def sections_of(week: Week) -> tuple[str, ...]:
    """List the sections published for a week: those of its time, and the two-market total."""
    return (*(OLD_SECTIONS if week.end_date <= LAST_OLD_END else NEW_SECTIONS), HEADLINE)


@cache
def leaves(seed: int, week: Week, section: str, measure: Measure) -> Leaves:
    """Make what each investor type that is no sum of others sold and bought."""
    if section == HEADLINE:
        return _two_markets(seed, week, measure)
    if measure is Measure.VOLUME:
        return _volume(seed, week, section)
    return _value(seed, week, section)


def grouped(leaves: Leaves) -> dict[str, Trades]:
    """Add to the leaves every sum the accounts ask for, exact."""
    groups = dict(leaves)
    for name, parts in PARTS.items():
        groups[name] = _sum(groups[part] for part in parts)
    groups["Brokerage"] = _sum(groups[name] for name in BROKERAGE)
    groups["Total"] = _sum((groups["Proprietary"], groups["Brokerage"]))
    return groups


def _sum(trades: Iterable[Trades]) -> Trades:
    both = [(trade.sales, trade.purchases) for trade in trades]
    return Trades(sum(sales for sales, _ in both), sum(purchases for _, purchases in both))


def _two_markets(seed: int, week: Week, measure: Measure) -> Leaves:
    """Tokyo and Nagoya: the sum of Tokyo's sections and 20 to 110 millionths more."""
    random = random_for(seed, week.start_date, HEADLINE, measure)
    tokyo = [leaves(seed, week, section, measure) for section in sections_of(week)[:-1]]
    sums = {name: _sum(section[name] for section in tokyo) for name in tokyo[0]}
    return {name: Trades(_excess(random, sum_.sales), _excess(random, sum_.purchases)) for name, sum_ in sums.items()}


def _excess(random: Random, cell: int) -> int:
    return cell + round(cell * random.uniform(20e-6, 110e-6))


def _volume(seed: int, week: Week, section: str) -> Leaves:
    """Thousand shares: the value at about the section's price, so both measures lean the same way."""
    random = random_for(seed, week.start_date, section, Measure.VOLUME)
    price = PROFILES[section].price_yen * random.uniform(0.95, 1.05)
    value = leaves(seed, week, section, Measure.VALUE)
    return {name: _shares(random, trades, price * random.gauss(1, 0.02)) for name, trades in value.items()}


def _shares(random: Random, trades: Trades, price: float) -> Trades:
    return Trades(round(trades.sales / price * random.gauss(1, 0.001)), round(trades.purchases / price))


def _value(seed: int, week: Week, section: str) -> Leaves:
    random = random_for(seed, week.start_date, section, Measure.VALUE)
    traded = turnover(seed, week) * PROFILES[section].share * random.gauss(1, 0.02)
    gross = _gross(random, PROFILES[section], traded)
    nets = _nets(random, seed, week, PROFILES[section].share)
    nets["Proprietary"] = -sum(nets.values()) + traded * random.gauss(0, 0.0008)
    cells: dict[str, Trades] = {}
    for name, amount in gross.items():
        cells |= _split(random, name, amount, nets[name])
    return cells


def _gross(random: Random, profile: Profile, traded: float) -> dict[str, float]:
    """One side of each investor type's turnover."""
    brokerage = traded * BROKERAGE_SHARE
    foreigners = brokerage * (profile.foreigners + random.uniform(-0.012, 0.012))
    individuals = brokerage * (profile.individuals + random.uniform(-0.012, 0.012))
    rest = brokerage - foreigners - individuals
    others = {name: rest * share * random.uniform(0.9, 1.1) for name, share in OTHERS.items()}
    return {"Proprietary": traded - brokerage, "Foreigners": foreigners, "Individuals": individuals, **others}


def _nets(random: Random, seed: int, week: Week, share: float) -> dict[str, float]:
    """Each customer's purchases minus sales: individuals mostly against foreigners, the others small."""
    scale = 3e8 * (turnover(seed, week) / 20e9) ** 0.4 * sqrt(week.trading_days / 5)
    foreigners = scale * drift(seed, "foreigners", week, 0.8)
    individuals = -0.6 * foreigners + 0.5 * scale * drift(seed, "individuals", week, 0.5)
    others = {
        name: scale * portion * drift(seed, name, week, 0.7) for name, portion in OTHERS.items() if name != "TrustBanks"
    }
    trust_banks = -0.12 * foreigners + 0.2 * scale * drift(seed, "TrustBanks", week, 0.7)
    market = {"Foreigners": foreigners, "Individuals": individuals, "TrustBanks": trust_banks, **others}
    return {name: share * (net * random.gauss(1, 0.05) + scale * random.gauss(0, 0.02)) for name, net in market.items()}


def _split(random: Random, name: str, gross: float, net: float) -> dict[str, Trades]:
    """Make the cell of an investor type, or of its two parts where it has any."""
    if name not in PARTS:
        return {name: _trades(gross, net)}
    gross_share, net_share = FIRST_PART[name]
    first, second = PARTS[name]
    first_gross, first_net = gross * gross_share * random.uniform(0.998, 1.002), net * net_share
    return {first: _trades(first_gross, first_net), second: _trades(gross - first_gross, net - first_net)}


def _trades(gross: float, net: float) -> Trades:
    net = max(-1.8 * gross, min(1.8 * gross, net))
    return Trades(round(gross - net / 2), round(gross + net / 2))
