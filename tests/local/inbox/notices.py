"""What the local stack tells a running inbox that no message says: whose figures it shows, and what programs got."""

from collections.abc import Mapping
from typing import Any

import requests

TIMEOUT = 10


def say_whose_figures(inbox_url: str, *, simulated: bool) -> None:
    """Let the page say that all figures are synthetic, or not."""
    _tell(f"{inbox_url}/_inbox/vendor", {"simulated": simulated})


def show_document(inbox_url: str, document: Mapping[str, Any]) -> None:
    """Let the page show a JSON document with the message that has its receipt."""
    _tell(f"{inbox_url}/_inbox/document", document)


def _tell(url: str, told: Mapping[str, Any]) -> None:
    requests.post(url, json=told, timeout=TIMEOUT).raise_for_status()
