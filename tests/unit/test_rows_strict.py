"""What looks like a name, a date or a number and is none: the row is held, and says no week that it cannot know."""

import pytest
from investor_flows.accounts import LARGEST_PART, SMALLEST_WHOLE
from investor_flows.model import Held, Measure, Record
from investor_flows.rows import read_row

from tests.unit.builders import a_record
from tests.unit.sent import a_row, cell, moved

DATES = ("StartDate", "EndDate", "PublishedDate")


def held(row: object) -> Held:
    kept = read_row(row, Measure.VALUE)
    assert isinstance(kept, Held), kept
    return kept


@pytest.mark.parametrize("zero", "٠۰०๐０𝟎")
def test_digits_of_other_scripts_are_no_figure(zero: str) -> None:
    digits = "".join(chr(ord(zero) + int(digit)) for digit in "14000000000")

    assert held(a_row(ForeignersSalesValue=digits)).reason.startswith("ForeignersSalesValue is not a whole number")


@pytest.mark.parametrize("section", [" ", "   ", " TSEPrime", "TSEPrime "])
def test_a_section_that_begins_or_ends_with_a_space_is_no_name(section: str) -> None:
    kept = held(a_row(Section=section))

    assert (kept.reason, kept.section) == ("Section begins or ends with a space", None)


@pytest.mark.parametrize("name", DATES)
@pytest.mark.parametrize("text", ["2026-W46-5", "2026W465", "2026-W46", "26-W46-5"])
def test_a_date_that_counts_weeks_is_none(name: str, text: str) -> None:
    assert held(a_row() | {name: text}).reason == f"{name} is not a date: '{text}'"


def test_a_date_without_dashes_is_one() -> None:
    row = a_row(StartDate="20261109", EndDate="20261113", PublishedDate="20261119")

    assert read_row(row, Measure.VALUE) == a_record("2026-11-13")


@pytest.mark.parametrize("end", ["2026-11-14", "2026-11-15", "2007-12-28"])
def test_a_week_that_ends_on_a_weekend_or_before_all_history_is_held(end: str) -> None:
    reason = held(a_row(StartDate=end, EndDate=end)).reason

    assert reason == f"EndDate {end} is no day of trading since 2008-01-01"


def test_the_first_week_of_all_is_taken() -> None:
    row = a_row(StartDate="2008-01-01", EndDate="2008-01-01", PublishedDate="2008-01-16")

    assert isinstance(read_row(row, Measure.VALUE), Record)


@pytest.mark.parametrize(
    "dates",
    [
        {"PublishedDate": "1926-11-19"},
        {"EndDate": "2026-11-19", "PublishedDate": "2026-11-13"},
        {"EndDate": "2026-11-14"},
        {"StartDate": "2026-10-01"},
        {"StartDate": "2026-11-16"},
        {"StartDate": "soon", "PublishedDate": "2026-11-13"},
    ],
)
def test_a_held_row_whose_dates_contradict_each_other_says_no_week(dates: dict[str, str]) -> None:
    kept = held(a_row() | dates)

    assert (kept.section, kept.end_date, kept.published_date) == ("TokyoNagoya", None, None)


@pytest.mark.parametrize("name", DATES)
def test_a_held_row_says_the_dates_that_can_be_read(name: str) -> None:
    record = a_record("2026-11-13")

    kept = held(a_row(record) | {name: "soon"})

    assert kept.end_date == (None if name == "EndDate" else record.end_date)
    assert kept.published_date == (None if name == "PublishedDate" else record.published_date)


@pytest.mark.parametrize("figure", ["Sales", "Purchases"])
@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("ProprietaryCash", "Proprietary"),
        ("ProprietaryMargin", "Proprietary"),
        ("ForeignInstitutions", "Foreigners"),
        ("ForeignIndividuals", "Foreigners"),
    ],
)
def test_a_part_of_more_than_twice_its_whole_is_in_another_unit(part: str, whole: str, figure: str) -> None:
    row = a_row()
    most = 2 * int(str(row[cell(f"{whole}{figure}")]))

    assert isinstance(read_row(row | {cell(f"{part}{figure}"): most}, Measure.VALUE), Record)
    reason = held(row | {cell(f"{part}{figure}"): most + 1}).reason
    assert reason == f"{part}{figure} {most + 1} is more than 2 times {whole}{figure} {most // 2}"


def test_a_part_of_a_whole_that_is_next_to_nothing_says_nothing_about_units() -> None:
    row, most = a_row(a_record(proprietary=(0, 0))), LARGEST_PART * SMALLEST_WHOLE

    assert isinstance(read_row(moved(row, ProprietaryCashSales=most), Measure.VALUE), Record)
    assert isinstance(read_row(moved(row, ProprietaryCashSales=most + 1), Measure.VALUE), Held)
