"""The identities that every row keeps exactly (FACTS 4, checked on real rows). A row that breaks one is held."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from investor_flows.model import GROUPS, INVESTOR_TYPES, Record

FIGURES = ("Sales", "Purchases", "Total", "Balance")

CLIENTS = GROUPS[3:]
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

SIDES = ("Sales", "Purchases")
STORED = tuple(f"{name}{figure}" for name in INVESTOR_TYPES for figure in SIDES)
"""The figures that a record keeps, in its order."""

# Names are put together once: a history has ten thousand rows, and each is asked for 150 names.
_NAMES = {name: tuple(f"{name}{figure}" for figure in FIGURES) for name in INVESTOR_TYPES}
_COLUMNS = {figure: itemgetter(*(f"{group}{figure}" for group in GROUPS)) for figure in FIGURES}
_UNSIGNED = tuple(name for name in dict.fromkeys((*REQUIRED, *STORED)) if not name.endswith("Balance"))

Cells = Mapping[str, int | None]
"""Figures by the API's name without the suffix Value or Volume; None where the API sent null or nothing."""

Columns = Mapping[str, Sequence[int]]
"""Sales, purchases, totals and balances, each of GROUPS: the proprietary, the brokers, their total, and CLIENTS."""


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
    below = {name for name, cell in known.items() if cell < 0}
    yield from [f"{name} is negative" for name in _UNSIGNED if name in below]
    columns = {figure: pick(known) for figure, pick in _COLUMNS.items()}
    yield from _group_faults(columns)
    yield from _sum_faults(columns)
    yield from _part_faults(cells, "Individuals", "IndividualCash", "IndividualMargin")
    for whole, parts in UNPROVEN_PARTS.items():
        yield from _unit_faults(known, whole, parts)


def _group_faults(columns: Columns) -> Iterator[str]:
    for group, sales, purchases, total, balance in zip(GROUPS, *columns.values(), strict=True):
        if total != sales + purchases:
            yield f"{group}Total {total} is not sales + purchases = {sales + purchases}"
        if balance != purchases - sales:
            yield f"{group}Balance {balance} is not purchases - sales = {purchases - sales}"


def _sum_faults(columns: Columns) -> Iterator[str]:
    for figure, (proprietary, brokerage, total, *clients) in columns.items():
        if total != proprietary + brokerage:
            yield f"Total{figure} is not Proprietary{figure} + Brokerage{figure}"
        if brokerage != sum(clients):
            yield f"Brokerage{figure} {brokerage} is not the sum of its clients {sum(clients)}"


def _part_faults(cells: Cells, whole: str, first: str, second: str) -> Iterator[str]:
    """Compare a whole with its two parts, where all three were published."""
    for figure, *names in zip(SIDES, _NAMES[whole], _NAMES[first], _NAMES[second], strict=False):
        total, one, other = map(cells.get, names)
        if total is not None and one is not None and other is not None and total != one + other:
            yield f"{whole}{figure} is not {first}{figure} + {second}{figure}"


def _unit_faults(known: Mapping[str, int], whole: str, parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        for name, of in zip(_NAMES[part][:2], _NAMES[whole], strict=False):
            cell, total = known.get(name, 0), known[of]
            if cell > LARGEST_PART * max(total, SMALLEST_WHOLE):
                yield f"{name} {cell} is more than {LARGEST_PART} times {of} {total}"
