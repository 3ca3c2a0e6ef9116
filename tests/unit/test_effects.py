"""What readers were told that a correction undoes: streak, sums, rank, largest, share."""

import pytest
from investor_flows.flows import Largest, PeriodSum, Rank, Statistics, statistics
from investor_flows.model import Record
from investor_flows.revisions import Effect, Turn, effects, with_revision

from tests.unit.builders import a_record, a_revision, a_series, pair


def corrected(series: list[Record], place: int, balance: int | None) -> tuple[Statistics, Statistics]:
    """Foreigners' statistics before and after one week's balance was corrected."""
    prior = series[place]
    revised = a_revision(prior, Foreigners=None if balance is None else pair(balance))
    before, after = (statistics(each, "Foreigners") for each in with_revision(series, prior, revised))
    assert before
    assert after
    return before, after


def effect_on(name: str, series: list[Record], place: int, balance: int | None) -> Effect:
    [effect] = [effect for effect in effects(*corrected(series, place, balance)) if effect.name == name]
    return effect


# Effects on the streak.


def test_a_correction_inside_ten_buying_weeks_says_where_they_are_now_cut() -> None:
    series = a_series([-1] + [10] * 10)

    effect = effect_on("streak", series, 6, -3)

    assert effect.turn is Turn.BROKEN
    assert effect.broken_by == series[6].end_date
    assert [effect.before.weeks, effect.after.weeks] == [10, 4]  # type: ignore[union-attr]


def test_a_week_corrected_to_zero_breaks_a_streak_too() -> None:
    series = a_series([-1, 10, 10, 10])

    effect = effect_on("streak", series, 2, 0)

    assert (effect.turn, effect.broken_by) == (Turn.BROKEN, series[2].end_date)


def test_a_withdrawn_figure_shortens_a_streak_without_breaking_it() -> None:
    series = a_series([-1, 10, 10, 10])

    effect = effect_on("streak", series, 2, None)

    assert (effect.turn, effect.broken_by) == (Turn.SHORTER, series[2].end_date)


def test_a_correction_can_make_a_streak_or_lengthen_one() -> None:
    made = effect_on("streak", a_series([-1, 10, -1, 10]), 2, 5)
    longer = effect_on("streak", a_series([-1, 10, -1, 10, 10]), 2, 5)

    assert (made.turn, made.broken_by) == (Turn.MADE, None)
    assert (longer.turn, longer.broken_by) == (Turn.LONGER, None)


def test_the_newest_weeks_own_correction_can_turn_the_direction() -> None:
    series = a_series([-1, -1, 10, 10])

    turned, to_zero = effect_on("streak", series, 3, -5), effect_on("streak", series, 3, 0)
    from_zero = effect_on("streak", a_series([-1, 10, 0]), 2, 5)

    assert (turned.turn, turned.broken_by) == (Turn.TURNED, series[3].end_date)
    assert (to_zero.turn, to_zero.broken_by) == (Turn.TURNED, series[3].end_date)
    assert (from_zero.turn, from_zero.broken_by) == (Turn.TURNED, None)


def test_a_streak_with_another_sum_is_as_long_as_it_was() -> None:
    effect = effect_on("streak", a_series([-1, 10, 10]), 1, 20)

    assert (effect.turn, effect.broken_by) == (Turn.SAME, None)


# Effects on the rest.


def test_what_a_correction_leaves_true_is_no_effect() -> None:
    series = a_series([-50] + [-1] * 80 + [7, 8])

    assert effects(*corrected(series, 0, -51)) == ()


def test_only_statistics_that_differ_are_named_with_both_values() -> None:
    series = a_series([-1] * 300 + [30] + [-1] * 5 + [20], last="2026-11-13")

    found = {effect.name: (effect.before, effect.after) for effect in effects(*corrected(series, -7, 10))}

    assert found["sum_13_weeks"] == (PeriodSum(39, 13, complete=True), PeriodSum(19, 13, complete=True))
    assert found["rank_52"] == (Rank(2, 52), Rank(1, 52))
    assert found["rank_260"] == (Rank(2, 260), Rank(1, 260))
    assert found["largest"] == (Largest(series[-7].end_date, 306), Largest(None, 306))
    assert found.keys() == {"sum_13_weeks", "calendar_year", "fiscal_year", "rank_52", "rank_260", "largest"}


def test_a_correction_of_the_week_before_changes_the_change() -> None:
    effect = effect_on("change", a_series([10, 30]), 0, 12)

    assert (effect.before, effect.after) == (20, 18)


def test_weeks_searched_are_counted_without_one_that_lost_its_figure() -> None:
    series = a_series([1, 40] + [-1] * 300 + [30])

    effect = effect_on("largest", series, 0, None)

    assert effect.before == Largest(series[1].end_date, 302)
    assert effect.after == Largest(series[1].end_date, 301)


def test_a_count_of_weeks_is_told_where_no_earlier_week_was_as_large() -> None:
    effect = effect_on("largest", a_series([None, 1, 2, 30]), 0, 5)

    assert (effect.before, effect.after) == (Largest(None, 2), Largest(None, 3))


def test_a_sum_that_becomes_complete_is_an_effect_at_the_same_amount() -> None:
    effect = effect_on("sum_4_weeks", a_series([1, None, 2, 3]), 1, 0)

    assert (effect.before, effect.after) == (PeriodSum(6, 3, complete=False), PeriodSum(6, 4, complete=True))


def test_a_corrected_turnover_can_change_the_share_of_brokerage_alone() -> None:
    prior = a_record(foreigners=(10**10, 2 * 10**10))
    revised = a_revision(prior, Foreigners=(2 * 10**10, 3 * 10**10))
    before, after = statistics([prior], "Foreigners"), statistics([revised], "Foreigners")
    assert before
    assert after

    assert [effect.name for effect in effects(before, after)] == ["brokerage_share_permille"]


def test_effects_are_of_one_investor_type_and_one_week() -> None:
    series = a_series([1, 2])
    foreigners, individuals = statistics(series, "Foreigners"), statistics(series, "Individuals")
    week_before = statistics(series[:1], "Foreigners")
    assert foreigners
    assert individuals
    assert week_before

    with pytest.raises(ValueError, match="Foreigners 2026-11-13 and Individuals 2026-11-13"):
        effects(foreigners, individuals)
    with pytest.raises(ValueError, match="Foreigners 2026-11-06 and Foreigners 2026-11-13"):
        effects(week_before, foreigners)


def test_a_week_more_in_a_sum_is_an_effect_though_others_are_still_missing() -> None:
    effect = effect_on("sum_4_weeks", a_series([1, None, None, 3]), 1, 0)

    assert (effect.before, effect.after) == (PeriodSum(4, 2, complete=False), PeriodSum(4, 3, complete=False))


def test_a_week_without_a_figure_ends_a_streak_as_one_that_is_missing_does() -> None:
    series = a_series([1, None, 10, 10])
    without = [series[0], *series[2:]]
    before, after = (statistics(each, "Foreigners") for each in (without, series))
    assert before
    assert after

    assert "streak" in {effect.name for effect in effects(before, after)}
    assert (before.streak.ended_by, after.streak.ended_by) == (None, series[1].end_date)
    assert before.streak.weeks == after.streak.weeks == 2
