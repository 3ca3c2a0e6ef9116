"""Slack through a bot in a channel: its messages can be found, replied to, illustrated and marked.

Besides chat:write, a look-up and a mark need the scope channels:history (groups:history in a private channel), and a
chart needs files:write.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import WebClient

from investor_flows.errors import DeliveryDelayed, DeliveryRefused
from investor_flows.slack.answers import TIMEOUT, BlocksRefused, ThreadRefused, refusal
from investor_flows.slack.client import connect
from investor_flows.slack.delivery_steps import Picture, Place
from investor_flows.slack.marks import marked

EVENT_TYPE = "investor_flows"
LONGEST_ALT_TEXT = 1_000
CLOCKS_DIFFER = timedelta(minutes=5)
PAGE, PAGES = 200, 25
"""How far a look-up goes: Slack recommends pages of 200."""

Json = Mapping[str, Any]


class Bot:
    """A bot user in a channel."""

    def __init__(self, name: str, client: WebClient, channel: str, chart_of: Callable[[Json], Picture | None]) -> None:
        """`name` and `channel`: name and ID; `chart_of` draws a message's chart, if it has one."""
        self.name = name
        self._client = client
        self._channel = channel
        self._chart_of = chart_of
        self._advice = f'token, channel and scopes of "{name}" (SlackChannelsParameter)'

    def post(self, document: Json, thread: str | None = None) -> Place:
        """Post the message; without its thread or its blocks where Slack does not take them."""
        try:
            return self._post(document, thread)
        except ThreadRefused:
            return self._post(document, None)

    def _post(self, document: Json, thread: str | None) -> Place:
        try:
            return self._send(document, thread, document["slack"]["blocks"])
        except BlocksRefused:
            return self._send(document, thread, None)

    def _send(self, document: Json, thread: str | None, blocks: list[dict[str, Any]] | None) -> Place:
        answer = self._ask(
            lambda slack: slack.chat_postMessage(
                channel=self._channel,
                text=document["slack"]["text"],
                blocks=blocks,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"receipt": document["receipt"]}},
                thread_ts=thread,
                reply_broadcast=True if thread else None,
            )
        )
        return Place(answer["ts"], thread)

    def find(self, receipt: str, since: datetime, thread: str | None) -> Place | None:
        """Find a message of this bot by its metadata."""
        found = (message for message in self._messages(since, thread) if _receipt(message) == receipt)
        return next(map(_place, found), None)

    def shows(self, receipt: str, since: datetime, thread: str | None) -> bool:
        """Find a chart by its name."""
        files = (file for message in self._messages(since, thread) for file in message.get("files", ()))
        return any(file.get("name") == _file_name(receipt) for file in files)

    def _messages(self, since: datetime, thread: str | None) -> Iterator[Json]:
        """The channel's messages since then, and the replies of a thread, which the channel need not list."""
        oldest = f"{(since - CLOCKS_DIFFER).timestamp():.6f}"
        told: dict[str, Any] = {"channel": self._channel, "oldest": oldest, "include_all_metadata": True, "limit": PAGE}
        yield from self._pages(lambda slack, cursor: slack.conversations_history(**told, cursor=cursor))
        if thread:
            yield from self._pages(lambda slack, cursor: slack.conversations_replies(**told, ts=thread, cursor=cursor))

    def _pages(self, ask: Callable[..., Any]) -> Iterator[Json]:
        cursor = None
        for _ in range(PAGES):
            answer = self._ask(partial(ask, cursor=cursor))
            yield from answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def show(self, document: Json, thread: str | None) -> None:
        """Upload the message's chart, under a name by which it can be found."""
        picture, receipt = self._chart_of(document), document["receipt"]
        if picture is None:
            return
        self._ask(
            lambda slack: slack.files_upload_v2(
                channel=self._channel,
                filename=_file_name(receipt),
                title=receipt,
                content=picture.png,
                alt_txt=picture.alt_text[:LONGEST_ALT_TEXT],
                thread_ts=thread,
            )
        )

    def mark(self, original: Place, document: Json) -> None:
        """Put a mark on a message that was corrected, unless it has it."""
        message = self._read(original.reference)
        if document["receipt"] in message["text"]:
            return
        text, blocks = marked(message, document)
        told: dict[str, Any] = {"text": text, "blocks": blocks, "metadata": message.get("metadata")}
        self._ask(lambda slack: slack.chat_update(channel=self._channel, ts=original.reference, **told))

    def who(self) -> str:
        """Whom Slack takes the bot for."""
        answer = self._ask(lambda slack: slack.auth_test())
        return f"{answer['user']} in {answer['team']}"

    def takes(self, blocks: list[dict[str, Any]]) -> bool:
        """Whether Slack would take these blocks; nothing is posted."""
        try:
            self._ask(lambda slack: slack.api_call("blocks.validate", data={"blocks": json.dumps(blocks)}))
        except BlocksRefused:
            return False
        return True

    def _read(self, reference: str) -> Json:
        told: dict[str, Any] = {"latest": reference, "inclusive": True, "limit": 1, "include_all_metadata": True}
        answer = self._ask(lambda slack: slack.conversations_history(channel=self._channel, **told))
        for message in answer["messages"]:
            if message["ts"] == reference:
                return dict(message)
        raise DeliveryRefused(f"Slack: the message {reference}, which is to be marked, is gone")

    def _ask(self, ask: Callable[[WebClient], Any]) -> dict[str, Any]:
        """Call Slack. An error is raised without its cause, whose text may show an address or the token."""
        try:
            return dict(ask(self._client).data)
        except SlackApiError as error:
            answer = error.response
            call, retry_after = answer.api_url.rpartition("/")[2], answer.headers.get("Retry-After")
            raise refusal(call, answer.status_code, str(answer.get("error", "")), retry_after, self._advice) from None
        except HTTPError as error:
            error.close()
            raise refusal("upload", error.code, "", error.headers.get("Retry-After"), self._advice) from None
        except (SlackClientError, OSError, HTTPException, ValueError) as error:
            raise DeliveryDelayed(f"Slack: {type(error).__name__}, no answer") from None


def bot(name: str, token: str, api_url: str, channel: str, chart_of: Callable[[Json], Picture | None]) -> Bot:
    """Make a bot for a channel."""
    return Bot(name, connect(token, api_url, TIMEOUT), channel, chart_of)


def _receipt(message: Json) -> str | None:
    metadata = message.get("metadata") or {}
    return metadata["event_payload"].get("receipt") if metadata.get("event_type") == EVENT_TYPE else None


def _place(message: Json) -> Place:
    thread = message.get("thread_ts")
    return Place(message["ts"], None if thread == message["ts"] else thread)


def _file_name(receipt: str) -> str:
    return f"{receipt}.png"
