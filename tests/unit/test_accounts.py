"""The identities of FACTS 4: each broken in turn holds the row, with a reason that names the cell."""

import pytest
from investor_flows.accounts import CLIENTS, Cells, consistent, doubts
from investor_flows.model import GROUPS, SUB_GROUPS, Held, Measure, Record
from investor_flows.rows import read_row

from tests.unit.builders import a_record, pair
from tests.unit.sent import Row, a_row, cell, moved


def reason(row: Row) -> str:
    received = read_row(row, Measure.VALUE)
    assert isinstance(received, Held), "the row was taken"
    return received.reason


def sound(row: Row) -> bool:
    return isinstance(read_row(row, Measure.VALUE), Record)


def traded(name: str, sales: int = 0, purchases: int = 0) -> dict[str, int]:
    """What changes in a group's four cells, its own accounts kept, when it sells and buys more."""
    return {
        f"{name}Sales": sales,
        f"{name}Purchases": purchases,
        f"{name}Total": sales + purchases,
        f"{name}Balance": purchases - sales,
    }


@pytest.mark.parametrize("amount", [1, -1, 1000])
@pytest.mark.parametrize("figure", ["Total", "Balance"])
@pytest.mark.parametrize("group", GROUPS)
def test_a_group_total_and_balance_follow_from_its_sales_and_purchases(group: str, figure: str, amount: int) -> None:
    row = moved(a_row(), **{f"{group}{figure}": amount})

    assert reason(row).startswith(f"{group}{figure} ")


def test_the_reason_says_what_was_sent_and_what_would_be_right() -> None:
    row = a_row(a_record(foreigners=(100, 300)))

    assert reason(moved(row, ForeignersTotal=1)) == "ForeignersTotal 401 is not sales + purchases = 400"
    assert reason(moved(row, ForeignersBalance=1)) == "ForeignersBalance 201 is not purchases - sales = 200"


@pytest.mark.parametrize(("sales", "purchases", "figure"), [(1, 0, "Sales"), (0, 1, "Purchases")])
def test_total_is_proprietary_and_brokerage(sales: int, purchases: int, figure: str) -> None:
    row = moved(a_row(), **traded("Total", sales, purchases))

    assert reason(row).startswith(f"Total{figure} ")


@pytest.mark.parametrize(("sales", "purchases", "figure"), [(1, 0, "Sales"), (0, 1, "Purchases")])
@pytest.mark.parametrize("client", [name for name in CLIENTS if name != "Individuals"])
def test_brokerage_is_the_sum_of_its_ten_clients(client: str, sales: int, purchases: int, figure: str) -> None:
    row = moved(a_row(), **traded(client, sales, purchases))

    assert reason(row).startswith(f"Brokerage{figure} ")


@pytest.mark.parametrize("figure", ["Sales", "Purchases"])
@pytest.mark.parametrize("part", ["IndividualCash", "IndividualMargin"])
def test_individuals_are_cash_and_margin(part: str, figure: str) -> None:
    row = moved(a_row(), **{f"{part}{figure}": 1})

    assert reason(row).startswith(f"Individuals{figure} ")


@pytest.mark.parametrize("part", ["IndividualCash", "IndividualMargin"])
def test_individuals_are_not_compared_with_parts_that_are_not_published(part: str) -> None:
    row = moved(a_row(), IndividualCashSales=1, IndividualMarginSales=1) | {cell(f"{part}Sales"): None}

    assert sound(row)


@pytest.mark.parametrize("part", ["ProprietaryCash", "ProprietaryMargin", "ForeignInstitutions", "ForeignIndividuals"])
def test_identities_that_are_plausible_only_hold_nothing_but_are_said(part: str) -> None:
    record = read_row(moved(a_row(), **{f"{part}Sales": 1}), Measure.VALUE)

    assert isinstance(record, Record)
    [doubt] = doubts(record)

    assert doubt.startswith("TokyoNagoya value to 2026-11-13: ")
    assert part in doubt


def test_a_sound_row_raises_no_doubt() -> None:
    assert doubts(a_record()) == []


@pytest.mark.parametrize("group", [*CLIENTS, *SUB_GROUPS])
@pytest.mark.parametrize("figure", ["Sales", "Purchases"])
def test_nobody_sells_or_buys_a_negative_amount(group: str, figure: str) -> None:
    row = a_row() | {cell(f"{group}{figure}"): -1}

    assert reason(row) == f"{group}{figure} is negative"


def test_a_negative_amount_is_found_where_all_sums_agree() -> None:
    row = a_row(a_record(foreigners=(-1, 5)))

    assert reason(row) == "ForeignersSales is negative"


def test_a_balance_may_be_negative() -> None:
    assert sound(a_row(a_record(foreigners=pair(-5_000_000), individuals=pair(-1), proprietary=pair(-9))))


def test_the_balance_of_the_total_need_not_be_zero() -> None:
    record = a_record()

    assert record.balance("Total") != 0
    assert sound(a_row(record))


@pytest.mark.parametrize("group", GROUPS)
def test_zero_is_a_figure(group: str) -> None:
    quiet = {name: (0, 0) for name in CLIENTS if name not in ("Foreigners", "Individuals")}
    row = a_row(a_record(foreigners=(0, 0), individuals=(0, 0), proprietary=(0, 0), others=quiet))

    assert row[cell(f"{group}Total")] == 0
    assert sound(row)


@pytest.mark.parametrize("name", ["TotalSales", "ForeignersBalance", "OtherFinancialInstitutionsTotal"])
def test_a_figure_that_is_missing_is_named_before_any_sum(name: str) -> None:
    row = moved(a_row(), ProprietaryTotal=1) | {cell(name): None}

    assert reason(row) == f"{name} is missing"


@pytest.mark.parametrize(("whole", "most"), [(400_000, 800_000), (1_000, 2_000), (7, 2_000)])
def test_a_part_more_than_twice_its_whole_is_in_another_unit(whole: int, most: int) -> None:
    row = a_row(a_record(foreigners=(whole, whole)))

    assert sound(row | {cell("ForeignInstitutionsSales"): most})
    assert reason(row | {cell("ForeignInstitutionsSales"): most + 1}) == (
        f"ForeignInstitutionsSales {most + 1} is more than 2 times ForeignersSales {whole}"
    )


@pytest.mark.parametrize("part", ["ProprietaryCash", "ProprietaryMargin", "ForeignInstitutions", "ForeignIndividuals"])
@pytest.mark.parametrize("figure", ["Sales", "Purchases"])
def test_each_unproven_part_is_compared_where_it_is_published(part: str, figure: str) -> None:
    assert reason(a_row() | {cell(f"{part}{figure}"): 10**13}).startswith(f"{part}{figure} ")
    assert sound(a_row() | {cell(f"{part}{figure}"): None})


# What is stored of a row that is held: sales and purchases, where the rest follows from them.


def cells(row: Row) -> dict[str, int | None]:
    """The figures of a row by their names without the suffix."""
    return {name.removesuffix("Value"): figure for name, figure in row.items() if isinstance(figure, int)}


@pytest.mark.parametrize("figure", ["Total", "Balance"])
@pytest.mark.parametrize("group", GROUPS)
def test_a_row_is_consistent_where_each_total_and_balance_follows(group: str, figure: str) -> None:
    row = cells(a_row())
    missing: Cells = row | {f"{group}{figure}": None}

    assert consistent(row)
    assert consistent(missing)
    assert not consistent(cells(moved(a_row(), **{f"{group}{figure}": 1})))


def test_sums_over_groups_are_not_what_makes_a_row_consistent() -> None:
    row = moved(a_row(), **traded("TrustBanks", 1, 0))

    assert not sound(row)
    assert consistent(cells(row))


@pytest.mark.parametrize("side", ["Sales", "Purchases"])
def test_a_group_that_did_not_say_both_sides_says_no_total_and_no_balance(side: str) -> None:
    row = cells(a_row()) | {f"Foreigners{side}": None}

    assert not consistent(row)
    assert not consistent(row | {"ForeignersTotal": None})
    assert not consistent(row | {"ForeignersBalance": None})
    assert consistent(row | {"ForeignersTotal": None, "ForeignersBalance": None})


def test_a_row_with_a_negative_amount_is_not_consistent_though_its_figures_agree() -> None:
    assert not consistent(cells(a_row(a_record(foreigners=(-1, 5)))))
    assert consistent(cells(a_row(a_record(foreigners=(5, 0)))))
    assert not consistent({"IndividualCashSales": -1})
