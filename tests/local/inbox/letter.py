"""A message of the inbox with what a page has to say about it, and the threads that messages form."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.local.inbox.mailbox import Message
from tests.local.inbox.slack_markup import unescaped
from tests.local.inbox.sns_endpoint import RECEIPT

JAPANESE = re.compile(r"[々〆\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f]")
LONGEST_TITLE = 120


def language_of(text: str) -> str:
    """The language to read a text in: Japanese where it has Japanese letters, else English."""
    return "ja" if JAPANESE.search(text) else "en"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, the replies in its thread, oldest first, and the message whose thread it is in."""

    message: Message
    replies: tuple["Letter", ...] = ()
    thread: "Letter | None" = None

    @property
    def number(self) -> int:
        """Its number in the inbox."""
        return self.message.number

    @property
    def content(self) -> dict[str, Any]:
        """What was sent."""
        return self.message.content

    @property
    def received(self) -> datetime:
        """When it was taken."""
        return datetime.fromisoformat(self.message.received_at)

    @property
    def is_email(self) -> bool:
        """Whether it is an e-mail; else it is in Slack."""
        return self.message.form == "email"

    @property
    def is_broadcast(self) -> bool:
        """Whether it is a reply that was sent to the channel too."""
        return bool(self.content.get("reply_broadcast"))

    @property
    def quiet_replies(self) -> tuple["Letter", ...]:
        """The replies that are in its thread alone."""
        return tuple(reply for reply in self.replies if not reply.is_broadcast)

    @property
    def sender(self) -> str:
        """Who wrote it, as its reader is told."""
        return "AWS Notifications" if self.is_email else str(self.content.get("username") or "Investor Flows")

    @property
    def place(self) -> str:
        """Where it came in."""
        if self.is_email:
            return "E-mail"
        webhook, channel = self.content.get("webhook"), self.content.get("channel")
        return f"Slack webhook {webhook}" if webhook else f"Slack channel {channel}"

    @property
    def header(self) -> str:
        """The text of its first header block, or nothing."""
        headers = [block["text"]["text"] for block in self.content.get("blocks", ()) if block["type"] == "header"]
        return unescaped(headers[0]) if headers else ""

    @property
    def title(self) -> str:
        """What it is called in a list of headings."""
        files = [str(file["title"]) for file in self.content.get("files", ())]
        first_line = (self.text.strip().splitlines() or [""])[0]
        told = self.content.get("subject") or self.header or first_line or "".join(files[:1])
        return str(told)[:LONGEST_TITLE] or f"Message {self.number}"

    @property
    def text(self) -> str:
        """All of it in words: the body of an e-mail, the notification of a Slack message."""
        return str(self.content.get("message") or unescaped(str(self.content.get("text") or "")))

    @property
    def language(self) -> str:
        """`ja` or `en`, as it says itself or as its letters tell."""
        told = self.content.get("attributes", {}).get("language")
        return told if told in ("ja", "en") else language_of(self.header + self.text)

    @property
    def receipt(self) -> str | None:
        """Its own receipt. A correction names those of the messages that it corrects first."""
        told = self.content.get("metadata", {}).get("event_payload", {}).get("receipt")
        found = [str(told)] if told else RECEIPT.findall(self.text)
        return found[-1] if found else None


def in_threads(messages: Sequence[Message]) -> list[Letter]:
    """The messages as a channel shows them, newest first: replies are under their message.

    A reply that was sent to the channel too is in both places; a reply to what is not here stands alone.
    """
    roots = _roots(messages)
    replies = defaultdict[int, list[Message]](list)
    for message in messages:
        if roots[message.number] != message:
            replies[roots[message.number].number].append(message)
    threads = {
        message.number: Letter(
            message, tuple(Letter(reply, thread=Letter(message)) for reply in replies[message.number])
        )
        for message in messages
        if roots[message.number] == message
    }
    broadcast = {
        message.number: Letter(message, thread=Letter(roots[message.number]))
        for message in messages
        if message.content.get("reply_broadcast") and message.number not in threads
    }
    return [letter for _, letter in sorted((threads | broadcast).items(), reverse=True)]


def _roots(messages: Sequence[Message]) -> dict[int, Message]:
    """The message at the top of each message's thread; its own, where it is in none."""
    stamped = {(message.content.get("channel"), message.content.get("ts")): message for message in messages}
    roots = dict[int, Message]()
    for message in messages:
        parent = stamped.get((message.content.get("channel"), message.content.get("thread_ts")))
        earlier = parent is not None and message.content.get("thread_ts") and parent.number < message.number
        roots[message.number] = roots[parent.number] if parent and earlier else message
    return roots
