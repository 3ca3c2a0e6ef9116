"""The simulated J-Quants Pro over HTTP: the documented endpoint (FACTS 1, 2), and how other processes steer it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from investor_flows.model import Measure

from tests.integration.vendor_reader import ROWS, an_exchange, get, rows
from tests.local.vendor.operation import Operation
from tests.local.vendor.server import KEY, PATH, Vendor
from tests.local.vendor.trading_weeks import released_by


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    with Vendor(an_exchange()) as running:
        yield running


def test_without_parameters_the_whole_history_by_value_is_served(vendor: Vendor, session: requests.Session) -> None:
    response = get(session, vendor)

    assert rows(response) == vendor.exchange.rows()
    assert len(rows(response)) == ROWS
    assert "pagination_key" not in response.json()


def test_is_value_false_serves_volume(vendor: Vendor, session: requests.Session) -> None:
    assert rows(get(session, vendor, is_value="false")) == vendor.exchange.rows(is_value=False)
    assert rows(get(session, vendor, is_value="true")) == vendor.exchange.rows()


def test_a_section_is_served_alone(vendor: Vendor, session: requests.Session) -> None:
    assert {row["Section"] for row in rows(get(session, vendor, section="TSEPrime"))} == {"TSEPrime"}


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%Y%m%d"])
def test_a_window_filters_on_published_date_in_both_forms(vendor: Vendor, session: requests.Session, form: str) -> None:
    since, until = date(2026, 11, 12).strftime(form), date(2026, 11, 18).strftime(form)

    served = rows(get(session, vendor, **{"from": since, "to": until}))

    assert {row["PublishedDate"] for row in served} == {"2026-11-12"}


def test_a_window_on_the_period_never_sees_a_correction_of_an_old_week(session: requests.Session) -> None:
    window = {"from": "2026-11-16", "to": "2026-11-30"}
    exchange = an_exchange()
    exchange.correct(date(2026, 10, 2), "TSEPrime")

    with Vendor(exchange) as by_publication, Vendor(exchange, window="period") as by_period:
        seen = {row["EndDate"] for row in rows(get(session, by_publication, **window))}
        unseen = rows(get(session, by_period, **window))

    assert seen == {"2026-11-13", "2026-10-02"}
    assert unseen == []


def test_pages_join_to_the_whole_and_the_last_has_no_key(session: requests.Session) -> None:
    with Vendor(an_exchange(), page_size=12) as vendor:
        pages = [get(session, vendor)]
        while key := pages[-1].json().get("pagination_key"):
            pages.append(get(session, vendor, pagination_key=key))

    assert [len(rows(page)) for page in pages] == [12, 12, 8]
    assert [row for page in pages for row in rows(page)] == vendor.exchange.rows()


def test_a_full_last_page_has_no_key(session: requests.Session) -> None:
    with Vendor(an_exchange(), page_size=ROWS) as vendor:
        assert "pagination_key" not in get(session, vendor).json()


def test_a_page_key_of_another_request_is_refused(session: requests.Session) -> None:
    with Vendor(an_exchange(), page_size=12) as vendor:
        key = get(session, vendor).json()["pagination_key"]

        assert get(session, vendor, pagination_key=key, is_value="false").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-13-01"},
        {"to": "1 November"},
        {"from": "2026-11-1"},
        {"from": "2026-1101"},
        {"is_value": "yes"},
        {"section": "TSEprime"},
        {"pagination_key": "x"},
    ],
    ids=lambda query: "=".join(*query.items()),
)
def test_a_bad_parameter_is_refused_by_name(vendor: Vendor, session: requests.Session, query: dict[str, str]) -> None:
    response = get(session, vendor, **query)

    assert response.status_code == 400
    assert f"'{next(iter(query))}'" in response.json()["message"]


@pytest.mark.parametrize(
    ("accepts", "raw", "bearer"), [("raw", 200, 403), ("bearer", 403, 200), ("either", 200, 200)], ids=lambda x: str(x)
)
def test_the_key_is_taken_in_the_forms_switched_on(
    session: requests.Session, accepts: Any, raw: int, bearer: int
) -> None:
    with Vendor(an_exchange(), accepts=accepts) as vendor:
        assert get(session, vendor, key=KEY).status_code == raw
        assert get(session, vendor, key=f"Bearer {KEY}").status_code == bearer


def test_a_wrong_key_and_a_wrong_path_look_alike_and_a_missing_key_does_not(
    vendor: Vendor, session: requests.Session
) -> None:
    wrong_key = get(session, vendor, key="wrong")
    wrong_path = session.get(f"{vendor.url}/v2/other", headers={"Authorization": KEY}, timeout=10)

    assert wrong_key.status_code == wrong_path.status_code == 403
    assert wrong_key.json() == wrong_path.json()
    assert get(session, vendor, key=None).status_code == 401


def test_the_array_may_be_called_data(session: requests.Session) -> None:
    with Vendor(an_exchange(), rows_key="data") as vendor:
        assert list(get(session, vendor).json()) == ["data"]


@pytest.mark.parametrize("form", [int, float, str])
def test_figures_are_sent_in_the_form_switched_on(session: requests.Session, form: type[float | str]) -> None:
    with Vendor(an_exchange(), number_form=form) as vendor:
        served = rows(get(session, vendor))[0]

    assert type(served["TotalSalesValue"]) is form
    assert int(served["TotalSalesValue"]) == vendor.exchange.rows()[0]["TotalSalesValue"]


def test_rows_can_be_changed_before_they_are_sent(session: requests.Session) -> None:
    with Vendor(an_exchange(), change_rows=lambda page: [{**row, "Section": "TSENew"} for row in page]) as vendor:
        assert {row["Section"] for row in rows(get(session, vendor))} == {"TSENew"}


def test_gzip_is_used_when_asked_for_only(vendor: Vendor, session: requests.Session) -> None:
    asked = get(session, vendor)
    session.headers["Accept-Encoding"] = "identity"
    plain = get(session, vendor)

    assert asked.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert asked.json() == plain.json()


def test_requests_are_recorded_with_query_and_headers(vendor: Vendor, session: requests.Session) -> None:
    get(session, vendor, section="TSEPrime")

    [request] = vendor.requests
    assert (request.method, request.path, request.query) == ("GET", PATH, {"section": "TSEPrime"})
    assert request.headers["Authorization"] == KEY


def test_another_process_can_steer_the_exchange(vendor: Vendor, session: requests.Session) -> None:
    def post(operation: str, **told: Any) -> dict[str, Any]:
        response = session.post(f"{vendor.url}/_exchange/{operation}", json=told, timeout=10)
        assert response.status_code == 200, response.text
        outlook: dict[str, Any] = response.json()
        return outlook

    published = post("publish_next_week")
    corrected = post("correct", end_date="2026-11-13", section="TSEPrime", measure="value")
    post("restate", end_date="2026-11-06", sections=["TSEGrowth"])
    post("break_accounts", end_date="2026-11-20", section="TSEStandard")

    assert published["newest_published_date"] == "2026-11-27"
    assert published["now"] == "2026-11-27T18:01:00+09:00"
    assert corrected["newest_published_date"] == "2026-11-30"
    assert session.get(f"{vendor.url}/_exchange/state", timeout=10).json() == vendor.state()
    assert len(rows(get(session, vendor))) == ROWS + 4 + 1
    assert vendor.exchange.vintages(date(2026, 11, 20), "TSEStandard", Measure.VALUE)[0].flaw


def test_another_process_can_place_and_heal_faults(vendor: Vendor, session: requests.Session) -> None:
    fault = {"fault": "replacement", "times": None, "status": 500, "body_base64": "aGk="}
    session.post(f"{vendor.url}/_exchange/fail_next", json=fault, timeout=10)
    failed = get(session, vendor)
    session.post(f"{vendor.url}/_exchange/heal", timeout=10)

    assert (failed.status_code, failed.text) == (500, "hi")
    assert get(session, vendor).status_code == 200


@pytest.mark.parametrize(("operation", "told"), [("publish", {}), ("correct", {"section": "No"}), ("fail_next", {})])
def test_a_wrong_order_is_refused_and_changes_nothing(
    vendor: Vendor, session: requests.Session, operation: str, told: dict[str, str]
) -> None:
    before = vendor.state()

    response = session.post(f"{vendor.url}/_exchange/{operation}", json=told, timeout=10)

    assert response.status_code == 400
    assert response.json()["message"]
    assert vendor.state() == before


def test_a_restarted_vendor_goes_on_from_its_state_file(tmp_path: Path, session: requests.Session) -> None:
    kept = tmp_path / "kept" / "vendor.json"
    with Vendor(an_exchange(), state_file=kept) as first:
        first.do(Operation("publish_next_week"))
        first.do(Operation("correct", date(2026, 11, 13), ("TSEPrime",)))
        before = rows(get(session, first))

    with Vendor(state_file=kept) as second:
        assert rows(get(session, second)) == before


def test_a_vendor_that_follows_the_clock_serves_what_is_due_today(session: requests.Session) -> None:
    with Vendor(an_exchange(), follows_clock=True) as vendor:
        due = released_by(datetime.now(UTC))
        get(session, vendor)

        assert vendor.exchange.next_week.published_date > max(due, date(2026, 11, 19))


def test_the_vendor_runs_as_a_program(tmp_path: Path, session: requests.Session) -> None:
    options = ["--state", str(tmp_path / "vendor.json"), "--key", "other", "--published-through", "2008-03-01"]
    command = [sys.executable, "-m", "tests.local.vendor.server", *options]

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as program:
        assert program.stdout
        url = program.stdout.readline().split()[-1]
        response = session.get(url + PATH, headers={"Authorization": "Bearer other"}, timeout=10)
        program.terminate()

    assert rows(response)[0]["StartDate"] == "2008-01-07"
    assert program.returncode == 0
    assert json.loads((tmp_path / "vendor.json").read_bytes())["published_through"] == "2008-03-01"
