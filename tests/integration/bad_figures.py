"""Figures that are no whole numbers, or that their accounts deny."""

from collections.abc import Callable, Iterator

from investor_flows.accounts import REQUIRED
from investor_flows.model import GROUPS, SUB_GROUPS

from tests.integration.answer import Spoil, field, literal, newest
from tests.integration.bad_answer import BadAnswer, accepted, held
from tests.local.vendor.publication import Row

CELL = "ForeignersSalesValue"

LITERALS = {
    "NaN": "NaN",
    "Infinity": "Infinity",
    "-Infinity": "-Infinity",
    "1e400": "1e400",
    "-1e400": "-1e400",
    "1e15": "1e15",
    "40 digits": "9" * 40,
    "4,300 digits": "9" * 4300,
    "a fraction": "1.5",
    "a tiny fraction": "1e-7",
}

WRONG_TYPES = {
    "text": "many",
    "list": [1],
    "object": {"value": 1},
    "true": True,
    "false": False,
    "empty list": [],
    "empty text": "",
    "half a surrogate": "\ud800",
}

ODD_TEXTS = {
    "a space before": " {}",
    "a space behind": "{} ",
    "a line end": "{}\n",
    "a sign": "+{}",
    "a fraction": "{}.5",
    "two decimals": "{}.00",
    "an exponent": "{}e0",
    "an underscore": "1_{}",
    "a comma": "1,{}",
    "a currency": "¥{}",
    "a unit": "{}千円",
    "a minus of typography": "−{}",
    "brackets": "({})",
    "leading zeros": "00000000000000000{}",
    "a hexadecimal prefix": "0x{}",
    "an ideographic space": "\u3000{}",
    "a joiner": "\u200d{}",
}

DIGITS = {
    "Arabic-Indic": 0x0660,
    "Persian": 0x06F0,
    "Devanagari": 0x0966,
    "Thai": 0x0E50,
    "full width": 0xFF10,
    "mathematical bold": 0x1D7CE,
}

NO_NUMBER = ("-", "null", "None", "NaN", "n/a", "0x10", "1e9", "²", "三", "--5", "1" * 40)

FORMS: dict[str, Callable[[int], object]] = {"float": float, "text": str, "text with .0": lambda n: f"{n}.0"}


def without(name: str) -> Spoil:
    """Leave a field out of the newest row."""
    return newest(lambda row: {key: content for key, content in row.items() if key != name})


def moved(name: str, amount: int) -> Spoil:
    """Add an amount to one cell of the newest row."""
    return newest(lambda row: {**row, name: row[name] + amount})


def written(form: str) -> Spoil:
    """Write one figure as a text of some form."""
    return newest(lambda row: {**row, CELL: form.format(row[CELL])})


def figures() -> Iterator[BadAnswer]:
    """Figures in other forms than the API's, and in the forms that it may send."""
    for number, cell in enumerate(REQUIRED):
        wrong = list(WRONG_TYPES)[number % len(WRONG_TYPES)]
        yield held(f"{cell} is missing", without(f"{cell}Value"), f"{cell} is missing")
        yield held(f"{cell} is null", field(f"{cell}Value", None), f"{cell} is missing")
        yield held(f"{cell} is {wrong}", field(f"{cell}Value", WRONG_TYPES[wrong]), f"{cell}Value is not a whole")
    for name, text in LITERALS.items():
        yield held(f"a figure is {name}", literal(CELL, text), f"{CELL} is not a whole number")
        yield held(f"a sub-figure is {name}", literal("IndividualCashSalesValue", text), "IndividualCashSalesValue")
    for name, form in ODD_TEXTS.items():
        yield held(f"a figure as a text with {name}", written(form), f"{CELL} is not a whole number")
    for name, zero in DIGITS.items():
        yield held(f"a figure in {name} digits", in_digits(zero), f"{CELL} is not a whole number")
    for text in NO_NUMBER:
        yield held(f"a figure is the text {text[:5]}", field(CELL, text), f"{CELL} is not a whole number")
    for name, convert in FORMS.items():
        yield accepted(f"every figure as {name}", converted(convert))
    for sub in SUB_GROUPS:
        yield held(f"{sub}Sales is an object", field(f"{sub}SalesValue", {}), f"{sub}SalesValue is not a whole number")


def in_digits(zero: int) -> Spoil:
    """Write one figure in the digits of another script."""
    return newest(lambda row: {**row, CELL: "".join(chr(zero + int(digit)) for digit in str(row[CELL]))})


def converted(convert: Callable[[int], object]) -> Spoil:
    """Write every figure of the newest row in another form."""
    return newest(lambda row: {name: convert(c) if isinstance(c, int) else c for name, c in row.items()})


def turned(name: str) -> Spoil:
    """Turn the sign of one cell."""
    return newest(lambda row: {**row, name: -row[name]})


def accounts() -> Iterator[BadAnswer]:
    """Whole numbers that do not add up."""
    for cell in REQUIRED:
        group = next(name for name in GROUPS if cell.startswith(name))
        yield held(f"{cell} is one more", moved(f"{cell}Value", 1), group)
    for group in GROUPS:
        yield held(f"{group}Balance has the other sign", turned(f"{group}BalanceValue"), f"{group}Balance")
        yield held(f"{group}Sales is negative", field(f"{group}SalesValue", -1), f"{group}Sales is negative")
    for cell in ("IndividualCashSales", "IndividualMarginPurchases"):
        yield held(f"{cell} is one less", moved(f"{cell}Value", -1), cell)
        yield held(f"{cell} is negative", field(f"{cell}Value", -1), f"{cell} is negative")
    yield held("negative sales, and all sums agree", newest(_sold_back), "ForeignersSales is negative")


def _sold_back(row: Row) -> Row:
    """Turn what foreigners sold into a negative amount and let every sum follow."""
    amount, changed = row[CELL] + 1, dict(row)
    for group in ("Foreigners", "Brokerage", "Total"):
        changed[f"{group}SalesValue"] -= amount
        changed[f"{group}TotalValue"] -= amount
        changed[f"{group}BalanceValue"] += amount
    changed["ForeignInstitutionsSalesValue"] = changed["ForeignIndividualsSalesValue"] = None
    return changed
