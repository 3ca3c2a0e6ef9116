"""Rows of the simulated exchange, and what is in them."""

from datetime import date
from typing import Any

from investor_flows.model import Measure

from tests.local.vendor.exchange import Exchange
from tests.local.vendor.publication import Publication
from tests.local.vendor.synthesis import sections_of
from tests.local.vendor.trading_weeks import Week

GROUPS = (
    *("Proprietary", "Brokerage", "Total", "Individuals", "Foreigners", "SecuritiesCos", "InvestmentTrusts"),
    *("BusinessCos", "OtherCos", "InsuranceCos", "CityBKsRegionalBKsEtc", "TrustBanks", "OtherFinancialInstitutions"),
)
SUB_GROUPS = (
    *("IndividualCash", "IndividualMargin", "ProprietaryCash", "ProprietaryMargin"),
    *("ForeignInstitutions", "ForeignIndividuals"),
)
FOUR = ("Sales", "Purchases", "Total", "Balance")


def a_year() -> Exchange:
    return Exchange(date(2026, 11, 19), published_since=date(2026, 1, 1))


def rows_of(week: Week, measure: Measure) -> dict[str, dict[str, Any]]:
    publications = [Publication(1, week, name, measure, week.published_date) for name in sections_of(week)]
    return {publication.section: publication.row() for publication in publications}
