"""The figures of a row: whole numbers in each form that the API may send; anything else holds the row."""

from collections.abc import Callable
from typing import Any

import pytest
from investor_flows.accounts import REQUIRED
from investor_flows.model import SUB_GROUPS, Held, Measure, Record
from investor_flows.rows import LIMIT, read_row

from tests.unit.builders import OTHERS, a_record
from tests.unit.sent import Row, a_row, cell, without

ABSENT = object()


def read(row: object, measure: Measure = Measure.VALUE) -> Record:
    record = read_row(row, measure)
    assert isinstance(record, Record), record
    return record


def held(row: object, measure: Measure = Measure.VALUE) -> Held:
    kept = read_row(row, measure)
    assert isinstance(kept, Held), kept
    return kept


@pytest.mark.parametrize("form", [int, float, str, lambda n: f"{n}.0"], ids=["int", "float", "text", "text .0"])
def test_a_number_may_come_in_each_of_its_forms(form: Callable[[int], Any]) -> None:
    row = {name: form(field) if isinstance(field, int) else field for name, field in a_row().items()}

    assert read(row) == a_record()


@pytest.mark.parametrize("name", SUB_GROUPS)
@pytest.mark.parametrize("absent", [True, False], ids=["absent", "null"])
def test_sub_groups_may_be_null_or_absent_and_are_then_not_published(name: str, absent: bool) -> None:
    row: Row = a_row() | {cell(f"{name}Sales"): None, cell(f"{name}Purchases"): None}
    if absent:
        row = without(row, cell(f"{name}Sales"), cell(f"{name}Purchases"))

    assert read(row) == a_record(without=[name])


def test_a_row_by_value_where_volume_was_asked_for_is_held() -> None:
    assert held(a_row(), Measure.VOLUME).reason == "ProprietarySales is missing"


NOT_NUMBERS = {
    "absent": ABSENT,
    "null": None,
    "empty": "",
    "word": "many",
    "dash": "-",
    "sign": "+1",
    "fraction": 1.5,
    "fraction as text": "1.5",
    "exponent": "1e9",
    "comma": "1,000",
    "blank": " 1",
    "true": True,
    "nan": float("nan"),
    "infinite": float("inf"),
    "1e400": 1e400,
    "nan as text": "NaN",
    "hex": "0x10",
    "40 digits": 10**40,
    "40 digits as text": "1" * 40,
    "at the limit": LIMIT,
    "below the limit": -LIMIT,
    "list": [1],
    "object": {"value": 1},
}


@pytest.mark.parametrize("bad", NOT_NUMBERS.values(), ids=NOT_NUMBERS)
def test_a_required_figure_that_is_no_whole_number_holds_the_row_and_is_named(bad: object) -> None:
    row = a_row()

    for name in REQUIRED:
        field = cell(name)
        broken = without(row, field) if bad is ABSENT else row | {field: bad}
        assert name in held(broken).reason


@pytest.mark.parametrize("bad", [bad for bad in NOT_NUMBERS.values() if bad not in (None, ABSENT)], ids=repr)
def test_a_figure_of_a_sub_group_that_is_no_whole_number_holds_the_row_and_is_named(bad: object) -> None:
    reason = held(a_row(IndividualCashSalesValue=bad)).reason

    assert reason.startswith("IndividualCashSalesValue")


@pytest.mark.parametrize("form", [int, str])
def test_the_largest_figures_are_taken_in_each_form(form: Callable[[int], Any]) -> None:
    quiet = dict.fromkeys(OTHERS, (0, 0))
    record = a_record(foreigners=(LIMIT - 1, 0), individuals=(0, 0), proprietary=(0, 0), others=quiet)
    row = {name: form(field) if isinstance(field, int) else field for name, field in a_row(record).items()}

    assert read(row).balance("Foreigners") == 1 - LIMIT


def test_the_largest_number_taken_is_one_below_the_limit() -> None:
    assert "ForeignersSalesValue" not in held(a_row(ForeignersSalesValue=LIMIT - 1)).reason
    assert "ForeignersSalesValue" in held(a_row(ForeignersSalesValue=LIMIT)).reason
