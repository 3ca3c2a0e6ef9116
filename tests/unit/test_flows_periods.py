"""Sums over weeks and years, largest since, rank and share of brokerage, each rule by an example."""

from datetime import date

import pytest
from investor_flows.flows import Largest, PeriodSum, Rank, Statistics, statistics
from investor_flows.model import Record

from tests.unit.builders import OTHERS, a_record, a_series


def foreigners_of(series: list[Record]) -> Statistics:
    result = statistics(series, "Foreigners")
    assert result
    return result


# Sums.


def test_sums_are_over_the_last_weeks() -> None:
    result = foreigners_of(a_series(list(range(1, 21))))

    assert result.sum_4_weeks == PeriodSum(17 + 18 + 19 + 20, 4, complete=True)
    assert result.sum_13_weeks == PeriodSum(sum(range(8, 21)), 13, complete=True)


def test_a_missing_week_is_not_replaced_by_an_older_one() -> None:
    assert foreigners_of(a_series([100, 1, 2, 3, 4], missing=[2])).sum_4_weeks == PeriodSum(8, 3, complete=False)
    assert foreigners_of(a_series([100, 1, None, 3, 4])).sum_4_weeks == PeriodSum(8, 3, complete=False)


def test_a_series_shorter_than_the_period_is_incomplete() -> None:
    assert foreigners_of(a_series([1, 2])).sum_4_weeks == PeriodSum(3, 2, complete=False)


def test_a_week_belongs_to_the_year_in_which_it_ends() -> None:
    result = foreigners_of(a_series([1, 2, 4], last="2025-01-10"))  # ends 12-27, 12-30, 01-10

    assert result.calendar_year == PeriodSum(4, 1, complete=True)
    assert result.fiscal_year == PeriodSum(7, 3, complete=False)


def test_the_fiscal_year_starts_with_the_week_that_ends_in_april() -> None:
    ends_on_the_first = foreigners_of(a_series([1, 2], last="2022-04-01"))
    ends_before = foreigners_of(a_series([1, 2], last="2022-03-25"))
    next_week = foreigners_of(a_series([1, 2, 4], last="2022-04-08"))

    assert ends_on_the_first.fiscal_year == PeriodSum(2, 1, complete=True)
    assert ends_before.fiscal_year == PeriodSum(3, 2, complete=False)
    assert next_week.fiscal_year == PeriodSum(6, 2, complete=True)


def test_a_year_to_date_without_its_first_week_is_incomplete() -> None:
    assert foreigners_of(a_series([1, 2, 4], last="2025-01-24")).calendar_year == PeriodSum(7, 3, complete=True)
    assert foreigners_of(a_series([2, 4], last="2025-01-24")).calendar_year == PeriodSum(6, 2, complete=False)
    assert foreigners_of(a_series([None, 2, 4], last="2025-01-24")).calendar_year == PeriodSum(6, 2, complete=False)


def test_prime_has_no_fiscal_year_2022_of_its_own() -> None:
    prime = a_series([3, 3], last="2022-04-15", section="TSEPrime")  # the week of 1 April was TSE1st's

    assert not foreigners_of(prime).fiscal_year.complete


# Largest since, and rank.


def test_largest_since_names_the_last_week_as_large_in_the_same_direction() -> None:
    series = a_series([50, 10, -99, 9, 10])

    assert foreigners_of(series).largest == Largest(series[1].end_date, searched=4)


def test_largest_of_all_names_no_week_and_counts_those_searched() -> None:
    assert foreigners_of(a_series([9, None, -99, 10])).largest == Largest(None, searched=2, complete=False)
    assert foreigners_of(a_series([None, 9, -99, 10])).largest == Largest(None, searched=2, complete=True)
    assert foreigners_of(a_series([10])).largest == Largest(None, searched=0)


def test_a_gap_after_the_week_named_may_hide_a_larger_one() -> None:
    balances = [7, 20, 1, 2, 10]

    assert foreigners_of(a_series(balances)).largest.complete
    assert foreigners_of(a_series(balances, missing=[0])).largest.complete
    assert not foreigners_of(a_series(balances, missing=[2])).largest.complete


def test_selling_ranks_by_how_negative_it_is() -> None:
    result = foreigners_of(a_series([-7, 30, -5, -6]))

    assert result.rank_52 == Rank(2, of=4)
    assert result.largest.searched == 3


def test_equal_weeks_share_the_better_place() -> None:
    assert foreigners_of(a_series([5, 9, 5, 5])).rank_52 == Rank(2, of=4)


def test_rank_looks_back_over_the_exchanges_weeks_not_over_the_records() -> None:
    balances = [100, *range(60)]

    assert foreigners_of(a_series(balances)).rank_52 == Rank(1, of=52)
    assert foreigners_of(a_series(balances)).rank_260 == Rank(2, of=61)
    assert foreigners_of(a_series(balances, missing=[30])).rank_52 == Rank(1, of=51)


def test_a_zero_has_no_direction_to_be_largest_in() -> None:
    assert foreigners_of(a_series([5, -5, 0])).largest == Largest(None, searched=0)


# Share of brokerage.


@pytest.mark.parametrize(("turnover", "permille"), [(999, 500), (998, 499), (997, 499), (0, 0), (1, 1), (2000, 1000)])
def test_the_share_is_of_brokerage_turnover_rounded_half_up(turnover: int, permille: int) -> None:
    nobody = dict.fromkeys(OTHERS, (0, 0))
    record = a_record(foreigners=(turnover, 0), individuals=(0, 2000 - turnover), others=nobody)

    assert foreigners_of([record]).brokerage_share_permille == permille


def test_the_share_is_unknown_without_brokerage_or_outside_it() -> None:
    unknown = statistics([a_record(without=["Brokerage"])], "Foreigners")
    proprietary = statistics([a_record()], "Proprietary")
    no_trades = statistics(
        [a_record(foreigners=(0, 0), individuals=(0, 0), others=dict.fromkeys(OTHERS, (0, 0)))], "Foreigners"
    )

    assert unknown
    assert proprietary
    assert no_trades
    shares = [unknown, proprietary, no_trades]
    assert [result.brokerage_share_permille for result in shares] == [None, None, None]


def test_a_fiscal_year_that_begins_on_a_weekend_is_complete_from_its_first_trading_week() -> None:
    april = a_series([1, 2], last="2023-04-14")

    assert april[0].end_date == date(2023, 4, 7)
    assert foreigners_of(april).fiscal_year == PeriodSum(3, 2, complete=True)


def test_the_smallest_brokerage_has_shares_too() -> None:
    record = a_record(foreigners=(1, 0), individuals=(0, 0), others=dict.fromkeys(OTHERS, (0, 0)))

    assert foreigners_of([record]).brokerage_share_permille == 1000


def test_a_week_that_is_missing_before_the_larger_one_leaves_nothing_open() -> None:
    largest = foreigners_of(a_series([5, None, 9, 1, 3])).largest

    assert largest.complete
