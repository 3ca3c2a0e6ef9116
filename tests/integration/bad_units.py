"""Figures in another unit: yen or million yen where thousand yen belong, in a cell, a group, a row, an answer."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from investor_flows.accounts import REQUIRED
from investor_flows.model import GROUPS, SUB_GROUPS

from tests.integration.answer import newest, rows
from tests.integration.bad_answer import BadAnswer, held
from tests.local.vendor.publication import Row

FOUR = ("Sales", "Purchases", "Total", "Balance")
SUB_FIGURES = tuple(f"{sub}{figure}" for sub in SUB_GROUPS for figure in ("Sales", "Purchases"))

UNITS: dict[str, Callable[[int], int]] = {
    "yen": lambda figure: figure * 1000,
    "million yen": lambda figure: round(figure / 1000),
    "hundred million yen": lambda figure: round(figure / 100_000),
}


def times(names: Iterable[str], row: Row) -> Row:
    """Put a thousand times as much into some cells."""
    return {**row, **{f"{name}Value": 1000 * row[f"{name}Value"] for name in names}}


def scaled(row: Row, convert: Callable[[int], int]) -> Row:
    """Give a whole row in another unit. Sums are made anew, as a vendor would who converts before he adds."""
    flat = {name: convert(content) if isinstance(content, int) else content for name, content in row.items()}
    flat |= {f"{sub}Value": None for sub in SUB_FIGURES}
    clients = [group for group in GROUPS if group not in ("Proprietary", "Brokerage", "Total")]
    for figure in ("Sales", "Purchases"):
        flat[f"Brokerage{figure}Value"] = sum(flat[f"{client}{figure}Value"] for client in clients)
        flat[f"Total{figure}Value"] = flat[f"Proprietary{figure}Value"] + flat[f"Brokerage{figure}Value"]
    for group in GROUPS:
        sales, purchases = flat[f"{group}SalesValue"], flat[f"{group}PurchasesValue"]
        flat |= {f"{group}TotalValue": sales + purchases, f"{group}BalanceValue": purchases - sales}
    return flat


def units() -> Iterator[BadAnswer]:
    """One cell, one group, one row, some rows, all rows."""
    for cell in (*REQUIRED, *SUB_FIGURES):
        name = next(name for name in (*GROUPS, *SUB_GROUPS) if cell.startswith(name))
        yield held(f"{cell} in yen", newest(partial(times, [cell])), name)
    for group in GROUPS:
        four = [f"{group}{figure}" for figure in FOUR]
        yield held(f"all of {group} in yen", newest(partial(times, four)), "Sales")
    for unit, convert in UNITS.items():
        yield from _rows_in(unit, convert)
    yield held("every other row in yen", rows(partial(_some, UNITS["yen"], lambda number, _: number % 2)), "TotalTotal")


def _rows_in(unit: str, convert: Callable[[int], int]) -> Iterator[BadAnswer]:
    chosen: dict[str, Callable[[int, list[Row]], bool]] = {
        "the newest row": lambda number, good: number == len(good) - 1,
        "the newest week": lambda number, good: good[number]["EndDate"] == good[-1]["EndDate"],
        "one section": lambda number, good: good[number]["Section"] == "TSEGrowth",
        "a week that is stored": lambda number, _: number < 4,
        "a row that is stored": lambda number, _: number == 1,
        "the whole answer": lambda *_: True,
    }
    for name, choose in chosen.items():
        yield held(f"{name} in {unit}", rows(partial(_some, convert, choose)), "TotalTotal", "50")


def _some(convert: Callable[[int], int], choose: Callable[[int, list[Row]], object], good: list[Row]) -> list[Row]:
    return [scaled(row, convert) if choose(number, good) else row for number, row in enumerate(good)]
