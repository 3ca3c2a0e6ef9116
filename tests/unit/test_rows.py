"""Rows of the API, read strictly: a sound row is a record, any other is held with a reason that says where to look."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from investor_flows.model import GROUPS, SUB_GROUPS, Held, Measure, Record, Trades
from investor_flows.rows import LARGEST_EXTRA, LONGEST_NAME, read_row

from tests.unit.builders import a_record
from tests.unit.documented import DOCUMENTED_ROW
from tests.unit.sent import a_row, without

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
ABSENT = object()
REQUIRED_FIGURES = 2 * len(GROUPS)


def read(row: object, measure: Measure = Measure.VALUE) -> Record:
    record = read_row(row, measure)
    assert isinstance(record, Record), record
    return record


def held(row: object, measure: Measure = Measure.VALUE) -> Held:
    kept = read_row(row, measure)
    assert isinstance(kept, Held), kept
    return kept


@pytest.mark.parametrize("measure", Measure)
def test_every_field_of_a_sound_row_is_read(measure: Measure) -> None:
    record = a_record("2026-11-13", section="TSEPrime", measure=measure)

    assert read(a_row(record), measure) == record


def test_the_documented_sample_is_read() -> None:
    record = read(DOCUMENTED_ROW)

    assert (record.section, record.start_date, record.end_date) == ("TSE1st", date(2017, 1, 4), date(2017, 1, 6))
    assert record.published_date == date(2017, 1, 13)
    assert record.trades("Foreigners") == Trades(5_094_891_735, 5_317_151_774)
    assert record.balance("Total") == 6_546_353
    assert {record.trades(name) for name in SUB_GROUPS} == {None}


def test_fields_that_nobody_knows_are_kept_and_make_no_other_record() -> None:
    row = a_row(NewSales=1, Note="日本", Nested={"b": [None], "a": 2.5})

    record = read(row)

    assert json.loads(record.extra) == {"NewSales": 1, "Note": "日本", "Nested": {"b": [None], "a": 2.5}}
    assert record == a_record()
    assert record.extra == read(dict(reversed(row.items()))).extra


def test_figures_of_the_other_measure_count_as_fields_that_nobody_knows() -> None:
    row = a_row(ForeignersSalesVolume=1)

    assert json.loads(read(row).extra) == {"ForeignersSalesVolume": 1}


def test_a_row_with_more_unknown_fields_than_an_item_can_hold_is_held() -> None:
    room = LARGEST_EXTRA - len('{"Note": ""}')

    assert len(read(a_row(Note="x" * room)).extra) == LARGEST_EXTRA
    assert "unknown fields" in held(a_row(Note="x" * (room + 1))).reason


@pytest.mark.parametrize("section", [ABSENT, None, "", 7, ["TSEPrime"], "TSE#Prime", "TSE\nPrime", "x" * 41, "\ud800"])
def test_a_row_without_a_usable_section_is_held_and_names_none(section: object) -> None:
    row = without(a_row(), "Section") if section is ABSENT else a_row(Section=section)

    kept = held(row)

    assert kept.reason.startswith("Section")
    assert kept.section is None
    assert kept.end_date == a_record().end_date


@pytest.mark.parametrize("section", ["TSEFuture", "東証 プライム", "x", "x" * LONGEST_NAME])
def test_a_section_that_nobody_has_seen_is_a_record(section: str) -> None:
    assert read(a_row(Section=section)).section == section


@pytest.mark.parametrize("name", ["StartDate", "EndDate", "PublishedDate"])
@pytest.mark.parametrize("bad", [ABSENT, None, "", 20261113, "2026-11-31", "13.11.2026", "26-13-01", "soon", "\ud800"])
def test_an_impossible_date_holds_the_row_and_is_named(name: str, bad: object) -> None:
    row = without(a_row(), name) if bad is ABSENT else a_row() | {name: bad}

    kept = held(row)

    assert kept.reason.startswith(name)
    assert kept.reason.isprintable()
    assert kept.section == "TokyoNagoya"


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%y-%m-%d", "%Y%m%d"])
def test_a_date_may_come_in_each_of_its_forms(form: str) -> None:
    dates = {"StartDate": date(2026, 11, 9), "EndDate": date(2026, 11, 13), "PublishedDate": date(2026, 11, 19)}
    row = a_row() | {name: day.strftime(form) for name, day in dates.items()}

    assert read(row) == a_record("2026-11-13")


@pytest.mark.parametrize(
    ("start", "end", "published"),
    [
        ("2026-11-14", "2026-11-13", "2026-11-19"),
        ("2026-11-09", "2026-11-13", "2026-11-13"),
        ("2026-11-09", "2026-11-19", "2026-11-13"),
        ("2026-10-29", "2026-11-13", "2026-11-19"),
    ],
    ids=["start after end", "published on the last day", "end and publication swapped", "longer than a week"],
)
def test_dates_that_make_no_published_week_hold_the_row(start: str, end: str, published: str) -> None:
    row = a_row(StartDate=start, EndDate=end, PublishedDate=published)

    assert start in held(row).reason


@pytest.mark.parametrize("start", ["2026-11-13", "2026-11-04", "2026-10-30"])
def test_a_week_of_one_day_or_one_that_overlaps_the_week_before_is_taken(start: str) -> None:
    assert read(a_row(StartDate=start)).start_date == date.fromisoformat(start)


def test_a_correction_of_years_ago_is_taken() -> None:
    assert read(a_row(a_record("2009-05-15", published="2026-11-19"))).end_date == date(2009, 5, 15)


def test_a_held_row_keeps_what_was_received_and_says_whose_week_it_is() -> None:
    row = a_row(ForeignersTotalValue=1)

    kept = held(row)

    assert json.loads(kept.raw) == row
    assert (kept.section, kept.measure) == ("TokyoNagoya", Measure.VALUE)
    assert (kept.end_date, kept.published_date) == (date(2026, 11, 13), date(2026, 11, 19))


def test_a_held_row_is_the_same_whatever_the_order_of_its_fields() -> None:
    row = a_row(ForeignersTotalValue=1)

    assert held(row) == held(dict(reversed(row.items())))


@pytest.mark.parametrize("row", [None, 1, "row", [], ["Section"], {}])
def test_anything_but_an_object_with_the_fields_is_held(row: object) -> None:
    kept = held(row)

    assert json.loads(kept.raw) == row
    assert kept.reason


def test_texts_that_no_store_takes_are_kept_as_escapes() -> None:
    record, kept = read(a_row(Note="\ud800")), held({"Section": "\ud800"})

    assert record.extra.isascii()
    assert kept.raw.isascii()
    assert json.loads(record.extra) == {"Note": "\ud800"}


@given(st.sampled_from(sorted(a_row())), JSON)
def test_a_row_with_any_field_replaced_keeps_its_required_figures_or_is_held(name: str, content: Any) -> None:
    received = read_row(a_row() | {name: content}, Measure.VALUE)

    if isinstance(received, Record):
        assert received.figures[:REQUIRED_FIGURES] == a_record().figures[:REQUIRED_FIGURES]
    else:
        assert received.reason


@given(JSON)
def test_reading_never_raises(row: Any) -> None:
    assert isinstance(read_row(row, Measure.VALUE), Held)
