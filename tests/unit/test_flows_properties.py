"""All statistics at once, against the slow way and against themselves, on random histories."""

from dataclasses import fields, replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from investor_flows.directions import directions
from investor_flows.flows import PeriodSum, Statistics, statistics
from investor_flows.model import GROUPS, INVESTOR_TYPES, Record

from tests.unit import slow_flows
from tests.unit.builders import OTHERS, SUBS, a_record, a_revision, a_series, pair
from tests.unit.histories import histories


@given(histories(most=2), st.sampled_from(GROUPS), st.integers(0, 10**9), st.integers(0, 10**9))
def test_built_records_keep_the_accounts(history: list[Record], name: str, sales: int, purchases: int) -> None:
    full = a_record(history[-1].end_date, foreigners=pair(12))
    pairs = {} if name in {"Brokerage", "Total"} else {name: (sales, purchases)}
    revised = a_revision(full, None, **pairs)

    for record in (full, revised):
        trades = {name: record.trades(name) for name in INVESTOR_TYPES}
        for whole, parts in {
            "Total": ("Proprietary", "Brokerage"),
            "Brokerage": ("Individuals", "Foreigners", *OTHERS),
            **SUBS,
        }.items():
            sums = [sum(getattr(trades[part], side) for part in parts) for side in ("sales", "purchases")]
            assert [trades[whole].sales, trades[whole].purchases] == sums  # type: ignore[union-attr]


@given(histories())
@example(a_series([1] * 70, last="2020-01-10"))
@example(a_series([1] * 70, last="2022-04-01"))
def test_every_statistic_agrees_with_the_slow_way(history: list[Record]) -> None:
    for name in ("Foreigners", "Individuals", "TrustBanks", "ForeignInstitutions", "Proprietary"):
        assert statistics(history, name) == slow_flows.statistics(history, name)
    assert directions(history) == slow_flows.directions(history)


@pytest.mark.parametrize("seed", range(12))
def test_every_statistic_agrees_with_the_slow_way_over_many_years(seed: int) -> None:
    random = Random(seed)
    length = random.choice([261, 300, 600])
    balances = [random.choice([None, 0, 5, *[random.randint(-(10**9), 10**9)] * 40]) for _ in range(length - 1)]
    missing = random.sample(range(length - 1), random.choice([0, 2, 20]))
    history = a_series([*balances, random.choice([1, -1]) * random.randint(1, 10**9)], missing=missing)

    assert statistics(history, "Foreigners") == slow_flows.statistics(history, "Foreigners")


@given(histories(), st.integers(2, 1000))
def test_a_larger_unit_scales_sums_and_nothing_else(history: list[Record], factor: int) -> None:
    figures = [tuple(None if f is None else f * factor for f in record.figures) for record in history]
    scaled = [replace(record, figures=scaled) for record, scaled in zip(history, figures, strict=True)]

    result, large = statistics(history, "Foreigners"), statistics(scaled, "Foreigners")

    assert large == (result and _scaled(result, factor))


@given(histories())
def test_swapping_sales_and_purchases_swaps_directions_only(history: list[Record]) -> None:
    swapped = [replace(record, figures=_swapped(record.figures)) for record in history]

    result, mirrored = statistics(history, "Foreigners"), statistics(swapped, "Foreigners")

    if result and result.balance:  # a zero is placed as net buying, in either mirror
        assert mirrored == _scaled(result, -1)


@given(histories(most=30), st.integers(1, 29))
def test_more_history_changes_nothing_that_was_complete(history: list[Record], kept: int) -> None:
    long, short = statistics(history, "Foreigners"), statistics(history[-kept:], "Foreigners")

    assert (long is None) == (short is None)
    if long and short:
        for field in fields(Statistics):
            value = getattr(short, field.name)
            if isinstance(value, PeriodSum) and value.complete:
                assert getattr(long, field.name) == value
        assert long.streak.weeks >= short.streak.weeks
        assert short.streak.cut_by_gap or long.streak == short.streak
        assert short.largest.since is None or long.largest.since == short.largest.since


@given(histories(most=30))
def test_publication_dates_play_no_part(history: list[Record]) -> None:
    later = [replace(record, published_date=record.published_date + timedelta(days=900)) for record in history]

    assert statistics(later, "Foreigners") == statistics(history, "Foreigners")


def _scaled(result: Statistics, factor: int) -> Statistics:
    sums = ("sum_4_weeks", "sum_13_weeks", "calendar_year", "fiscal_year")
    values = {name: getattr(result, name) for name in sums}
    return replace(
        result,
        balance=result.balance * factor,
        change=None if result.change is None else result.change * factor,
        streak=replace(result.streak, balance=result.streak.balance * factor),
        **{name: replace(value, balance=value.balance * factor) for name, value in values.items()},
    )


def _swapped(figures: tuple[int | None, ...]) -> tuple[int | None, ...]:
    return tuple(
        figure for sales, purchases in zip(figures[::2], figures[1::2], strict=True) for figure in (purchases, sales)
    )
