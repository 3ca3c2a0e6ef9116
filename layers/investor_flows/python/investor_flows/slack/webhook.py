"""Slack through an incoming webhook. It answers `ok` and nothing else: no thread, no picture, no mark, no look-up."""

from collections.abc import Mapping
from typing import Any

import requests

from investor_flows.errors import DeliveryDelayed, DeliveryRefused
from investor_flows.slack.answers import TIMEOUT, BlocksRefused, refusal


class Webhook:
    """An incoming webhook. Its URL is the secret: it is in no error and no log."""

    def __init__(self, name: str, url: str, session: requests.Session) -> None:
        """`name` is the channel's in SlackChannelsParameter."""
        self.name = name
        self._url = url
        self._session = session
        self._advice = f'the webhook of "{name}" (SlackChannelsParameter) and its channel'

    def post(self, document: Mapping[str, Any]) -> None:
        """Post the message; plain text where Slack does not take the blocks. Raises DeliveryError."""
        slack = document["slack"]
        try:
            self._send({"text": slack["text"], "blocks": slack["blocks"]})
        except BlocksRefused:
            self._send({"text": slack["text"]})

    def _send(self, payload: Mapping[str, Any]) -> None:
        try:
            response = self._session.post(self._url, json=payload, timeout=TIMEOUT, allow_redirects=False)
        except ValueError:  # so requests says that the URL is none; from None, because it is the secret
            raise DeliveryRefused(f"Slack webhook: not a URL; check {self._advice}") from None
        except requests.RequestException as error:
            raise DeliveryDelayed(f"Slack webhook: {type(error).__name__}, no answer") from None
        status, retry_after = response.status_code, response.headers.get("Retry-After")
        if status != requests.codes.ok:
            raise refusal("webhook", status, response.text, retry_after, self._advice)
        if "html" in response.headers.get("Content-Type", ""):
            raise DeliveryDelayed("Slack webhook: 200, but a web page of somebody else")
