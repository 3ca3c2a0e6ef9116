"""The simulated exchange: corrections, restatements, late and broken rows, as the real one has them (FACTS 6)."""

import json
from datetime import date
from typing import Any

import pytest
from investor_flows.model import Measure

from tests.local.vendor.exchange import Exchange
from tests.local.vendor.operation import Names
from tests.local.vendor.publication import Publication
from tests.local.vendor.synthesis import sections_of
from tests.local.vendor.trading_weeks import Week
from tests.unit.exchange_rows import GROUPS, a_year

END = date(2026, 11, 13)


def test_a_correction_adds_a_row_with_other_figures_on_the_next_business_day() -> None:
    exchange = a_year()

    exchange.correct(END, "TSEPrime")

    prior, revised = (vintage.row() for vintage in exchange.vintages(END, "TSEPrime", Measure.VALUE))
    assert (prior["PublishedDate"], revised["PublishedDate"]) == ("2026-11-19", "2026-11-20")
    assert prior["StartDate"] == revised["StartDate"]
    assert prior["ForeignersBalanceValue"] != revised["ForeignersBalanceValue"]
    assert revised["TotalTotalValue"] == revised["ProprietaryTotalValue"] + revised["BrokerageTotalValue"]
    assert exchange.now.isoformat() == "2026-11-20T18:01:00+09:00"


def test_a_correction_may_be_of_one_measure_and_share_its_date_with_a_release() -> None:
    exchange = a_year()

    exchange.correct(END, "TSEPrime", "volume", published_date=date(2026, 11, 27))
    exchange.publish_next_week()

    shared = [row["EndDate"] for row in exchange.rows(is_value=False) if row["PublishedDate"] == "2026-11-27"]
    assert sorted(set(shared)) == ["2026-11-13", "2026-11-20"]
    assert len(exchange.vintages(END, "TSEPrime", Measure.VALUE)) == 1


@pytest.mark.parametrize("sections", [None, "TokyoNagoya", "TSEPrime", ("TSEGrowth", "TokyoNagoya")])
def test_a_correction_leaves_the_two_market_total_above_the_sum_of_the_sections(sections: Names) -> None:
    exchange = a_year()

    exchange.correct(END, sections)

    for measure in Measure:
        newest = [exchange.vintages(END, name, measure)[-1].trades() for name in sections_of(exchange.newest_week)]
        *tokyo, both = newest
        for group in GROUPS:
            assert both[group].sales >= sum(section[group].sales for section in tokyo)
            assert both[group].purchases >= sum(section[group].purchases for section in tokyo)


def test_a_correction_reverted_says_again_what_was_said_first() -> None:
    exchange = a_year()

    exchange.correct(END, "TSEPrime")
    exchange.revert(END, "TSEPrime")

    figures = [_figures(vintage) for vintage in exchange.vintages(END, "TSEPrime", Measure.VALUE)]
    assert figures[0] == figures[2] != figures[1]


def _figures(vintage: Publication) -> dict[str, Any]:
    return {name: number for name, number in vintage.row().items() if name != "PublishedDate"}


def test_a_correction_must_be_dated_after_the_row_it_corrects() -> None:
    with pytest.raises(ValueError, match="later date"):
        a_year().correct(END, "TSEPrime", published_date=date(2026, 11, 19))


def test_a_restatement_replaces_the_row_under_the_same_dates_and_can_be_taken_back() -> None:
    exchange = a_year()
    [first] = exchange.vintages(END, "TSEGrowth", Measure.VALUE)

    exchange.restate(END, "TSEGrowth")
    [restated] = exchange.vintages(END, "TSEGrowth", Measure.VALUE)
    exchange.unrestate(END, "TSEGrowth")

    assert restated.published_date == first.published_date
    assert restated.row() != first.row()
    assert exchange.vintages(END, "TSEGrowth", Measure.VALUE) == [first]


def test_a_withheld_section_comes_late_under_the_date_it_should_have_had() -> None:
    exchange = a_year()
    exchange.withhold("TSEStandard", "volume")
    week = exchange.publish_next_week()

    before = _published(exchange, week)
    exchange.release_withheld()

    assert before == {"TSEPrime", "TSEGrowth", "TokyoNagoya"}
    assert _published(exchange, week) == before | {"TSEStandard"}


def _published(exchange: Exchange, week: Week) -> set[str]:
    day = week.published_date.isoformat()
    return {row["Section"] for row in exchange.rows(is_value=False) if row["PublishedDate"] == day}


def test_a_broken_row_fails_its_accounts_until_mended() -> None:
    exchange = a_year()
    exchange.break_accounts(sections="TSEPrime", measure="value", field="BrokerageTotal", by=7)
    end = exchange.publish_next_week().end_date

    [broken] = exchange.vintages(end, "TSEPrime", Measure.VALUE)
    exchange.mend(end)
    [mended] = exchange.vintages(end, "TSEPrime", Measure.VALUE)

    assert broken.row()["BrokerageTotalValue"] == mended.row()["BrokerageTotalValue"] + 7
    assert mended.flaw is None


def test_a_correction_of_a_broken_row_is_sound() -> None:
    exchange = a_year()
    exchange.break_accounts(END, "TSEPrime")

    exchange.correct(END, "TSEPrime")

    assert [bool(vintage.flaw) for vintage in exchange.vintages(END, "TSEPrime", Measure.VALUE)] == [True, False]


def test_an_exchange_built_from_its_state_is_the_same() -> None:
    exchange = a_year()
    exchange.withhold("TSEGrowth")
    exchange.break_accounts(sections="TSEPrime")
    exchange.publish_next_week()
    exchange.correct(END, ["TSEPrime", "TokyoNagoya"], "value")
    exchange.restate(END, "TSEGrowth")

    again = Exchange.from_state(json.loads(json.dumps(exchange.state())))

    assert again.rows() == exchange.rows()
    assert again.rows(is_value=False) == exchange.rows(is_value=False)
    assert again.outlook() == exchange.outlook()
    assert again.state() == exchange.state()


def test_an_unknown_section_or_week_is_refused() -> None:
    with pytest.raises(ValueError, match="TSE1st"):
        a_year().correct(END, "TSE1st")
    with pytest.raises(ValueError, match="no published week"):
        a_year().correct(date(2026, 11, 12))
