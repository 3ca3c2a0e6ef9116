"""JQuantsClient when J-Quants Pro does not answer as documented: a clear error, no row by mistake, no key in it."""

import traceback
from collections.abc import Iterator
from datetime import date

import pytest
import requests
from investor_flows import jquants
from investor_flows.errors import SourceError, SourceRejected, SourceTooLarge, SourceUnavailable
from investor_flows.jquants import JQuantsClient
from investor_flows.model import Measure
from investor_flows.sessions import session as new_session

from tests.local.vendor.exchange import Exchange
from tests.local.vendor.server import PATH, Vendor
from tests.local.web.loopback import Loopback
from tests.local.web.visit import Reply, Visit

KEY = "canary-key-5be1"
SETTINGS = ("JQuantsApiKeyParameter", "JQuantsAuthScheme", "JQuantsBaseUrl")
DEEP = b'{"trades_spec":' + b"[" * 100_000 + b"]" * 100_000 + b"}"

FAULTS = [
    ("401", {}, SourceRejected, SETTINGS),
    ("403", {}, SourceRejected, SETTINGS),
    ("400", {}, SourceRejected, ("400", "JQuantsBaseUrl")),
    ("404", {}, SourceRejected, ("404", "JQuantsBaseUrl")),
    ("413", {}, SourceTooLarge, ("413", "window")),
    ("429", {}, SourceUnavailable, ("429", "Retry-After none")),
    ("429", {"retry_after": 300}, SourceUnavailable, ("429", "Retry-After 300")),
    ("500", {}, SourceUnavailable, ("500",)),
    ("502", {}, SourceUnavailable, ("502",)),
    ("503", {"retry_after": 5}, SourceUnavailable, ("503",)),
    ("504", {}, SourceUnavailable, ("504",)),
    ("210", {}, SourceUnavailable, ("210", "in full")),
    ("204", {}, SourceRejected, ("204",)),
    ("html", {}, SourceRejected, ("not JSON", "<!DOCTYPE")),
    ("cut_body", {}, SourceUnavailable, ("no whole answer",)),
    ("lost_answer", {}, SourceUnavailable, ("no whole answer",)),
    ("cut_gzip", {}, SourceError, ("not JSON",)),
    ("wrong_shape", {}, SourceRejected, ("neither trades_spec nor data", "format")),
    ("wrong_shape", {"content": {"message": "busy"}}, SourceRejected, ("neither trades_spec nor data",)),
    ("wrong_shape", {"content": {"trades_spec": None}}, SourceRejected, ("neither trades_spec nor data",)),
    ("wrong_shape", {"content": {"data": {}}}, SourceRejected, ("neither trades_spec nor data",)),
    ("wrong_shape", {"content": []}, SourceRejected, ("list where an object belongs",)),
    ("wrong_shape", {"content": None}, SourceRejected, ("NoneType where an object belongs",)),
    ("wrong_shape", {"content": {"data": [], "pagination_key": 7}}, SourceRejected, ("pagination_key",)),
    ("wrong_shape", {"content": {"data": [], "pagination_key": ["x"]}}, SourceRejected, ("pagination_key",)),
    ("replacement", {"body": b""}, SourceRejected, ("not JSON",)),
    ("replacement", {"body": b'{"data": [\xff]}'}, SourceRejected, ("not JSON",)),
    ("replacement", {"body": DEEP}, SourceRejected, ("not JSON",)),
    ("huge_body", {"size": 50_000_000}, SourceRejected, ("more than", "bytes")),
    ("repeated_key", {}, SourceRejected, ("pagination_key repeats",)),
]


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    with Vendor(Exchange(date(2026, 11, 12), published_since=date(2026, 10, 1)), key=KEY, page_size=10) as vendor:
        yield vendor


def failure(url: str, session: requests.Session) -> SourceError:
    """The error that fetching everything ends with; the key must be in no part of it."""
    with pytest.raises(SourceError) as raised:
        list(JQuantsClient(url, lambda: KEY, "raw", session).rows(Measure.VALUE))
    assert KEY not in "".join(traceback.format_exception(raised.value))
    return raised.value


@pytest.mark.parametrize(
    ("fault", "options", "kind", "words"), FAULTS, ids=[f"{f}-{n}" for n, (f, *_) in enumerate(FAULTS)]
)
@pytest.mark.parametrize("page", [0, 1], ids=["first page", "later page"])
def test_a_bad_answer_is_an_error_that_says_what_and_whether_waiting_helps(
    vendor: Vendor,
    session: requests.Session,
    fault: str,
    options: dict[str, object],
    kind: type[SourceError],
    words: tuple[str, ...],
    page: int,
) -> None:
    vendor.fail_next(fault, times=None, after=page, **options)

    error = failure(vendor.url, session)

    assert isinstance(error, kind)
    assert str(error).startswith(f"GET {PATH}: ")
    assert [word for word in words if word not in str(error)] == []


@pytest.mark.parametrize("fault", ["429", "503", "lost_answer", "413"])
def test_a_request_that_failed_is_not_repeated_at_once(vendor: Vendor, session: requests.Session, fault: str) -> None:
    vendor.fail_next(fault, times=None)

    failure(vendor.url, session)

    assert len(vendor.requests) == 1


@pytest.mark.parametrize("fault", ["slow_headers", "slow_body"])
def test_an_answer_that_does_not_come_in_time_is_given_up(
    vendor: Vendor, session: requests.Session, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(jquants, "TIMEOUT", (0.2, 0.2))
    vendor.fail_next(fault, seconds=30)

    error = failure(vendor.url, session)

    assert isinstance(error, SourceUnavailable)


def test_the_real_timeouts_are_shorter_than_the_function_runs() -> None:
    connect, read = jquants.TIMEOUT

    assert 0 < connect + read < 60


def test_pages_without_end_are_given_up(
    vendor: Vendor, session: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jquants, "MAX_PAGES", 20)
    vendor.fail_next("endless_key", times=None)

    error = failure(vendor.url, session)

    assert isinstance(error, SourceRejected)
    assert "20 pages" in str(error)
    assert len(vendor.requests) == 21


def test_a_page_that_comes_again_is_noticed_at_once(vendor: Vendor, session: requests.Session) -> None:
    vendor.fail_next("repeated_key", times=None)

    failure(vendor.url, session)

    assert len(vendor.requests) == 2


def test_a_server_that_is_not_there_is_unavailable(session: requests.Session) -> None:
    with Vendor(key=KEY) as vendor:
        url = vendor.url

    assert isinstance(failure(url, session), SourceUnavailable)


def test_a_server_that_does_not_speak_tls_is_unavailable(vendor: Vendor, session: requests.Session) -> None:
    error = failure(vendor.url.replace("http:", "https:"), session)

    assert isinstance(error, SourceUnavailable)
    assert "SSLError" in str(error)


class Echo(Loopback):
    """A server that answers well, and repeats the key in a header that is none."""

    def answer(self, visit: Visit) -> Reply:
        """Answer with no rows."""
        body = b'{"trades_spec": []}'
        odd = {"Content-Length": str(len(body)), "X-Odd": f"1\r\n{visit.headers['Authorization']} is no header"}
        return Reply(200, body, odd)


def test_a_header_that_is_none_leaves_no_key_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """urllib3 would log it; the answer is good, so nobody would look."""
    with Echo() as echo:
        rows = list(JQuantsClient(echo.url, lambda: KEY, "raw", new_session()).rows(Measure.VALUE))

    assert (rows, len(echo.visits), caplog.text) == ([], 1, "")


class Elsewhere(Loopback):
    """Another server, which answers well."""

    def answer(self, visit: Visit) -> Reply:  # noqa: ARG002 - any visit is one too many
        """Answer with no rows."""
        return Reply(200, b'{"trades_spec": []}')


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_the_key_is_not_sent_on(
    vendor: Vendor, session: requests.Session, status: int
) -> None:
    with Elsewhere() as elsewhere:
        vendor.fail_next("redirect", location=elsewhere.url + PATH, status=status)

        error = failure(vendor.url, session)

    assert isinstance(error, SourceRejected)
    assert str(status) in str(error)
    assert elsewhere.visits == []


@pytest.mark.parametrize("fault", ["cut_body", "huge_body", "slow_body", "403"])
def test_after_a_failure_the_same_client_reads_everything(
    vendor: Vendor, session: requests.Session, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(jquants, "TIMEOUT", (0.2, 0.2))
    vendor.fail_next(fault, after=1)
    client = JQuantsClient(vendor.url, lambda: KEY, "raw", session)
    with pytest.raises(SourceError):
        list(client.rows(Measure.VALUE))
    monkeypatch.undo()

    assert len(list(client.rows(Measure.VALUE))) == 28
