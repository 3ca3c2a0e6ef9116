"""A bot in the inbox's channel, what it is given to post, and what then stands there."""

from datetime import UTC, datetime, timedelta
from typing import Any

from investor_flows.slack.bot import Bot, bot
from investor_flows.slack.delivery_steps import Picture

from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN
from tests.unit.pictures import a_chart

CHANNEL = "C0LOCAL01"
ORIGINAL, OTHER, CORRECTION = "rel-2026-11-12-0000000a", "rel-2026-11-19-0000000b", "rev-2026-11-26-0000000c"
HEADER = {"type": "header", "text": {"type": "plain_text", "text": "海外投資家 4週連続買い越し", "emoji": False}}
FOOTER = {"type": "context", "elements": [{"type": "plain_text", "text": "受領番号", "emoji": False}]}


def a_document(receipt: str, *corrects: str, language: str = "ja", **changes: Any) -> dict[str, Any]:
    published = receipt.partition("-")[2][:10]
    return {
        "receipt": receipt,
        "published_date": published,
        "as_of": published,
        "language": language,
        "corrects": list(corrects),
        "series": a_chart((512_300_000, -331_000_000), (128_000_000, 41_000_000)),
        "slack": {"text": f"海外投資家 買い越し\n受領番号 {receipt}", "blocks": [HEADER, FOOTER]},
    } | changes


def a_picture(_: object) -> Picture:
    """A picture that takes no time to draw."""
    return Picture(b"\x89PNG" + bytes(100), "52週の棒")


def a_bot(inbox: Inbox, token: str = TOKEN) -> Bot:
    return bot("desk", token, f"{inbox.url}/api/", CHANNEL, a_picture)


def told(inbox: Inbox) -> list[dict[str, Any]]:
    """What stands in the channel, oldest first."""
    return [message.content for message in inbox.messages]


def since(seconds: float = -60) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def marks(message: dict[str, Any]) -> list[str]:
    """The context blocks of a message that say it was corrected."""
    lines = [element["text"] for block in message["blocks"] for element in block.get("elements", ())]
    return [line for line in lines if line.startswith(("訂正あり", "Corrected"))]
