"""Change, streak, both leads and the others, each rule by an example. Periods and properties have their own files."""

from datetime import date

import pytest
from investor_flows.directions import directions
from investor_flows.flows import OTHER_GROUPS, Mover, Statistics, Streak, movers, statistics
from investor_flows.model import Measure, Record

from tests.unit.builders import OTHERS, a_record, a_revision, a_series, pair


def foreigners_of(series: list[Record]) -> Statistics:
    result = statistics(series, "Foreigners")
    assert result
    return result


# Nothing to say.


def test_no_figure_in_the_newest_week_means_no_statistics() -> None:
    assert statistics(a_series([1, 2, None]), "Foreigners") is None
    assert statistics([], "Foreigners") is None


def test_figures_of_sections_or_measures_are_never_chained() -> None:
    former = a_series([1, 2], last="2022-04-01", section="TSE1st")
    prime = a_series([3], last="2022-04-08", section="TSEPrime")
    volume = a_series([3], last="2022-04-08", section="TSE1st", measure=Measure.VOLUME)

    with pytest.raises(ValueError, match="TSE1st value and TSEPrime value"):
        statistics(former + prime, "Foreigners")
    with pytest.raises(ValueError, match="TSE1st value and TSE1st volume"):
        directions(former + volume)


def test_weeks_out_of_order_or_twice_are_refused() -> None:
    older, newer = a_series([1, 2])

    with pytest.raises(ValueError, match="oldest first"):
        statistics([newer, older], "Foreigners")
    with pytest.raises(ValueError, match="one record a week"):
        statistics([newer, a_revision(newer)], "Foreigners")


# Change.


def test_change_is_on_the_week_before() -> None:
    assert foreigners_of(a_series([7, -5, 20])).change == 25


def test_change_is_unknown_where_the_week_before_is_missing_or_has_no_figure() -> None:
    assert foreigners_of(a_series([7, -5, 20], missing=[1])).change is None
    assert foreigners_of(a_series([7, None, 20])).change is None
    assert foreigners_of(a_series([20])).change is None


def test_a_calendar_week_without_trading_is_no_gap() -> None:
    golden_week = a_series([1, 4], last="2019-05-10")

    assert [record.end_date.isoformat() for record in golden_week] == ["2019-04-26", "2019-05-10"]
    assert foreigners_of(golden_week).change == 3


def test_one_day_weeks_at_new_year_are_weeks() -> None:
    year_turn = a_series([1, 2, 4, 8], last="2020-01-10")

    assert [r.end_date.isoformat() for r in year_turn] == ["2019-12-20", "2019-12-27", "2019-12-30", "2020-01-10"]
    assert foreigners_of(year_turn).streak.weeks == 4
    assert foreigners_of([*year_turn[:2], year_turn[3]]).change is None


def test_two_records_in_one_calendar_week_are_consecutive() -> None:
    split = [a_record("2026-11-10", foreigners=pair(3)), a_record("2026-11-13", foreigners=pair(5))]

    assert foreigners_of(split).change == 2
    assert foreigners_of(split).streak.weeks == 2


def test_a_start_date_that_overlaps_the_week_before_changes_nothing() -> None:
    before = a_record("2022-02-04", foreigners=pair(3))
    overlapping = a_record("2022-02-10", foreigners=pair(5), start="2022-02-04")  # FACTS 5, a real quirk

    assert foreigners_of([before, overlapping]).change == 2


# Streak.


def test_a_streak_is_weeks_of_one_sign_that_end_with_the_newest() -> None:
    series = a_series([9, -1, 2, 3, 4])

    assert foreigners_of(series).streak == Streak(
        3, 9, series[2].end_date, cut_by_gap=False, ended_by=series[1].end_date
    )


def test_a_streak_of_selling_sums_below_zero() -> None:
    assert foreigners_of(a_series([5, -2, -3])).streak.balance == -5


def test_a_zero_ends_a_streak_and_is_none_itself() -> None:
    assert foreigners_of(a_series([3, 0, 3])).streak.weeks == 1
    assert foreigners_of(a_series([3, 3, 0])).streak == Streak(0, 0, date(2026, 11, 13), cut_by_gap=False)


def test_a_missing_week_cuts_a_streak_and_it_says_so() -> None:
    streak = foreigners_of(a_series([3, 3, 3, 3], missing=[1])).streak

    assert (streak.weeks, streak.cut_by_gap, streak.ended_by) == (2, True, None)


def test_a_missing_figure_cuts_a_streak_and_names_its_week() -> None:
    series = a_series([3, None, 3, 3])
    streak = foreigners_of(series).streak

    assert (streak.weeks, streak.cut_by_gap, streak.ended_by) == (2, True, series[1].end_date)


def test_a_streak_that_reaches_the_first_week_of_the_store_may_be_longer() -> None:
    prime = a_series([3, 3], last="2022-04-15", section="TSEPrime")

    assert foreigners_of(prime).streak.cut_by_gap
    assert foreigners_of(prime).streak.from_series_start


@pytest.mark.parametrize(
    ("foreigners", "missing", "weeks"),
    [
        ([1, 2, -3, 4], (), 2),
        ([-1, 2, -3, -3, 4], (), 3),
        ([1, -3, -3], (), None),
        ([-3, 4], (), None),
        ([1, 0, 4], (), 2),
        ([1, None, 4], (), None),
        ([1, -2, -3, 4], (1,), None),
        ([4], (), None),
    ],
)
def test_where_the_direction_has_turned_it_says_how_long_ago_it_was_the_same(
    foreigners: list[int | None], missing: tuple[int, ...], weeks: int | None
) -> None:
    """A week that is missing, or has no figure, may have gone this way as well."""
    assert foreigners_of(a_series(foreigners, missing=missing)).streak.weeks_since_same == weeks


# Both leads, and the others.


def test_opposite_ways_are_counted_back_from_the_newest_week() -> None:
    assert directions(a_series([1, 1, 1, -1], [-1, 1, -1, 1])).opposite_weeks == 2
    assert directions(a_series([1, 1], [-1, 1])).opposite_weeks == 0
    assert directions([]).opposite_weeks == 0


def test_both_went_the_same_way_only_where_both_moved() -> None:
    weeks = [(1, 2), (-1, -2), (1, -2), (0, 0), (1, 0), (None, -1)]

    together = [directions(a_series([foreigners], [individuals])).together for foreigners, individuals in weeks]

    assert together == [1, -1, 0, 0, 0, 0]


def test_zeros_missing_figures_and_missing_weeks_end_opposite_ways() -> None:
    assert directions(a_series([1, 0, 1], [-1, -1, -1])).opposite_weeks == 1
    assert directions(a_series([1, 1, 1], [-1, None, -1])).opposite_weeks == 1
    assert directions(a_series([1, 1, 1], [-1, -1, -1], missing=[1])).opposite_weeks == 1


def test_movers_are_the_other_types_by_absolute_balance() -> None:
    record = a_record(others={"TrustBanks": (900, 0), "InsuranceCos": (0, 800)}, proprietary=pair(-(10**12)))

    assert movers([record], 2) == (Mover("Proprietary", -(10**12)), Mover("BusinessCos", 190_400_000))
    assert {mover.investor_type for mover in movers([record], 99)} == set(OTHER_GROUPS)


def test_movers_leave_out_what_is_unknown_or_did_not_move() -> None:
    record = a_record(others={"TrustBanks": (5, 5)}, without=["BusinessCos"])

    assert not {"TrustBanks", "BusinessCos"} & {mover.investor_type for mover in movers([record], 99)}
    assert movers([], 3) == ()


def test_movers_that_moved_alike_keep_the_order_of_the_api() -> None:
    nobody = dict.fromkeys(OTHERS, (5, 5))
    record = a_record(others=nobody | {"TrustBanks": (0, 7), "OtherCos": (7, 0)}, proprietary=(1, 1))

    assert movers([record], 2) == (Mover("OtherCos", -7), Mover("TrustBanks", 7))


def test_sub_groups_have_statistics_and_unknown_ones_have_none() -> None:
    series = [a_record("2026-11-06", without=["IndividualCash"]), a_record("2026-11-13")]

    cash = statistics(series, "IndividualCash")

    assert cash
    assert cash.balance == series[-1].balance("IndividualCash")
    assert cash.change is None
    assert statistics(series[:1], "IndividualCash") is None
