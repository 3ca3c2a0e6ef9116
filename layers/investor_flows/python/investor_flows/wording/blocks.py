"""A story as Slack blocks: within Slack's limits for any text, and every text escaped and plain.

plain_text objects and table cells know no formatting, so a name like `*A&B <!channel>` stays text.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from investor_flows.wording.story import Paragraph, Story

type Block = dict[str, Any]

HEADER = 150
SECTION = 3_000
ELEMENTS = 10
TABLE_ROWS = 100
TABLE_COLUMNS = 20
NUMBER_COLUMNS = 3
"""Before, after, delta; a table of figures has two."""
CELL = 300
BLOCKS = 50
WHOLE = 12_000
FALLBACK = 3_000
EMPTY = "−"
_FORMATTING = str.maketrans("*_~`", "＊＿～｀")


def slack(story: Story) -> dict[str, Any]:
    """The blocks, and the text that notifications and screen readers get; the receipt in it is never cut off."""
    receipt = escaped(story.receipt, HEADER)
    lead = escaped("\n".join(story.lead).translate(_FORMATTING), FALLBACK - len(receipt) - 1)
    return {"text": f"{lead}\n{receipt}", "blocks": _within(list(_blocks(story)), story.cut)}


def escaped(text: str, limit: int) -> str:
    """The text as Slack takes it, cut to a limit; no escape is cut apart."""
    escapes = [{"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(character, character) for character in text]
    if sum(map(len, escapes)) <= limit:
        return "".join(escapes)
    kept, room = list[str](), limit - len("…")
    for escape in escapes:
        room -= len(escape)
        if room < 0:
            break
        kept.append(escape)
    return "".join([*kept, "…"])


def _blocks(story: Story) -> Iterator[Block]:
    yield {"type": "header", "text": _plain(story.headline, HEADER)}
    yield _section(_not_in_header(story))
    if story.profiles:
        yield _table(story.table)
    yield from map(_paragraph, story.paragraphs)
    if story.changes:
        yield _section(" ".join(filter(None, [series.title, series.rest])) for series in story.changes)
        yield _table(story.table)
    yield from (_paragraph(each) for each in story.notes)
    yield {"type": "context", "elements": [_plain(line, SECTION) for line in story.footer[:ELEMENTS]]}


def _not_in_header(story: Story) -> tuple[str, ...]:
    """The lead, without a line that the header says already, and in full."""
    said = story.lead[0] == story.headline and len(escaped(story.headline, SECTION)) <= HEADER
    return story.lead[1:] if said else story.lead


def _plain(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": escaped(text, limit) or EMPTY, "emoji": False}


def _section(lines: Iterable[str]) -> Block:
    return {"type": "section", "text": _plain("\n".join(lines), SECTION)}


def _paragraph(paragraph: Paragraph) -> Block:
    return _section([paragraph.title, *paragraph.lines])


def _table(rows: tuple[tuple[str, ...], ...]) -> Block:
    columns = len(rows[0][:TABLE_COLUMNS])
    words = max(1, columns - NUMBER_COLUMNS)
    number = {"align": "right", "is_wrapped": True}
    return {
        "type": "table",
        "column_settings": [*[{"is_wrapped": True}] * words, *[number] * (columns - words)],
        "rows": [[_cell(text) for text in row[:TABLE_COLUMNS]] for row in rows[:TABLE_ROWS]],
    }


def _cell(text: str) -> dict[str, str]:
    return {"type": "raw_text", "text": escaped(text, CELL) or EMPTY}


def _within(blocks: list[Block], cut: str) -> list[Block]:
    """Keep to the size of a whole message, and say so where blocks are left out.

    Header and lead stay, and so does the last block, with the receipt; the largest of the others goes first.
    """
    header, lead, *body, last = blocks
    kept = body[: BLOCKS - 4]
    while kept and _size([header, lead, *kept, last]) > WHOLE:
        kept.remove(max(kept, key=_size))
    return [header, lead, *kept, *([] if kept == body else [_section([cut])]), last]


def _size(node: object) -> int:
    """Characters of every text in blocks."""
    if isinstance(node, list):
        return sum(map(_size, node))
    if isinstance(node, dict):
        return sum(len(each) if key == "text" and isinstance(each, str) else _size(each) for key, each in node.items())
    return 0
