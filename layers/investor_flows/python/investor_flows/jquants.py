"""J-Quants Pro over HTTP: every page of a window, row by row, or a clear error. Never an empty week by mistake.

Request and response are those of FACTS 1 and 2; what is open there is accepted in each of its forms.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NoReturn

import requests

from investor_flows.errors import SourceRejected, SourceTooLarge, SourceUnavailable
from investor_flows.model import Held, Measure, Record
from investor_flows.rows import read_row

PATH = "/v2/markets/trades_spec"
TIMEOUT = (5, 20)
MAX_PAGES = 1000
MAX_BYTES = 32 * 1024 * 1024
CHUNK = 64 * 1024
LONGEST_NAME = 40
ROW_KEYS = ("trades_spec", "data")
KEY_HELP = "check the access key (JQuantsApiKeyParameter), its plan, JQuantsAuthScheme and JQuantsBaseUrl"


class JQuantsClient:
    """Reads trades by type of investors. The access key is read when first needed, and again after a refusal."""

    def __init__(self, base_url: str, read_key: Callable[[], str], scheme: str, session: requests.Session) -> None:
        """`scheme`: `raw` sends the bare key, `bearer` sends `Bearer <key>`."""
        self._url = base_url.rstrip("/") + PATH
        self._read_key = read_key
        self._scheme = scheme
        self._session = session
        self._key: str | None = None
        self._connected = False

    def rows(self, measure: Measure, window: tuple[date, date] | None = None) -> Iterator[Record | Held]:
        """Yield every row of a window (first and last day; whether of publication or period is open), or of all time.

        Raises SourceUnavailable, SourceTooLarge or SourceRejected; rows yielded before are then not the whole answer.
        """
        query = {"is_value": "true" if measure is Measure.VALUE else "false"}
        if window:
            query |= {"from": window[0].isoformat(), "to": window[1].isoformat()}
        try:
            for row in self._pages(query):
                yield read_row(row, measure)
        finally:
            if not self._connected:
                self._session.close()

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Share one connection among all that is asked inside: to make one costs more CPU than a small answer.

        It is closed at the end: a connection that is kept may be spoilt, or dead at the next poll.
        """
        self._connected = True
        try:
            yield
        finally:
            self._connected = False
            self._session.close()

    def _pages(self, query: dict[str, str]) -> Iterator[object]:
        asked: set[str] = set()
        while True:
            answer = self._page(query)
            yield from _rows(answer)
            key = answer.get("pagination_key")
            if key is None or key == "":
                return
            if not isinstance(key, str) or not key.isprintable() or key in asked or len(asked) >= MAX_PAGES:
                raise SourceRejected(f"GET {PATH}: pagination_key repeats, is no text, or passes {MAX_PAGES} pages")
            asked.add(key)
            query = {**query, "pagination_key": key}

    def _page(self, query: dict[str, str]) -> dict[str, object]:
        # A hook judges the status before requests reads the body of a redirect, and the address that it names.
        hooks = {"response": [*self._session.hooks["response"], self._raise_for_status]}
        headers = self._headers()
        try:
            with self._session.get(
                self._url,
                params=query,
                headers=headers,
                timeout=TIMEOUT,
                stream=True,
                allow_redirects=False,
                hooks=hooks,
            ) as response:
                body = _body(response)
        except (requests.RequestException, ValueError) as error:  # ValueError: urllib3 meets a negative chunk
            cause = None if self._key and self._key in str(error) else error  # a broken status line may repeat it
            raise SourceUnavailable(f"GET {PATH}: {type(error).__name__}, no whole answer from the server") from cause
        return _decode(body)

    def _headers(self) -> dict[str, str]:
        if self._key is None:
            self._key = self._read_key()
        return {"Authorization": self._key if self._scheme == "raw" else f"Bearer {self._key}"}

    def _raise_for_status(self, response: requests.Response, **_: object) -> None:
        """Only 200 is an answer. J-Quants also uses 210 (partial), and 403 for a wrong key as for a wrong path."""
        status = response.status_code
        if status == requests.codes.ok:
            return
        response.close()
        said = f"GET {PATH}: {status}"
        if status in (requests.codes.unauthorized, requests.codes.forbidden):
            self._key = None
            raise SourceRejected(f"{said}: {KEY_HELP}")
        _raise_for_other(response, said)


def _raise_for_other(response: requests.Response, said: str) -> NoReturn:
    status = response.status_code
    if status == requests.codes.request_entity_too_large:
        raise SourceTooLarge(f"{said}: the window is too large for one answer")
    if status == requests.codes.too_many_requests:
        after = response.headers.get("Retry-After", "")
        raise SourceUnavailable(f"{said}: too many requests, Retry-After {after[:9] if after.isdecimal() else 'none'}")
    if status == 210 or status >= requests.codes.server_error:
        raise SourceUnavailable(f"{said}: the server is not able to answer in full now")
    raise SourceRejected(f"{said}: refused; check JQuantsBaseUrl and whether the API has changed")


def _body(response: requests.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(CHUNK):
        body += chunk
        if len(body) > MAX_BYTES:
            raise SourceRejected(f"GET {PATH}: a page of more than {MAX_BYTES} bytes")
    return bytes(body)


def _decode(body: bytes) -> dict[str, object]:
    try:
        answer = json.loads(body, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        raise SourceRejected(f"GET {PATH}: 200, but not JSON{_glimpse(body)}") from None
    if not isinstance(answer, dict):
        raise SourceRejected(f"GET {PATH}: 200, but {type(answer).__name__} where an object belongs")
    return answer


def _glimpse(body: bytes) -> str:
    """Show how a page begins. Anything else may be an echo of what was sent, with the key in it."""
    return f": {body[:15]!r}" if body.startswith(b"<") else f", {len(body)} bytes"


def _object(fields: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object, in which no field comes twice: nobody could say which of the two is meant."""
    made = dict(fields)
    if len(made) < len(fields):
        name, _ = Counter(name for name, _ in fields).most_common(1)[0]
        raise SourceRejected(f"GET {PATH}: 200, but {name[:LONGEST_NAME]!a} comes twice in one object")
    return made


def _rows(answer: dict[str, object]) -> list[object]:
    found = [rows for name in ROW_KEYS if isinstance(rows := answer.get(name), list)]
    if len(found) == 1:
        return found[0]
    names = f"both {' and '.join(ROW_KEYS)} hold" if found else f"neither {' nor '.join(ROW_KEYS)} holds"
    raise SourceRejected(f"GET {PATH}: {names} a list; the format has changed")
