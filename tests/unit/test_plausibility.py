"""A week out of all proportion to its series is held; nothing that a market can do is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from investor_flows.model import INVESTOR_TYPES, Measure, Record
from investor_flows.plausibility import LARGEST_RATIO, misfits
from investor_flows.rows import read_row

from tests.local.vendor.exchange import Exchange
from tests.unit.builders import LAST, trading_weeks

USUAL = 40_000_000_000
UNITS = [1000, 100_000, 1 / 1000, 1 / 100_000]
FACTORS = [LARGEST_RATIO, 3, 1, 1 / 5, 1 / LARGEST_RATIO]


def sized(end: date, size: float = USUAL, section: str = "TokyoNagoya", measure: Measure = Measure.VALUE) -> Record:
    """A week of which only the size matters."""
    total = {"Total": (round(size) // 2, round(size) - round(size) // 2)}
    figures = tuple(figure for name in INVESTOR_TYPES for figure in total.get(name, (None, None)))
    return Record(section, measure, end, end, end + timedelta(days=6), figures)


def series(*factors: float, last: date = LAST) -> list[Record]:
    """Consecutive weeks that are so many times the usual."""
    ends = trading_weeks(last, len(factors))
    return [sized(end, USUAL * factor) for end, factor in zip(ends, factors, strict=True)]


def held(records: Sequence[Record], stored: Sequence[Record] = ()) -> list[Record]:
    return sorted(misfits(records, stored), key=lambda record: record.end_date)


@pytest.mark.parametrize("unit", UNITS)
def test_a_week_in_another_unit_is_held_and_the_reason_names_both_numbers(unit: float) -> None:
    *stored, scaled = series(1, 1, 1, 1, unit)

    [reason] = misfits([scaled], stored).values()

    assert f"TotalTotal {round(USUAL * unit)} is" in reason
    assert str(USUAL) in reason


@pytest.mark.parametrize("factor", FACTORS)
def test_a_week_of_one_day_and_a_huge_one_are_taken(factor: float) -> None:
    *stored, odd = series(1, 1, 1, 1, factor)

    assert held([odd], stored) == []


@pytest.mark.parametrize("size", [USUAL * LARGEST_RATIO + 1, USUAL // LARGEST_RATIO - 1])
def test_the_ratio_is_a_limit(size: int) -> None:
    *stored, odd = series(1, 1, 1, 1, 1)

    assert held([sized(odd.end_date, size)], stored) != []


def test_a_week_is_compared_with_the_median_of_the_nearest_and_not_with_a_short_one_alone() -> None:
    *stored, after = series(1, 1, 1, 1 / 20, 20)

    assert held([after], stored) == []


def test_a_week_without_any_trade_is_held_and_is_no_measure_for_others() -> None:
    *stored, empty, after = series(1, 1, 0, 1)

    assert held([empty], stored) == [empty]
    assert held([after], [empty]) == []


def test_the_whole_simulated_history_is_taken_at_once_and_year_by_year(thorough: bool) -> None:
    first = 2008 if thorough else 2021
    exchange = Exchange(published_since=date(first, 1, 16))
    rows = [(row, measure) for measure in Measure for row in exchange.rows(measure is Measure.VALUE)]
    history = [record for row, measure in rows if isinstance(record := read_row(row, measure), Record)]
    years = [[record for record in history if record.end_date.year == year] for year in range(first, 2027)]

    assert len(history) == len(rows) > 400 * len(years)
    assert held(history) == []
    assert not any(held(year, before) for before, year in pairwise(years))


# What is trusted.


def test_an_answer_that_is_scaled_as_a_whole_is_held_where_three_weeks_are_stored() -> None:
    weeks = series(1, 1, 1, *[1000] * 30)

    assert held(weeks[3:], weeks[:3]) == weeks[3:]


def test_a_wrong_first_week_that_is_stored_keeps_out_one_right_week_and_not_two() -> None:
    wrong, right, following = series(1000, 1, 1)

    assert held([right], [wrong]) == [right]
    assert held([right, following], [wrong]) == []


def test_weeks_that_grow_are_taken_though_the_last_is_far_from_what_is_stored() -> None:
    weeks = series(*[2**week for week in range(12)])

    assert held(weeks[3:], weeks[:3]) == []
    assert held(weeks[-1:], weeks[:3]) == weeks[-1:]


def test_what_is_stored_is_not_judged() -> None:
    weeks = series(1, 1, 1000, 1, 1)

    assert held(weeks, weeks) == []


def test_a_correction_in_another_unit_is_held() -> None:
    first = sized(LAST)

    assert held([sized(LAST, USUAL * 1000)], [first]) == [sized(LAST, USUAL * 1000)]


@pytest.mark.parametrize(
    "other", [sized(LAST - timedelta(weeks=1), 1, "TSEGrowth"), sized(LAST, 1, measure=Measure.VOLUME)]
)
def test_sections_and_measures_are_not_compared_with_each_other(other: Record) -> None:
    assert held([sized(LAST)], [other]) == []


# A first answer, when nothing is stored.


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("count", [3, 4, 5, 9])
def test_one_scaled_week_of_a_first_history_is_held_wherever_it_is(count: int, unit: float) -> None:
    for place in range(count):
        weeks = series(*(unit if number == place else 1 for number in range(count)))

        assert held(weeks) == [weeks[place]]


def test_two_weeks_that_do_not_fit_each_other_are_both_held_until_a_third_tells() -> None:
    one, other, third = series(1, 1000, 1)

    assert held([one, other]) == [one, other]
    assert held([one, other, third]) == [other]


def test_a_first_week_and_a_first_answer_in_another_unit_cannot_be_known() -> None:
    assert held(series(1000)) == []
    assert held(series(*[1000] * 9)) == []


def test_the_first_vintage_and_its_correction_are_judged_apart() -> None:
    weeks = series(1, 1, 1, 1, 1)
    correction = replace(sized(weeks[2].end_date, USUAL * 1000), published_date=LAST + timedelta(weeks=2))

    assert held([*weeks, correction]) == [correction]


@given(
    st.lists(st.sampled_from([1, 1, 1, 3, 1 / 5, 1000, 1 / 1000]), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_changes_nothing(factors: list[float], random: Random) -> None:
    weeks = series(*factors)
    shuffled = random.sample(weeks, len(weeks))

    assert held(weeks) == held(shuffled)


@given(st.lists(st.floats(1 / 7, 7), min_size=1, max_size=40), st.integers(0, 5))
def test_weeks_within_a_seventh_and_seven_times_the_usual_are_never_held(factors: list[float], stored: int) -> None:
    weeks = series(*factors)

    assert held(weeks[stored:], weeks[:stored]) == []
