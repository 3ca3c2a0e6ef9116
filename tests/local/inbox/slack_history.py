"""How Slack lists the messages of a channel to a bot."""

from collections.abc import Mapping
from typing import Any

from tests.local.inbox.mailbox import Message

BOT = {"user": "U0LOCALBOT", "bot_id": "B0LOCALBOT", "app_id": "A0LOCALAPP", "team": "T0LOCAL"}
PAGE = 100
HIDDEN = {"via", "channel", "webhook", "edits", "reply_broadcast"}

type Arguments = Mapping[str, Any]
type Answer = dict[str, Any]


def flag(told: Arguments, name: str) -> bool:
    return str(told.get(name, "")).lower() in ("1", "true")


def is_in_view(message: Message) -> bool:
    return "thread_ts" not in message.content or bool(message.content.get("reply_broadcast"))


def is_within(message: Message, told: Arguments) -> bool:
    stamp = float(message.content["ts"])
    oldest, latest = float(told.get("oldest") or 0), float(told.get("latest") or "inf")
    return oldest < stamp < latest or (flag(told, "inclusive") and stamp in (oldest, latest))


def stamps(message: Message) -> tuple[str, str | None]:
    return message.content["ts"], message.content.get("thread_ts")


def page(told: Arguments, listed: list[Message]) -> Answer:
    """Cut a page out of a list; the cursor is the number of the first message of the next."""
    start, size = int(told.get("cursor") or 0), int(told.get("limit") or PAGE)
    shown = [shown_as(message, metadata=flag(told, "include_all_metadata")) for message in listed[start : start + size]]
    more = start + size < len(listed)
    cursor = {"response_metadata": {"next_cursor": str(start + size)}} if more else {}
    return {"messages": shown, "has_more": more, **cursor}


def shown_as(message: Message, *, metadata: bool) -> Answer:
    """Show a message as the Web API does."""
    content = message.content
    hidden = HIDDEN | (set() if metadata else {"metadata"})
    shown = {name: part for name, part in content.items() if name not in hidden}
    reactions = [{"name": name, "count": 1, "users": [BOT["user"]]} for name in content.get("reactions", [])]
    return {
        "type": "message",
        **BOT,
        **shown,
        **({"reactions": reactions} if reactions else {}),
        **({"subtype": "thread_broadcast"} if content.get("reply_broadcast") else {}),
    }
