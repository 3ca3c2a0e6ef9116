"""The client, fuzzed without a network: whatever bytes an answer holds, it is an error that is named, or rows."""

import gzip
import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from investor_flows import jquants
from investor_flows.errors import SourceError
from investor_flows.jquants import PATH, JQuantsClient
from investor_flows.model import Held, Measure, Record
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

from tests.unit.builders import a_record
from tests.unit.sent import a_row

GOOD = json.dumps({"trades_spec": [a_row(), a_row(a_record(section="TSEPrime"))]}).encode()
PIECES = [
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\\",
    b"\\ud800",
    b"null",
    b"1e400",
    b"NaN",
    b"\x00",
    b"\xff",
    b"-",
]
PIECES += [
    b'"trades_spec"',
    b'"data"',
    b'"pagination_key":"1."',
    b'"pagination_key":0',
    b'"Section":"TSEGrowth"',
    b"[[[[",
]
MORE = settings(max_examples=6 * settings.default.max_examples)  # type: ignore[union-attr]

KEY = "canary-key-5be1-3f9a-77c2-e0d4"

places = st.integers(0, len(GOOD))
edits = st.lists(st.tuples(places, st.integers(0, 40), st.sampled_from(PIECES) | st.binary(max_size=4)), max_size=4)
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(a_row()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["trades_spec", "data", "pagination_key", "Section"]), inner, max_size=3)
    ),
)


class Canned(BaseAdapter):
    """Answers every request with the same bytes."""

    def __init__(self, body: bytes, status: int, headers: Mapping[str, str]) -> None:
        super().__init__()
        self._body, self._status, self._headers = body, status, headers

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """Answer, as requests makes an answer of urllib3's."""
        raw = HTTPResponse(BytesIO(self._body), self._headers, self._status, preload_content=False)
        return HTTPAdapter().build_response(request, raw)

    def close(self) -> None:
        """Keep nothing open."""


def answered(
    body: bytes, status: int = 200, headers: Mapping[str, str] | None = None
) -> list[Record | Held] | SourceError:
    """What the client makes of an answer: rows, or the error. Any other exception fails the test."""
    with requests.Session() as session, pytest.MonkeyPatch.context() as patch:
        patch.setattr(jquants, "MAX_PAGES", 3)
        session.trust_env = False
        session.mount("https://", Canned(body, status, headers or {}))
        try:
            return list(JQuantsClient("https://vendor.example", lambda: KEY, "raw", session).rows(Measure.VALUE))
        except SourceError as error:
            return error


def assert_clear(answer: list[Record | Held] | SourceError) -> None:
    if isinstance(answer, SourceError):
        assert str(answer).startswith(f"GET {PATH}: ")
        assert len(str(answer)) < 250


def test_the_unchanged_answer_is_read() -> None:
    assert answered(GOOD) == [a_record(), a_record(section="TSEPrime")]


@given(edits)
@MORE
def test_a_body_with_some_bytes_changed_is_an_error_or_the_rows_that_were_meant(
    edits: list[tuple[int, int, bytes]],
) -> None:
    body = GOOD
    for place, gone, piece in edits:
        body = body[:place] + piece + body[place + gone :]

    answer = answered(body)

    assert_clear(answer)
    if isinstance(answer, list):
        assert all(row.figures[:6] == a_record().figures[:6] for row in answer if isinstance(row, Record))


@given(documents)
def test_any_document_is_an_error_or_rows(document: object) -> None:
    assert_clear(answered(json.dumps(document).encode()))


@given(st.binary(max_size=60), st.sampled_from(["identity", "gzip", "deflate", "gzip, deflate", "br", "x"]))
@MORE
def test_any_bytes_in_any_encoding_are_an_error_or_rows(noise: bytes, encoding: str) -> None:
    packed = gzip.compress(GOOD, mtime=0)

    for body in (noise, packed + noise, packed[: len(noise)] + noise):
        assert_clear(answered(body, headers={"Content-Encoding": encoding}))


@given(st.integers(100, 999).filter(lambda status: status != 200), st.text(max_size=30))
def test_any_other_status_is_an_error_whatever_its_headers_say(status: int, text: str) -> None:
    answer = answered(GOOD, status, {"Location": text, "Retry-After": text})

    assert isinstance(answer, SourceError)
    assert str(status) in str(answer)
    assert_clear(answer)


@pytest.mark.parametrize("status", [200, 302, 403, 429, 500])
def test_an_answer_that_repeats_the_key_is_an_error_that_does_not(status: int) -> None:
    answer = answered(KEY.encode(), status, {"Location": KEY, "Retry-After": KEY, "Server": KEY})

    assert isinstance(answer, SourceError)
    assert KEY[:8] not in str(answer)
