"""The mark on a message that was corrected: in its blocks for those who look, in its text for those who listen."""

from collections.abc import Mapping
from typing import Any

type Block = dict[str, Any]

MOST_BLOCKS = 50
MARKS = {"ja": "訂正あり {date}　受領番号 {receipt}", "en": "Corrected {date}, receipt {receipt}"}


def marked(message: Mapping[str, Any], document: Mapping[str, Any]) -> tuple[str, list[Block] | None]:
    """The text and the blocks of a message, with the mark of the document that corrects it."""
    mark = MARKS[document["language"]].format(date=document["as_of"], receipt=document["receipt"])
    blocks: list[Block] = message.get("blocks") or []
    return f"{mark}\n{message['text']}", _with_mark(blocks, mark) if blocks else None


def _with_mark(blocks: list[Block], mark: str) -> list[Block]:
    """Put the mark under the header. Where there are too many blocks then, the last but one gives way."""
    context = {"type": "context", "elements": [{"type": "plain_text", "text": mark, "emoji": False}]}
    after = 1 if blocks[0]["type"] == "header" else 0
    whole = [*blocks[:after], context, *blocks[after:]]
    return whole if len(whole) <= MOST_BLOCKS else [*whole[: MOST_BLOCKS - 1], whole[-1]]
