"""JQuantsClient over HTTP against the simulated J-Quants Pro: every row of every page, in each form that is open."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

import pytest
import requests
from investor_flows import intake
from investor_flows.errors import SourceRejected
from investor_flows.jquants import JQuantsClient
from investor_flows.model import Held, Measure, Record
from investor_flows.rows import read_row

from tests.local.vendor.exchange import Exchange
from tests.local.vendor.publication import Row
from tests.local.vendor.server import PATH, Vendor

KEY = "canary-key-5be1"
WINDOW = date(2026, 11, 6), date(2026, 11, 12)


@pytest.fixture(scope="module")
def exchange() -> Exchange:
    """Seven releases of four sections."""
    return Exchange(date(2026, 11, 12), published_since=date(2026, 10, 1))


def published(exchange: Exchange, measure: Measure) -> list[Record | Held]:
    return [read_row(row, measure) for row in exchange.rows(measure is Measure.VALUE)]


def fetch(vendor: Vendor, session: requests.Session, measure: Measure = Measure.VALUE, **told: Any) -> list[Any]:
    client = JQuantsClient(vendor.url, lambda: KEY, told.pop("scheme", "raw"), session)
    return list(client.rows(measure, **told))


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize("page_size", [1, 9, 28, 1000])
def test_every_row_of_every_page_comes_in_order(
    exchange: Exchange, session: requests.Session, measure: Measure, page_size: int
) -> None:
    with Vendor(exchange, key=KEY, page_size=page_size) as vendor:
        received = fetch(vendor, session, measure)

    assert received == published(exchange, measure)
    assert len(received) == 28
    assert len(vendor.requests) == -(-28 // page_size)


def test_a_window_is_asked_for_by_its_first_and_last_day_on_every_page(
    exchange: Exchange, session: requests.Session
) -> None:
    with Vendor(exchange, key=KEY, page_size=3) as vendor:
        received = fetch(vendor, session, Measure.VOLUME, window=WINDOW)

    assert {row.published_date for row in received} == {*WINDOW}
    assert {(visit.query["from"], visit.query["to"]) for visit in vendor.requests} == {("2026-11-06", "2026-11-12")}
    assert {visit.query["is_value"] for visit in vendor.requests} == {"false"}


def test_without_a_window_nothing_limits_the_answer(exchange: Exchange, session: requests.Session) -> None:
    with Vendor(exchange, key=KEY) as vendor:
        fetch(vendor, session)

    assert [dict(visit.query) for visit in vendor.requests] == [{"is_value": "true"}]


def test_a_window_without_rows_is_empty(exchange: Exchange, session: requests.Session) -> None:
    with Vendor(exchange, key=KEY) as vendor:
        assert fetch(vendor, session, window=(date(2026, 11, 7), date(2026, 11, 11))) == []


@pytest.mark.parametrize(("scheme", "header"), [("raw", KEY), ("bearer", f"Bearer {KEY}")])
def test_the_key_is_sent_as_the_scheme_says(
    exchange: Exchange, session: requests.Session, scheme: Literal["raw", "bearer"], header: str
) -> None:
    with Vendor(exchange, key=KEY, accepts=scheme, page_size=14) as vendor:
        received = fetch(vendor, session, scheme=scheme)

    assert received == published(exchange, Measure.VALUE)
    assert [visit.headers["Authorization"] for visit in vendor.requests] == [header] * 2


@pytest.mark.parametrize(("accepted", "sent"), [("raw", "bearer"), ("bearer", "raw")])
def test_the_wrong_scheme_is_an_error_that_names_the_setting(
    exchange: Exchange, session: requests.Session, accepted: Literal["raw", "bearer"], sent: str
) -> None:
    with (
        Vendor(exchange, key=KEY, accepts=accepted) as vendor,
        pytest.raises(SourceRejected, match="JQuantsAuthScheme"),
    ):
        fetch(vendor, session, scheme=sent)


@pytest.mark.parametrize("rows_key", ["trades_spec", "data"])
@pytest.mark.parametrize("number_form", [int, float, str, lambda n: f"{n}.0"], ids=["int", "float", "text", "text .0"])
def test_rows_and_numbers_are_read_in_each_of_their_forms(
    exchange: Exchange,
    session: requests.Session,
    rows_key: Literal["trades_spec", "data"],
    number_form: Callable[[int], Any],
) -> None:
    with Vendor(exchange, key=KEY, rows_key=rows_key, number_form=number_form) as vendor:
        assert fetch(vendor, session) == published(exchange, Measure.VALUE)


def test_answers_are_asked_for_compressed(exchange: Exchange, session: requests.Session) -> None:
    encodings = []
    session.hooks["response"] = [lambda response, **_: encodings.append(response.headers["Content-Encoding"])]

    with Vendor(exchange, key=KEY) as vendor:
        received = fetch(vendor, session)

    assert encodings == ["gzip"]
    assert received == published(exchange, Measure.VALUE)


def test_a_row_that_cannot_be_trusted_is_held_and_the_others_come(session: requests.Session) -> None:
    exchange = Exchange(date(2026, 11, 12), published_since=date(2026, 11, 5))
    exchange.break_accounts(date(2026, 11, 6), "TSEPrime", Measure.VALUE)

    with Vendor(exchange, key=KEY) as vendor:
        received = fetch(vendor, session)

    [held] = [row for row in received if isinstance(row, Held)]
    assert (held.section, held.end_date) == ("TSEPrime", date(2026, 11, 6))
    assert held.reason.startswith("ForeignersBalance")
    assert len(received) == 8


def test_a_row_that_is_no_object_is_held_and_the_others_come(exchange: Exchange, session: requests.Session) -> None:
    def spoilt(rows: list[Row]) -> list[Row]:
        return [*rows[:3], None, "row", *rows[3:]]  # type: ignore[list-item]

    with Vendor(exchange, key=KEY, change_rows=spoilt) as vendor:
        received = fetch(vendor, session)

    assert [row for row in received if isinstance(row, Record)] == published(exchange, Measure.VALUE)
    assert [row.raw for row in received if isinstance(row, Held)] == ["null", '"row"']


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_address_may_end_with_a_slash(exchange: Exchange, session: requests.Session, slash: str) -> None:
    asked = []
    session.hooks["response"] = [lambda response, **_: asked.append(response.request.path_url)]

    with Vendor(exchange, key=KEY) as vendor:
        received = list(JQuantsClient(vendor.url + slash, lambda: KEY, "raw", session).rows(Measure.VALUE))

    assert len(received) == 28
    assert asked == [f"{PATH}?is_value=true"]


def test_the_key_is_read_when_it_is_first_needed_and_then_kept(exchange: Exchange, session: requests.Session) -> None:
    read: list[str] = []

    with Vendor(exchange, key=KEY, page_size=7) as vendor:
        client = JQuantsClient(vendor.url, lambda: read.append("read") or KEY, "raw", session)  # type: ignore[func-returns-value]
        before = list(read)
        list(client.rows(Measure.VALUE))
        list(client.rows(Measure.VOLUME))

    assert (before, read) == ([], ["read"])


def test_value_and_volume_of_a_poll_share_a_connection_and_the_next_poll_makes_its_own(
    exchange: Exchange, session: requests.Session
) -> None:
    with Vendor(exchange, key=KEY, page_size=7) as vendor:
        client = JQuantsClient(vendor.url, lambda: KEY, "raw", session)

        polls = [intake.fetch(client, exchange.now, WINDOW) for _ in range(3)]

        assert [len(rows) for rows in polls] == [16, 16, 16]
        assert vendor.connections == 3


def test_a_key_that_was_refused_is_read_again_for_the_next_request(
    exchange: Exchange, session: requests.Session
) -> None:
    keys = iter(["old", KEY])

    with Vendor(exchange, key=KEY) as vendor:
        client = JQuantsClient(vendor.url, lambda: next(keys), "raw", session)
        with pytest.raises(SourceRejected):
            list(client.rows(Measure.VALUE))
        received = list(client.rows(Measure.VALUE))

    assert len(received) == 28
