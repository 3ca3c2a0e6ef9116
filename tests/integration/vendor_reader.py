"""Asks the simulated J-Quants Pro as its customers do."""

from datetime import date
from typing import Any

import requests

from tests.local.vendor.exchange import Exchange
from tests.local.vendor.server import KEY, PATH, Vendor

ROWS = 8 * 4  # eight releases of four sections


def an_exchange() -> Exchange:
    return Exchange(date(2026, 11, 19), published_since=date(2026, 10, 1))


def get(session: requests.Session, vendor: Vendor, key: str | None = KEY, **query: str) -> requests.Response:
    headers = {} if key is None else {"Authorization": key}
    return session.get(vendor.url + PATH, params=query, headers=headers, timeout=10)


def rows(response: requests.Response) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    content: list[dict[str, Any]] = response.json()["trades_spec"]
    return content
