"""The identities that every row keeps exactly (FACTS 4, checked on real rows). A row that breaks one is held."""

from collections.abc import Iterable, Iterator, Mapping

from investor_flows.model import GROUPS, INVESTOR_TYPES, Record

FIGURES = ("Sales", "Purchases", "Total", "Balance")

CLIENTS = (
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
"""The investor types whose orders brokers carry out: they sum to Brokerage."""

UNPROVEN_PARTS = {
    "Proprietary": ("ProprietaryCash", "ProprietaryMargin"),
    "Foreigners": ("ForeignInstitutions", "ForeignIndividuals"),
}

LARGEST_PART = 2
"""No part is so many times its whole, though it is not proven that the parts add up: it is in another unit."""

SMALLEST_WHOLE = 1_000
"""Below this a part may be anything: it says nothing about units."""

REQUIRED = tuple(f"{group}{figure}" for group in GROUPS for figure in FIGURES)

STORED = tuple(f"{name}{figure}" for name in INVESTOR_TYPES for figure in ("Sales", "Purchases"))
"""The figures that a record keeps, in its order."""

Cells = Mapping[str, int | None]
"""Figures by the API's name without the suffix Value or Volume; None where the API sent null or nothing."""


def fault(cells: Cells) -> str | None:
    """Say the first identity that the row breaks, or None for a sound row."""
    return next(_faults(cells), None)


def consistent(cells: Cells) -> bool:
    """Whether the row's totals and balances follow from its sales and purchases, which alone are stored."""
    figures = {name: cell for name, cell in cells.items() if cell is not None}
    if any(cell < 0 and not name.endswith("Balance") for name, cell in figures.items()):
        return False
    return all(_follows(group, figures) for group in GROUPS)


def _follows(group: str, known: Mapping[str, int]) -> bool:
    sales, purchases = known.get(f"{group}Sales"), known.get(f"{group}Purchases")
    if sales is None or purchases is None:
        return f"{group}Total" not in known and f"{group}Balance" not in known
    total, balance = sales + purchases, purchases - sales
    return known.get(f"{group}Total", total) == total and known.get(f"{group}Balance", balance) == balance


def doubts(record: Record) -> list[str]:
    """Say which plausible but unproven identities the record breaks: worth a log line, nothing is held for them."""
    cells = dict(zip(STORED, record.figures, strict=True))
    where = f"{record.section} {record.measure} to {record.end_date}"
    return [f"{where}: {why}" for whole, parts in UNPROVEN_PARTS.items() for why in _part_faults(cells, whole, *parts)]


def _faults(cells: Cells) -> Iterator[str]:
    known = {name: cell for name, cell in cells.items() if cell is not None}
    missing = [name for name in REQUIRED if name not in known]
    if missing:
        yield f"{missing[0]} is missing"
        return
    yield from (f"{name} is negative" for name, cell in known.items() if cell < 0 and not name.endswith("Balance"))
    for group in GROUPS:
        yield from _group_faults(group, known)
    for figure in FIGURES:
        yield from _sum_faults(figure, known)
    yield from _part_faults(cells, "Individuals", "IndividualCash", "IndividualMargin")
    for whole, parts in UNPROVEN_PARTS.items():
        yield from _unit_faults(known, whole, parts)


def _group_faults(group: str, known: Mapping[str, int]) -> Iterator[str]:
    sales, purchases, total, balance = (known[f"{group}{figure}"] for figure in FIGURES)
    if total != sales + purchases:
        yield f"{group}Total {total} is not sales + purchases = {sales + purchases}"
    if balance != purchases - sales:
        yield f"{group}Balance {balance} is not purchases - sales = {purchases - sales}"


def _sum_faults(figure: str, known: Mapping[str, int]) -> Iterator[str]:
    brokerage = known[f"Brokerage{figure}"]
    if known[f"Total{figure}"] != known[f"Proprietary{figure}"] + brokerage:
        yield f"Total{figure} is not Proprietary{figure} + Brokerage{figure}"
    if brokerage != (clients := sum(known[f"{client}{figure}"] for client in CLIENTS)):
        yield f"Brokerage{figure} {brokerage} is not the sum of its clients {clients}"


def _part_faults(cells: Cells, whole: str, first: str, second: str) -> Iterator[str]:
    """Compare a whole with its two parts, where all three were published."""
    for figure in ("Sales", "Purchases"):
        total, parts = cells.get(f"{whole}{figure}"), [cells.get(f"{part}{figure}") for part in (first, second)]
        if total is not None and None not in parts and total != sum(part or 0 for part in parts):
            yield f"{whole}{figure} is not {first}{figure} + {second}{figure}"


def _unit_faults(known: Mapping[str, int], whole: str, parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        for figure in ("Sales", "Purchases"):
            cell, total = known.get(f"{part}{figure}", 0), known[f"{whole}{figure}"]
            if cell > LARGEST_PART * max(total, SMALLEST_WHOLE):
                yield f"{part}{figure} {cell} is more than {LARGEST_PART} times {whole}{figure} {total}"
