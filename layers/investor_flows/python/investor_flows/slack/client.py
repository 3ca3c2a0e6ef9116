"""slack_sdk's client, tamed: it repeats nothing by itself, logs nothing, and tells its token to nobody else."""

from logging import CRITICAL, Logger
from typing import Any
from urllib.request import Request

from slack_sdk.web import WebClient


def connect(token: str, api_url: str, timeout: int) -> WebClient:
    """Make a client. slack_sdk would repeat a post whose answer was lost, after a sleep, and log addresses."""
    silent = Logger("silent", CRITICAL + 1)
    return _Client(token, api_url, timeout, retry_handlers=[], logger=silent)


class _Client(WebClient):
    """A client whose token does not follow a redirect."""

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        """Send a request. urllib takes the ordinary headers along to wherever it is sent on."""
        req.add_unredirected_header("Authorization", req.headers.pop("Authorization"))
        return super()._perform_urllib_http_request_internal(url, req)
