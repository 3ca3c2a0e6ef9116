"""Each fault that the simulated J-Quants Pro can be asked for."""

from collections.abc import Iterator

import pytest
import requests

from tests.integration.vendor_reader import ROWS, an_exchange, get, rows
from tests.local.vendor.server import KEY, PATH, Vendor


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    with Vendor(an_exchange()) as running:
        yield running


@pytest.mark.parametrize("status", [210, 401, 403, 413, 429, 500, 502, 503])
def test_a_status_can_be_placed(vendor: Vendor, session: requests.Session, status: int) -> None:
    vendor.fail_next(status)

    response = get(session, vendor)

    assert response.status_code == status
    assert response.json()["message"]
    assert "Retry-After" not in response.headers
    assert get(session, vendor).status_code == 200


def test_429_can_say_when_to_come_again(vendor: Vendor, session: requests.Session) -> None:
    vendor.fail_next(429, retry_after=7)

    assert get(session, vendor).headers["Retry-After"] == "7"


def test_a_fault_hits_exactly_the_requests_it_is_placed_on(vendor: Vendor, session: requests.Session) -> None:
    vendor.fail_next(500, times=2, after=1)

    assert [get(session, vendor).status_code for _ in range(4)] == [200, 500, 500, 200]


def test_a_lasting_fault_ends_when_healed(vendor: Vendor, session: requests.Session) -> None:
    vendor.fail_next(503, times=None)

    assert [get(session, vendor).status_code for _ in range(3)] == [503, 503, 503]
    vendor.heal()
    assert get(session, vendor).status_code == 200


def test_an_unknown_fault_is_refused_at_once(vendor: Vendor) -> None:
    with pytest.raises(ValueError, match="cut_body"):
        vendor.fail_next("cut_bodies")


def test_html_comes_with_status_200(vendor: Vendor, session: requests.Session) -> None:
    vendor.fail_next("html")

    response = get(session, vendor)

    assert (response.status_code, response.text[:9]) == (200, "<!DOCTYPE")


@pytest.mark.parametrize("fault", ["cut_body", "lost_answer"])
def test_a_body_or_an_answer_can_be_cut_off(vendor: Vendor, session: requests.Session, fault: str) -> None:
    vendor.fail_next(fault)

    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        get(session, vendor)
    assert len(rows(get(session, vendor))) == ROWS


@pytest.mark.parametrize("asked", ["gzip", "identity"])
def test_a_cut_gzip_does_not_decode_to_the_whole(vendor: Vendor, session: requests.Session, asked: str) -> None:
    vendor.fail_next("cut_gzip")
    session.headers["Accept-Encoding"] = asked

    response = get(session, vendor)

    with pytest.raises(ValueError, match=r"Expecting|Unterminated|Extra"):
        response.json()


@pytest.mark.parametrize("fault", ["slow_headers", "slow_body"])
def test_a_slow_answer_outlasts_a_short_timeout(vendor: Vendor, session: requests.Session, fault: str) -> None:
    vendor.fail_next(fault)
    headers = {"Authorization": KEY}

    with pytest.raises((requests.Timeout, requests.ConnectionError), match="timed out"):
        session.get(vendor.url + PATH, headers=headers, timeout=0.2)


def test_a_page_key_can_repeat_or_never_end(vendor: Vendor, session: requests.Session) -> None:
    def keys(fault: str) -> list[str]:
        vendor.fail_next(fault, times=3)
        answers = [get(session, vendor).json()]
        answers += [get(session, vendor, pagination_key=answers[-1]["pagination_key"]).json() for _ in range(2)]
        return [answer["pagination_key"] for answer in answers]

    assert len(set(keys("repeated_key"))) == 1
    assert len(set(keys("endless_key"))) == 3


def test_a_redirect_leads_to_another_host_where_the_key_is_looked_for(
    vendor: Vendor, session: requests.Session
) -> None:
    vendor.fail_next("redirect")

    response = get(session, vendor)

    assert response.status_code == 401
    assert [request.headers["Host"].split(":")[0] for request in vendor.requests] == ["127.0.0.1", "localhost"]
    assert vendor.requests[1].headers["Authorization"] is None


def test_the_shape_of_the_answer_can_be_wrong(vendor: Vendor, session: requests.Session) -> None:
    vendor.fail_next("wrong_shape")
    vendor.fail_next("wrong_shape", after=1, content=[1, 2])

    assert list(get(session, vendor).json()) == ["result"]
    assert get(session, vendor).json() == [1, 2]


def test_a_body_can_be_huge(vendor: Vendor, session: requests.Session) -> None:
    vendor.fail_next("huge_body", size=5_000_000)

    response = get(session, vendor)

    assert len(response.content) > 5_000_000
    assert rows(response) == vendor.exchange.rows()


def test_an_answer_can_be_replaced_by_any_other(vendor: Vendor, session: requests.Session) -> None:
    vendor.fail_next("replacement", status=418, headers={"X-Odd": "1"}, body=b"\xff")

    response = get(session, vendor)

    assert (response.status_code, response.headers["X-Odd"], response.content) == (418, "1", b"\xff")
