"""Slack: an incoming webhook, or a bot in a channel. A refusal says whether waiting can help.

A webhook answers `ok` and nothing else. A bot's message has a timestamp, so it can be found, threaded and marked.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import requests

from investor_flows.errors import DeliveryDelayed, DeliveryRefused

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError
    from slack_sdk.web import WebClient

TIMEOUT = (5, 10)
EVENT_TYPE = "investor_flows"
PASSING = {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
BAD_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}


class Webhook:
    """An incoming webhook. Its URL is the secret: it is in no error and no log."""

    name = "slack-webhook"

    def __init__(self, read_url: Callable[[], str], session: requests.Session) -> None:
        """`read_url` reads the secret when it is first needed."""
        self._read_url = read_url
        self._session = session

    def post(self, document: Mapping[str, Any]) -> str:
        """Post the message; plain text where Slack does not take the blocks. Raises DeliveryError."""
        slack = document["slack"]
        try:
            self._send({"text": slack["text"], "blocks": slack["blocks"]})
        except _BlocksRefused:
            self._send({"text": slack["text"]})
        return "ok"

    def _send(self, payload: Mapping[str, Any]) -> None:
        try:
            response = self._session.post(self._read_url(), json=payload, timeout=TIMEOUT, allow_redirects=False)
        except requests.RequestException as error:
            # From None: the URL is the secret, and requests prints it.
            raise DeliveryDelayed(f"Slack webhook: {type(error).__name__}, no answer") from None
        if response.status_code == requests.codes.ok:
            return
        _raise_for_webhook(response)


class _BlocksRefused(DeliveryRefused):
    """Slack takes the message, but not its blocks."""


def _raise_for_webhook(response: requests.Response) -> NoReturn:
    status, answer = response.status_code, _word(response.text)
    said = f"Slack webhook: {status} {answer}"
    if status == requests.codes.too_many_requests:
        raise DeliveryDelayed(said, _seconds(response.headers.get("Retry-After")))
    if status >= requests.codes.server_error:
        raise DeliveryDelayed(said)
    if answer in BAD_BLOCKS:
        raise _BlocksRefused(said)
    raise DeliveryRefused(f"{said}; check the webhook (SlackWebhookParameter) and its channel")


def _word(text: str) -> str:
    """Slack's error code, if the answer is one: anything else may hold anything."""
    word = text.strip()
    return word if word.replace("_", "").isalnum() and len(word) <= len("x" * 60) else "(no error code)"


def _seconds(retry_after: str | None) -> int | None:
    return int(retry_after) if retry_after and retry_after.isdecimal() else None


class Bot:
    """A bot user in a channel."""

    def __init__(self, client: "WebClient", channel: str) -> None:
        """`client` carries the token; slack_sdk keeps it out of its errors."""
        self._client = client
        self._channel = channel
        self.name = f"slack-{channel}"

    def post(self, document: Mapping[str, Any]) -> str:
        """Post the message and return its timestamp. Raises DeliveryError."""
        slack = document["slack"]
        try:
            return self._send(document, blocks=slack["blocks"])
        except _BlocksRefused:
            return self._send(document, blocks=None)

    def _send(self, document: Mapping[str, Any], blocks: list[dict[str, Any]] | None) -> str:
        from slack_sdk.errors import SlackApiError, SlackClientError  # here: webhooks need none of it

        metadata = {"event_type": EVENT_TYPE, "event_payload": {"receipt": document["receipt"]}}
        try:
            answer = self._client.chat_postMessage(
                channel=self._channel, text=document["slack"]["text"], blocks=blocks, metadata=metadata
            )
        except SlackApiError as error:
            _raise_for_bot(error)
        except (SlackClientError, OSError) as error:
            raise DeliveryDelayed(f"Slack: {type(error).__name__}, no answer") from None
        return str(answer["ts"])


def _raise_for_bot(error: "SlackApiError") -> NoReturn:
    code = _word(str(error.response.get("error", "")))
    said = f"Slack chat.postMessage: {error.response.status_code} {code}"
    if code in BAD_BLOCKS:
        raise _BlocksRefused(said) from None
    if code in PASSING or error.response.status_code >= requests.codes.server_error:
        raise DeliveryDelayed(said, _seconds(error.response.headers.get("Retry-After"))) from None
    raise DeliveryRefused(
        f"{said}; check the token (SlackBotTokenParameter), SlackChannel and the app's scopes"
    ) from None


def bot(read_token: Callable[[], str], api_url: str, channel: str) -> Bot:
    """Make a bot; the token is read at once, since slack_sdk wants it at construction."""
    from slack_sdk.web import WebClient

    return Bot(WebClient(token=read_token(), base_url=api_url, timeout=TIMEOUT[1]), channel)
