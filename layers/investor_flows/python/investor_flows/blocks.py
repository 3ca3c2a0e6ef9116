"""A story as Slack blocks: within Slack's limits for any text, and every text escaped and plain.

plain_text objects and table cells know no formatting, so a name like `*A&B <!channel>` stays text.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from investor_flows.story import Paragraph, Profile, Story

Block = dict[str, Any]

HEADER = 150
SECTION = 3_000
CONTEXT = 10
TABLE_ROWS = 100
BLOCKS = 50
CELL = 200
WHOLE = 12_000
FALLBACK = 3_000
_FORMATTING = str.maketrans("*_~`", "＊＿～｀")


def slack(story: Story, item: str = "−") -> dict[str, Any]:
    """The blocks, and the text that notifications and screen readers get."""
    fallback = "\n".join([*story.lead, *story.scope, *story.footer]).translate(_FORMATTING)
    return {"text": escaped(fallback, FALLBACK), "blocks": list(_within(_blocks(story, item)))}


def escaped(text: str, limit: int) -> str:
    """The text as Slack takes it, cut to a limit; no escape is cut apart."""
    whole = "".join(map(_escape, text))
    if len(whole) <= limit:
        return whole
    cut, length = [], 1
    for character in map(_escape, text):
        length += len(character)
        if length > limit:
            break
        cut.append(character)
    return "".join(cut) + "…"


def _escape(character: str) -> str:
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(character, character)


def _blocks(story: Story, item: str) -> Iterator[Block]:
    yield {"type": "header", "text": _plain(story.headline, HEADER)}
    yield _section([*story.lead, *story.scope])
    yield from (_paragraph(each) for each in story.corrections)
    if story.profiles:
        yield _table(story.profiles, item)
    yield from (_paragraph(each) for each in story.paragraphs)
    yield {"type": "context", "elements": [_plain(line, SECTION) for line in story.footer[:CONTEXT]]}


def _plain(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": escaped(text, limit) or "−", "emoji": False}


def _section(lines: Iterable[str]) -> Block:
    return {"type": "section", "text": _plain("\n".join(lines), SECTION)}


def _paragraph(paragraph: Paragraph) -> Block:
    return _section([paragraph.title, *paragraph.lines])


def _table(profiles: tuple[Profile, ...], item: str) -> Block:
    labels = dict.fromkeys(fact.label for profile in profiles for fact in profile.facts)
    texts = [{fact.label: fact.text for fact in profile.facts} for profile in profiles]
    rows = [[item, *(profile.name for profile in profiles)]]
    rows += [[label, *(text.get(label, "−") for text in texts)] for label in labels]
    return {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, *({"align": "right", "is_wrapped": True} for _ in profiles)],
        "rows": [[_cell(text) for text in row] for row in rows[:TABLE_ROWS]],
    }


def _cell(text: str) -> dict[str, str]:
    return {"type": "raw_text", "text": escaped(text, CELL) or "−"}


def _within(blocks: Iterable[Block]) -> list[Block]:
    """Keep to the number of blocks and to the size of a whole message; the last block, with the receipt, stays."""
    *body, last = blocks
    room, kept = WHOLE - _length(last), list[Block]()
    for block in body[: BLOCKS - 1]:
        room -= _length(block)
        if room >= 0:
            kept.append(block)
    return [*kept, last]


def _length(block: Block) -> int:
    return sum(len(text) for text in _texts(block))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each)
