"""Changed figures between two vintages, and the series before and after."""

from dataclasses import replace
from datetime import date

import pytest
from investor_flows.model import Measure
from investor_flows.revisions import Change, compare, dates_changed, with_revision

from tests.unit.builders import a_record, a_revision, a_series

# Changes.


def test_nothing_changed_is_no_change() -> None:
    record = a_record()

    assert compare(record, a_revision(record)) == ()


def test_a_changed_cell_changes_its_total_and_balance_and_those_of_the_sums() -> None:
    prior = a_record(foreigners=(100, 300))
    revised = a_revision(prior, Foreigners=(110, 300))

    changes = {(change.investor_type, change.figure): change for change in compare(prior, revised)}

    assert changes["Foreigners", "sales"] == Change("Foreigners", "sales", 100, 110)
    assert changes["Foreigners", "total"] == Change("Foreigners", "total", 400, 410)
    assert changes["Foreigners", "balance"] == Change("Foreigners", "balance", 200, 190)
    assert {name for name, _ in changes} == {"Foreigners", "ForeignInstitutions", "Brokerage", "Total"}
    assert {change.delta for change in changes.values() if change.figure == "balance"} == {-10}


def test_sub_groups_have_sales_and_purchases_only() -> None:
    prior = a_record()
    revised = a_revision(prior, IndividualMargin=(1, 2))

    assert {(c.investor_type, c.figure) for c in compare(prior, revised)} == {
        ("IndividualMargin", "sales"),
        ("IndividualMargin", "purchases"),
    }


def test_a_balance_can_stay_while_sales_and_purchases_change() -> None:
    prior = a_record(foreigners=(100, 300))
    revised = a_revision(prior, Foreigners=(150, 350))

    assert "balance" not in {change.figure for change in compare(prior, revised)}


def test_a_figure_that_appears_or_vanishes_is_a_change_without_a_delta() -> None:
    full = a_record(foreigners=(100, 300))
    empty = a_revision(full, Foreigners=None)

    vanished, appeared = compare(full, empty), compare(empty, full)

    assert vanished[0] == Change("Foreigners", "balance", 200, None)
    assert appeared[0] == Change("Foreigners", "balance", None, 200)
    assert {change.delta for change in (*vanished, *appeared)} == {None}
    assert len(vanished) == 4


def test_half_a_cell_has_no_total_and_no_balance() -> None:
    full = a_record(foreigners=(100, 300))
    position = full.figures.index(300)
    half = replace(full, figures=(*full.figures[:position], None, *full.figures[position + 1 :]))

    assert {(change.figure, change.after) for change in compare(full, half)} == {
        ("purchases", None),
        ("total", None),
        ("balance", None),
    }


def test_the_most_telling_change_comes_first() -> None:
    prior = a_record(foreigners=(100, 300), individuals=(300, 100), others={"TrustBanks": (10, 10), "OtherCos": (5, 5)})
    revised = a_revision(
        prior, OtherCos=(5, 10_005), TrustBanks=(10, 30_010), Individuals=(300, 101), Foreigners=(101, 300)
    )

    order = [(change.investor_type, change.figure) for change in compare(prior, revised)]

    assert order[:6] == [
        ("Foreigners", "balance"),
        ("Individuals", "balance"),
        ("Brokerage", "balance"),
        ("Total", "balance"),
        ("TrustBanks", "balance"),
        ("OtherCos", "balance"),
    ]
    assert order[6:10] == [
        ("Foreigners", "sales"),
        ("Foreigners", "total"),
        ("Individuals", "purchases"),
        ("Individuals", "total"),
    ]


def test_who_moved_is_named_before_the_sums_that_moved_with_it() -> None:
    prior = a_record()
    revised = a_revision(prior, TrustBanks=(0, 0))

    assert [c.investor_type for c in compare(prior, revised)][:3] == ["TrustBanks", "Brokerage", "Total"]


def test_only_records_of_one_section_and_measure_are_compared() -> None:
    with pytest.raises(ValueError, match="TSEPrime value is no revision of TokyoNagoya value"):
        compare(a_record(), a_record(section="TSEPrime"))
    with pytest.raises(ValueError, match="TokyoNagoya volume is no revision of TokyoNagoya value"):
        compare(a_record(), a_record(measure=Measure.VOLUME))


def test_a_moved_reference_period_is_told_apart() -> None:
    record = a_record("2022-02-10")

    assert dates_changed(record, replace(record, start_date=date(2022, 2, 4)))
    assert not dates_changed(record, a_revision(record, Foreigners=(1, 1)))


# The series before and after.


def test_the_revised_record_takes_its_weeks_place() -> None:
    series = a_series([1, 2, 3])
    revised = a_revision(series[1], Foreigners=(1, 1))

    for known in (series, [series[0], revised, series[2]]):
        before, after = with_revision(known, series[1], revised)

        assert before == tuple(series)
        assert after == (series[0], revised, series[2])


def test_a_revision_that_ends_on_another_day_replaces_the_record_of_its_week() -> None:
    series = a_series([1, 2, 3])
    revised = replace(series[1], end_date=date(2026, 11, 5))

    before, after = with_revision([*series[:1], revised, *series[1:]], series[1], revised)

    assert before == tuple(series)
    assert after == (series[0], revised, series[2])


def test_before_an_initial_record_there_was_none() -> None:
    series = a_series([1, 2, 3])

    before, after = with_revision(series, None, series[1])

    assert before == (series[0], series[2])
    assert after == tuple(series)


def test_several_revisions_are_applied_in_turn() -> None:
    told = tuple(a_series([1, 2, 3]))
    first, second = a_revision(told[0], Foreigners=(1, 1)), a_revision(told[2], Foreigners=(1, 1))
    stored = (first, told[1], second)

    before, after = with_revision(stored, told[0], first)
    before, after = with_revision(before, told[2], second)[0], with_revision(after, told[2], second)[1]

    assert before == told
    assert after == stored


def test_a_revert_undoes_the_revision() -> None:
    original = a_record(foreigners=(100, 300))
    revised = a_revision(original, Foreigners=(110, 300))
    reverted = a_revision(revised, Foreigners=(100, 300))

    there, back = compare(original, revised), compare(revised, reverted)

    assert [(c.investor_type, c.figure, c.before, c.after) for c in back] == [
        (c.investor_type, c.figure, c.after, c.before) for c in there
    ]
