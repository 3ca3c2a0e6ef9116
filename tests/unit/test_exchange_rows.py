"""The simulated exchange: its synthetic rows look, add up and come out like the real ones (FACTS 2-6)."""

from datetime import date
from itertools import pairwise
from random import Random
from statistics import median
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from investor_flows.model import Measure

from tests.local.vendor.exchange import Exchange
from tests.local.vendor.trading_weeks import Week, released_by, weeks_after
from tests.unit.exchange_rows import FOUR, GROUPS, SUB_GROUPS, a_year, rows_of

weeks = st.dates(date(2008, 1, 7), date(2028, 12, 1)).map(lambda day: next(weeks_after(day)))
measures = st.sampled_from(Measure)


@given(weeks, measures)
def test_the_accounts_of_every_row_are_exact(week: Week, measure: Measure) -> None:
    suffix = measure.title()
    for row in rows_of(week, measure).values():
        cell = {name.removesuffix(suffix): number for name, number in row.items()}
        for group in GROUPS:
            assert cell[f"{group}Total"] == cell[f"{group}Sales"] + cell[f"{group}Purchases"]
            assert cell[f"{group}Balance"] == cell[f"{group}Purchases"] - cell[f"{group}Sales"]
        for name in FOUR:
            assert cell[f"Total{name}"] == cell[f"Proprietary{name}"] + cell[f"Brokerage{name}"]
            assert cell[f"Brokerage{name}"] == sum(cell[f"{group}{name}"] for group in GROUPS[3:])


@given(weeks, measures)
def test_the_two_market_total_covers_the_sections_with_a_small_excess(week: Week, measure: Measure) -> None:
    rows = rows_of(week, measure)
    both = rows.pop("TokyoNagoya")
    gross = [name for name, number in both.items() if isinstance(number, int) and "Balance" not in name]

    for name in gross:
        tokyo = sum(row[name] for row in rows.values())
        assert tokyo <= both[name] <= tokyo * 1.00012 + 2


def test_a_row_has_the_documented_fields() -> None:
    suffixed = [f"{group}{name}Volume" for group in GROUPS for name in FOUR]
    suffixed += [f"{group}{name}Volume" for group in SUB_GROUPS for name in FOUR[:2]]

    row = a_year().rows(is_value=False)[0]

    assert list(row) == ["Section", "PublishedDate", "StartDate", "EndDate", *suffixed]
    assert len(suffixed) == 64
    assert all(type(row[name]) is int for name in suffixed)


def test_sub_items_are_null_before_2015_and_add_up_after() -> None:
    exchange = Exchange(date(2015, 1, 22), published_since=date(2014, 12, 20))
    early, late = exchange.rows()[0], exchange.rows()[-1]

    assert {early[f"{group}{name}Value"] for group in SUB_GROUPS for name in FOUR[:2]} == {None}
    for name in FOUR[:2]:
        assert late[f"Individuals{name}Value"] == sum(
            late[f"Individual{kind}{name}Value"] for kind in ("Cash", "Margin")
        )
        assert late[f"Foreigners{name}Value"] == sum(
            late[f"Foreign{kind}{name}Value"] for kind in ("Institutions", "Individuals")
        )


def test_the_sections_change_with_the_reform_of_april_2022() -> None:
    exchange = Exchange(date(2022, 4, 14), published_since=date(2022, 4, 7))
    sections = {(row["EndDate"], row["Section"]) for row in exchange.rows()}

    before, after = "2022-04-01", "2022-04-08"
    assert sections == {
        *((before, name) for name in ("TSE1st", "TSE2nd", "TSEMothers", "TSEJASDAQ", "TokyoNagoya")),
        *((after, name) for name in ("TSEPrime", "TSEStandard", "TSEGrowth", "TokyoNagoya")),
    }


def test_weeks_are_published_on_the_days_expected() -> None:
    exchange = a_year()
    expected = "11-27 12-03 12-10 12-17 12-24 01-04 01-07 01-15 01-21"

    published = [exchange.publish_next_week().published_date for _ in range(25)]

    assert [f"{day:%m-%d}" for day in published[:9]] == expected.split()
    assert {date(2027, 4, 30), date(2027, 5, 11), date(2027, 5, 13)} <= set(published)


def test_the_calendar_has_its_real_quirks() -> None:
    exchange = Exchange(date(2020, 1, 31), published_since=date(2018, 12, 1))
    by_start = {week.start_date: week for week in exchange.weeks}

    assert by_start[date(2019, 1, 4)].end_date == date(2019, 1, 4)
    assert by_start[date(2019, 12, 30)].trading_days == 1
    assert not any(date(2019, 4, 29) <= start <= date(2019, 5, 3) for start in by_start)


def test_history_starts_in_january_2008() -> None:
    exchange = Exchange(date(2008, 3, 1))

    assert exchange.rows()[0]["StartDate"] == "2008-01-07"


def test_figures_have_the_size_of_the_real_ones() -> None:
    rows = [row for row in Exchange(date(2026, 11, 19), published_since=date(2025, 1, 1)).rows() if _is_headline(row)]
    recent = [row for row in rows if row["EndDate"] >= "2026-02"]

    assert 15e9 < median(row["TotalSalesValue"] for row in rows if row["EndDate"] < "2026") < 25e9
    assert 35e9 < median(row["TotalSalesValue"] for row in recent) < 65e9
    assert 0.60 < median(row["ForeignersTotalValue"] / row["BrokerageTotalValue"] for row in rows) < 0.65
    assert 0.20 < median(row["IndividualsTotalValue"] / row["BrokerageTotalValue"] for row in rows) < 0.30
    assert 1e8 < median(abs(row["ForeignersBalanceValue"]) for row in rows) < 9e8


def test_balances_last_for_weeks_and_individuals_mostly_go_the_other_way() -> None:
    exchange = Exchange(date(2022, 3, 31), published_since=date(2018, 1, 1))
    rows = [row for row in exchange.rows() if _is_headline(row)]
    signs = [row["ForeignersBalanceValue"] > 0 for row in rows]
    opposite = [row["ForeignersBalanceValue"] * row["IndividualsBalanceValue"] < 0 for row in rows]

    assert sum(before == after for before, after in pairwise(signs)) > 0.65 * len(signs)
    assert sum(opposite) > 0.6 * len(opposite)
    assert any(row["TotalBalanceValue"] for row in rows)


def _is_headline(row: dict[str, Any]) -> bool:
    return bool(row["Section"] == "TokyoNagoya")


def test_the_same_seed_gives_the_same_rows_and_another_seed_others() -> None:
    def rows(seed: int) -> list[dict[str, Any]]:
        return Exchange(date(2026, 11, 19), seed=seed, published_since=date(2026, 10, 1)).rows()

    assert rows(1) == rows(1)
    assert rows(1) != rows(2)


def test_a_week_does_not_depend_on_the_weeks_around_it() -> None:
    alone = Exchange(date(2026, 11, 19), published_since=date(2026, 11, 19))

    assert alone.rows() == a_year().rows()[-4:]


def test_publishing_through_a_day_publishes_what_is_due_by_then() -> None:
    exchange = a_year()

    exchange.publish_through(date(2026, 12, 9))

    assert exchange.newest_published_date == date(2026, 12, 3)


def test_a_release_is_out_at_six_in_the_evening_in_japan() -> None:
    newest = a_year().now

    assert released_by(newest) == date(2026, 11, 19)
    assert released_by(newest.replace(hour=17)) == date(2026, 11, 18)


def test_random_weeks_of_the_whole_history_are_never_negative() -> None:
    random = Random(1)
    for _ in range(30):
        week = next(weeks_after(date.fromordinal(random.randint(733_000, 740_000))))
        cells = rows_of(week, random.choice(list(Measure)))["TokyoNagoya"]
        assert all(number > 0 for name, number in cells.items() if isinstance(number, int) and "Balance" not in name)
