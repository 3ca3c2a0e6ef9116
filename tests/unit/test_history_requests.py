"""What an operator asks of history: figures as they were known on a day, and what was corrected."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from investor_flows.asof import Clock, as_of
from investor_flows.errors import RequestError
from investor_flows.model import INVESTOR_TYPES, Measure, Vintage
from investor_flows.operate.answer import answer

from tests.unit.builders import a_record, a_revision, a_series
from tests.unit.fake_desk import NOW, a_desk
from tests.unit.fake_store import FakeStore

RECORD = a_record()
REVISED = a_revision(RECORD, "2026-11-26", Foreigners=(14_000_000_000, 14_200_000_000))
LATER = NOW + timedelta(days=9)


def a_store(*vintages: Vintage) -> FakeStore:
    store = FakeStore()
    store.stored += vintages
    return store


def ask(store: FakeStore, task: str, **fields: Any) -> dict[str, Any]:
    return answer({"task": task, "time": (LATER + timedelta(days=1)).isoformat(), **fields}, a_desk(store), NOW)


CORRECTED = a_store(Vintage(RECORD, NOW), Vintage(REVISED, LATER))


# As of.


@pytest.mark.parametrize(
    ("clock", "day", "known"),
    [
        (Clock.VENDOR, "2026-11-18", []),
        (Clock.VENDOR, "2026-11-19", [RECORD]),
        (Clock.VENDOR, "2026-11-25", [RECORD]),
        (Clock.VENDOR, "2026-11-26", [REVISED]),
        (Clock.OURS, "2026-11-27", [RECORD]),
        (Clock.OURS, "2026-11-28", [REVISED]),
    ],
)
def test_a_day_knows_what_was_published_or_seen_by_its_end(clock: str, day: str, known: list[Any]) -> None:
    found = ask(CORRECTED, "as_of", clock=clock, date=day, investor_types="Foreigners")

    balances = [row["balance_thousand_yen"] for row in found["rows"]]
    assert balances == [record.balance("Foreigners") for record in known]


def test_a_restatement_is_known_from_the_day_we_saw_it_by_either_clock() -> None:
    restated = Vintage(a_revision(RECORD, RECORD.published_date, Foreigners=(1, 2)), LATER, restatement=1)
    vintages = [Vintage(RECORD, NOW), restated]

    for clock in Clock:
        assert as_of(vintages, LATER.date() - timedelta(days=1), clock) == vintages[:1]
        assert as_of(vintages, LATER.date(), clock) == vintages[1:]


def test_weeks_come_oldest_first_one_vintage_each() -> None:
    series = [Vintage(record, NOW) for record in a_series([1, 2, 3])]

    assert as_of([series[2], series[0], series[1], series[0]], LATER.date(), Clock.VENDOR) == series


def test_a_row_names_its_unit_and_says_null_where_nothing_was_published() -> None:
    record = a_record(measure=Measure.VOLUME, without=["IndividualCash"])

    found = ask(
        a_store(Vintage(record, NOW)), "as_of", measure="volume", investor_types=["Foreigners", "IndividualCash"]
    )

    foreigners, cash = found["rows"]
    trades = record.trades("Foreigners")
    assert trades
    assert (foreigners["sales_thousand_shares"], foreigners["total_thousand_shares"]) == (trades.sales, trades.total)
    assert cash["balance_thousand_shares"] is None
    assert foreigners["published_date"] == "2026-11-19"


def test_csv_has_the_same_rows_with_a_header_and_nothing_where_nothing_was_published() -> None:
    store = a_store(Vintage(a_record(without=["IndividualCash"]), NOW))

    rows, text = ask(store, "as_of")["rows"], ask(store, "as_of", format="csv")["csv"]

    read = list(csv.DictReader(io.StringIO(text)))
    assert len(read) == len(INVESTOR_TYPES)
    assert read == [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in rows]


def test_a_year_of_weeks_comes_unless_told() -> None:
    series = [Vintage(record, NOW) for record in a_series([1] * 60)]
    first = series[10].record.end_date

    weeks = [
        ask(a_store(*series), "as_of", **fields)["weeks"]
        for fields in ({"date": "2026-11-19"}, {"from": str(first)}, {"from": str(first), "to": str(first)})
    ]

    assert weeks == [52, 50, 1]


def test_a_series_without_figures_has_no_rows() -> None:
    found = ask(FakeStore(), "as_of", format="csv", section="TSEPrime")

    assert (found["weeks"], found["csv"]) == (0, "")


# Revisions.


def test_a_correction_is_listed_with_what_changed_when_and_by_how_much() -> None:
    found = ask(CORRECTED, "revisions", investor_types=["Foreigners"])

    [revision] = found["revisions"]
    assert (found["weeks"], found["revised_weeks"]) == (1, 1)
    assert (revision["kind"], revision["published_date"], revision["supersedes"]) == (
        "revision",
        "2026-11-26",
        "2026-11-19",
    )
    assert revision["first_seen_at"] == "2026-11-28T18:30:00+09:00"
    assert {change["figure"]: change["delta_thousand_yen"] for change in revision["changes"]} == {
        "balance": -100_000_000,
        "purchases": -100_000_000,
        "total": -100_000_000,
    }


def test_the_typical_size_is_the_median_of_the_balances_that_moved() -> None:
    vintages = [
        vintage
        for week, size in enumerate((10, 30, 500))
        for record in [a_record(RECORD.end_date - timedelta(weeks=week))]
        for vintage in (
            Vintage(record, NOW),
            Vintage(a_revision(record, "2026-11-27", Foreigners=(14_000_000_000, 14_300_000_000 + size)), LATER),
        )
    ]

    found = ask(a_store(*vintages), "revisions", investor_types=["Foreigners", "TrustBanks"])

    assert found["typical"] == [
        {"investor_type": "Foreigners", "balances_revised": 3, "median_thousand_yen": 30, "largest_thousand_yen": 500}
    ]


def test_going_back_to_the_first_figures_is_a_revision_too() -> None:
    back = a_revision(RECORD, "2026-11-27", Foreigners=(14_000_000_000, 14_300_000_000))
    store = a_store(Vintage(RECORD, NOW), Vintage(REVISED, LATER), Vintage(back, LATER))

    found = ask(store, "revisions", investor_types=["Foreigners"])

    deltas = [revision["changes"][0]["delta_thousand_yen"] for revision in found["revisions"]]
    assert deltas == [-100_000_000, 100_000_000]


def test_a_series_that_was_never_corrected_has_no_typical_size() -> None:
    found = ask(a_store(Vintage(RECORD, NOW)), "revisions")

    assert (found["weeks"], found["revisions"], found["typical"]) == (1, [], [])


# What is refused.


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "section": ({"task": "as_of", "section": "TSEPrim"}, '"section" must be one of TokyoNagoya, TSEPrime'),
    "section's type": ({"task": "revisions", "section": 3}, '"section" must be'),
    "measure": ({"task": "as_of", "measure": "yen"}, '"measure" must be one of value, volume'),
    "investor type": ({"task": "as_of", "investor_types": ["Foreigner"]}, "a list of some of Proprietary"),
    "clock": ({"task": "as_of", "clock": "utc"}, '"clock" must be one of vendor, ours'),
    "date": ({"task": "as_of", "date": "2026-11-31"}, '"date" must be a date'),
    "from": ({"task": "revisions", "from": "yesterday"}, '"from" must be a date'),
    "order": ({"task": "revisions", "from": "2026-11-20", "to": "2026-11-13"}, "must not be after"),
    "format": ({"task": "as_of", "format": "xlsx"}, '"format" must be one of json, csv'),
    "field": ({"task": "revisions", "date": "2026-11-19"}, "this task takes"),
}


@pytest.mark.parametrize(("event", "accepted"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_request_is_refused_with_what_is_accepted(event: dict[str, Any], accepted: str) -> None:
    with pytest.raises(RequestError, match=accepted):
        answer(event, a_desk(CORRECTED), NOW)


def test_an_answer_that_lambda_would_not_take_is_refused_with_what_to_do() -> None:
    long = [Vintage(record, NOW) for record in a_series([1] * 800)]

    with pytest.raises(RequestError, match="ask for less"):
        ask(a_store(*long), "as_of", **{"from": "2008-01-01"})
