"""Rows that are none, that come twice, that contradict each other, or that hold more than they should."""

from collections.abc import Iterator
from typing import Any

from tests.integration.answer import Spoil, always, field, literal, newest, rows
from tests.integration.bad_answer import BadAnswer, accepted, held, refused
from tests.local.vendor.publication import Row

NO_ROWS: dict[str, Any] = {
    "null": None,
    "a text": "row",
    "a number": 7,
    "true": True,
    "an empty list": [],
    "a list of figures": [1, 2, 3],
    "an empty object": {},
    "an error": {"message": "Unexpected error."},
    "a row in a list": [{"Section": "TSEPrime"}],
    "a row in an object": {"row": {"Section": "TSEPrime"}},
}

EXTRAS: dict[str, Any] = {
    "a text": "日本",
    "a number": 12.5,
    "null": None,
    "an object": {"a": [{"b": None}]},
    "half a surrogate": "\ud800",
    "Slack's words": "<!channel> & <@U1>",
    "nothing but a name": "",
}


def odd_rows() -> Iterator[BadAnswer]:
    """Things in the list that are no rows of the measure that was asked for."""
    for name, content in NO_ROWS.items():
        yield held(f"a row is {name}", newest(always(content)))
        yield held(f"beside the rows is {name}", beside(content))
    yield held("the newest row is of the other measure", newest(renamed), "ProprietarySales is missing")
    yield held("all rows are of the other measure", rows(lambda good: [renamed(row) for row in good]), "is missing")
    yield held("names without the suffix", newest(lambda row: _named(row, "")), "ProprietarySales is missing")
    yield held("names in lower case", newest(lambda row: {n.lower(): c for n, c in row.items()}), "Section")
    yield held("names with a space", newest(lambda row: {f" {n}": c for n, c in row.items()}), "Section")
    yield held("a row of nulls", newest(lambda row: dict.fromkeys(row)), "Section")
    yield held("rows of texts without names", rows(lambda good: [list(row.values()) for row in good]), "not an object")
    yield held("columns in place of rows", rows(lambda good: [{n: [r[n] for r in good] for n in good[0]}]), "Section")
    yield accepted("both measures in one row", newest(lambda row: row | renamed(row)))


def beside(content: object) -> Spoil:
    """Put something before the rows."""
    return rows(lambda good: [content, *good])


def renamed(row: Row) -> Row:
    """The row under the names of the other measure."""
    return _named(row, "Volume")


def _named(row: Row, suffix: str) -> Row:
    return {f"{name.removesuffix('Value')}{suffix}" if name.endswith("Value") else name: c for name, c in row.items()}


def repeated_rows() -> Iterator[BadAnswer]:
    """Rows that come more than once, alike or not."""
    yield accepted("the newest row comes twice", rows(lambda good: [*good, good[-1]]))
    yield accepted("every row comes twice", rows(lambda good: [*good, *good]))
    yield accepted("the newest row comes 500 times", rows(lambda good: [*good, *good[-1:] * 500]))
    yield accepted("the newest comes first", rows(lambda good: good[::-1]))
    yield accepted("the names are in another order", rows(lambda good: [dict(reversed(row.items())) for row in good]))
    yield accepted("no rows at all", rows(lambda _: []))
    yield accepted("the newest week is left out", rows(lambda good: good[:-4]))
    yield accepted("the newest row is left out", rows(lambda good: good[:-1]))
    yield held("two new rows contradict each other", rows(lambda good: [*good, more(good[-1])]), "two rows of one")
    yield held("three new rows contradict each other", rows(_three), "two rows of one answer")
    yield held("every new row has its opposite", rows(lambda g: [*g, *map(more, g[-4:])]), "two rows of one answer")
    early = {"StartDate": "2026-11-06"}
    yield held("two rows differ in StartDate alone", rows(lambda good: [*good, good[-1] | early]), "two rows of one")
    unknown = rows(lambda good: [*good, {**good[-1], "Section": "TSEFuture"}])
    yield BadAnswer("a row of a section too many", unknown, accepted("", unknown).outcome, (), None, "TSEFuture")


def more(row: Row, amount: int = 1) -> Row:
    """The row with a little more sold by trust banks, and every sum right."""
    changed = dict(row)
    for group in ("TrustBanks", "Brokerage", "Total"):
        changed[f"{group}SalesValue"] += amount
        changed[f"{group}TotalValue"] += amount
        changed[f"{group}BalanceValue"] -= amount
    return changed


def _three(good: list[Row]) -> list[Row]:
    return [*good, more(good[-1]), more(good[-1], 2)]


def extras() -> Iterator[BadAnswer]:
    """Fields that nobody here knows."""
    for name, content in EXTRAS.items():
        yield accepted(f"an unknown field is {name}", field("Note", content))
    yield accepted("an unknown field without a name", field("", 1))
    yield accepted("fifty unknown fields", newest(lambda row: row | {f"New{n}Value": n for n in range(50)}))
    yield accepted("an unknown field that is deep", literal("Note", "[" * 900 + "]" * 900))
    yield held("an unknown field that is deeper", literal("Note", "[" * 6000 + "]" * 6000), "unknown fields")
    yield held("an unknown field of 1 MB", field("Note", "x" * 1_000_000), "unknown fields of more than")
    yield held("10,000 unknown fields", newest(lambda row: row | {f"New{n}": n for n in range(10_000)}), "unknown")
    yield refused("an unknown field of 4,301 digits", literal("Note", "9" * 4301), "not JSON")
    for name in ("Section", "EndDate", "ForeignersSalesValue", "Note"):
        yield refused(f"{name} comes twice in a row", twice(name), "twice", name)


def twice(name: str) -> Spoil:
    """Give the newest row a field two times."""
    return literal("Note", f'"", "{name}": "TSEGrowth"' if name != "Note" else '"", "Note": ""')
