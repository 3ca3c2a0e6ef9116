"""The parser, fuzzed: it never raises, and what it takes keeps every account, computed once more from the raw row."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from investor_flows.model import INVESTOR_TYPES, Held, Measure, Record
from investor_flows.rows import read_row

from tests.unit.builders import OTHERS, SUBS, a_record, pair
from tests.unit.sent import Row, a_row, cell

FOUR = ("Sales", "Purchases", "Total", "Balance")
CLIENTS = (*OTHERS, "Individuals", "Foreigners")
GROUPS = (*CLIENTS, "Brokerage", "Proprietary", "Total")
FIELDS = sorted(a_row())
MORE = settings(max_examples=6 * settings.default.max_examples)  # type: ignore[union-attr]

amounts = st.integers(0, 10**11)
pairs = st.tuples(amounts, amounts)
numbers = st.integers() | st.floats() | st.sampled_from([10**15, -(10**15), 10**40, 1e15, 1e400, 0, -0.0, 0.5, True])
digits = st.from_regex(r"\A\s?[-+]?\d{1,17}(\.\d{0,2})?([eE]\d)?\Z")
days = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str) | st.sampled_from(["26-11-13", "20261113", "2026-W46-5"])
scalars = st.none() | numbers | digits | days | st.text(max_size=12)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


@st.composite
def sound_rows(draw: st.DrawFn) -> Row:
    """Rows of other sizes and balances; their accounts hold."""
    sales, balance = draw(amounts), draw(st.integers(-(10**10), 10**10))
    others = {name: draw(pairs) for name in OTHERS}
    record = a_record(foreigners=pair(balance, sales), individuals=draw(pairs), proprietary=draw(pairs), others=others)
    return a_row(record)


@st.composite
def spoilt_rows(draw: st.DrawFn) -> Row:
    """Sound rows with a few fields changed, taken away or scaled, each by itself."""
    row = draw(sound_rows())
    for name in draw(st.lists(st.sampled_from([*FIELDS, "Note"]), max_size=4)):
        match draw(st.integers(0, 4)), row.get(name):
            case 0, _:
                row.pop(name, None)
            case 1, int(figure):
                row[name] = figure + draw(st.sampled_from([1, -1, 1000]))
            case 2, int(figure):
                row[name] = draw(st.sampled_from([float(figure), str(figure), f"{figure}.0", -figure, 1000 * figure]))
            case _:
                row[name] = draw(anything)
    return row


def amount(row: Row, name: str) -> Decimal | None:
    """The figure as any reader would take it, by another way than the parser's."""
    raw: Any = row.get(cell(name))
    return None if raw is None else Decimal(str(raw))


def required(row: Row, name: str) -> Decimal:
    figure = amount(row, name)
    assert figure is not None
    return figure


def assert_accounts(row: Row) -> None:
    """Every identity of FACTS 4 that is proven."""
    four = {name: tuple(required(row, name + figure) for figure in FOUR) for name in GROUPS}
    for sales, purchases, total, balance in four.values():
        assert (total, balance) == (sales + purchases, purchases - sales)
        assert min(sales, purchases) >= 0
    for place in range(len(FOUR)):
        assert four["Total"][place] == four["Proprietary"][place] + four["Brokerage"][place]
        assert four["Brokerage"][place] == sum(four[name][place] for name in CLIENTS)
    for figure in FOUR[:2]:
        parts = [amount(row, part + figure) for part in SUBS["Individuals"]]
        assert None in parts or required(row, f"Individuals{figure}") == sum(part for part in parts if part is not None)


def assert_same(record: Record, row: Row) -> None:
    """What is taken is what was sent."""
    names = [f"{name}{figure}" for name in INVESTOR_TYPES for figure in FOUR[:2]]
    assert list(record.figures) == [amount(row, name) for name in names]
    assert record.section == row["Section"]
    sent = [str(row[name]).replace("-", "")[-6:] for name in ("StartDate", "EndDate", "PublishedDate")]
    assert [f"{day:%y%m%d}" for day in (record.start_date, record.end_date, record.published_date)] == sent
    assert record.start_date <= record.end_date < record.published_date


@given(spoilt_rows(), st.sampled_from(Measure))
@example(a_row(), Measure.VALUE)
@example(a_row(ForeignersSalesValue="１４０００００００００"), Measure.VALUE)
@MORE
def test_what_is_taken_keeps_every_account_and_the_rest_is_held_as_it_came(row: Row, measure: Measure) -> None:
    received = read_row(row, measure)

    if isinstance(received, Held):
        assert received.reason.isprintable()
        assert json.dumps(json.loads(received.raw), sort_keys=True) == json.dumps(row, sort_keys=True)
    else:
        assert measure is Measure.VALUE
        assert_accounts(row)
        assert_same(received, row)


@given(sound_rows())
def test_rows_of_any_size_whose_accounts_hold_are_taken(row: Row) -> None:
    assert isinstance(read_row(row, Measure.VALUE), Record)


@given(anything | st.dictionaries(st.sampled_from(FIELDS), anything), st.sampled_from(Measure))
@MORE
def test_reading_never_raises_and_the_reason_is_short_and_printable(row: object, measure: Measure) -> None:
    received = read_row(row, measure)

    assert isinstance(received, Held)
    assert received.reason.isprintable()
    assert len(received.reason) < 200
