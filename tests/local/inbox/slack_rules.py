"""Slack's limits on a message's blocks, as far as they are documented or were measured (MEASURED, "Slack, SNS").

Slack tells a webhook only `invalid_blocks`; a bot also gets the reasons, in the form used here.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

MAX_BLOCKS = 50
MAX_ALL_TEXTS = 13_200  # measured by others; Slack documents no sum and counts a little more than the texts
MAX_BLOCK_ID = 255
HEADER, SECTION, FIELD, MARKDOWN, ALT_TEXT = 150, 3_000, 2_000, 12_000, 2_000
MAX_FIELDS, MAX_CONTEXT = 10, 10
MAX_ROWS, MAX_COLUMNS = 100, 20

type Block = dict[str, Any]


def refusal(blocks: Any) -> tuple[str, list[str]] | None:
    """Say why Slack would refuse the blocks: its error and the reasons; None where it takes them."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return "invalid_blocks_format", ["must be an array of objects [json-pointer:/blocks]"]
    if reasons := [*_of_message(blocks), *(reason for n, block in enumerate(blocks) for reason in _of_block(block, n))]:
        return "invalid_blocks", reasons
    if sum(map(len, _texts(blocks))) > MAX_ALL_TEXTS:
        return "msg_blocks_too_long", [f"all texts together must be less than {MAX_ALL_TEXTS + 1} characters"]
    return None


def _of_message(blocks: list[Block]) -> Iterator[str]:
    if len(blocks) > MAX_BLOCKS:
        yield f"no more than {MAX_BLOCKS} items allowed [json-pointer:/blocks]"
    if sum(block.get("type") == "table" for block in blocks) > 1:
        yield "only one table block is allowed [json-pointer:/blocks]"
    ids = Counter(str(block["block_id"]) for block in blocks if "block_id" in block)
    yield from (f"block_id {name} is not unique [json-pointer:/blocks]" for name, times in ids.items() if times > 1)


def _of_block(block: Block, number: int) -> Iterator[str]:
    at = f"/blocks/{number}"
    kind = block.get("type")
    if kind not in RULES:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    if len(str(block.get("block_id", ""))) > MAX_BLOCK_ID:
        yield f"must be less than {MAX_BLOCK_ID + 1} characters [json-pointer:{at}/block_id]"
    yield from RULES[kind](block, at)


def _header(block: Block, at: str) -> Iterator[str]:
    yield from _text(block.get("text"), f"{at}/text", HEADER, ("plain_text",))


def _section(block: Block, at: str) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield f"must define either `fields` or `text` [json-pointer:{at}]"
    if "text" in block:
        yield from _text(block["text"], f"{at}/text", SECTION)
    if "fields" in block:
        fields = block["fields"]
        yield from _count(fields, f"{at}/fields", MAX_FIELDS)
        for n, text in _items(fields):
            yield from _text(text, f"{at}/fields/{n}", FIELD)


def _context(block: Block, at: str) -> Iterator[str]:
    elements = block.get("elements")
    yield from _count(elements, f"{at}/elements", MAX_CONTEXT)
    for n, element in _items(elements):
        if isinstance(element, dict) and element.get("type") == "image":
            yield from _image(element, f"{at}/elements/{n}")
        else:
            yield from _text(element, f"{at}/elements/{n}", SECTION)


def _image(block: Block, at: str) -> Iterator[str]:
    if not block.get("image_url") and not block.get("slack_file"):
        yield f"must define either `image_url` or `slack_file` [json-pointer:{at}]"
    yield from _string(block.get("alt_text"), f"{at}/alt_text", ALT_TEXT)


def _markdown(block: Block, at: str) -> Iterator[str]:
    yield from _string(block.get("text"), f"{at}/text", MARKDOWN)


def _table(block: Block, at: str) -> Iterator[str]:
    rows = block.get("rows")
    yield from _count(rows, f"{at}/rows", MAX_ROWS)
    for n, row in _items(rows):
        yield from _count(row, f"{at}/rows/{n}", MAX_COLUMNS)
        for m, cell in _items(row):
            yield from _cell(cell, f"{at}/rows/{n}/{m}")
    if len(block.get("column_settings", [])) > MAX_COLUMNS:
        yield f"no more than {MAX_COLUMNS} items allowed [json-pointer:{at}/column_settings]"


def _cell(cell: Any, at: str) -> Iterator[str]:
    kind = cell.get("type") if isinstance(cell, dict) else None
    if kind in ("raw_text", "raw_number"):
        yield from _string(cell.get("text"), f"{at}/text", SECTION)
    elif kind != "rich_text":
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
    elif not any(_texts(cell)):
        yield f"must be more than 0 characters [json-pointer:{at}/elements]"


def _elements(block: Block, at: str) -> Iterator[str]:
    if not block.get("elements"):
        yield f"no less than 1 items allowed [json-pointer:{at}/elements]"


def _nothing(_: Block, __: str) -> Iterator[str]:
    yield from ()


def _text(text: Any, at: str, limit: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> Iterator[str]:
    """Check a text object."""
    if not isinstance(text, dict):
        yield f"missing required field: text object [json-pointer:{at}]"
        return
    if text.get("type") not in kinds:
        yield f"must be one of {', '.join(kinds)} [json-pointer:{at}/type]"
    yield from _string(text.get("text"), f"{at}/text", limit)


def _string(text: Any, at: str, limit: int) -> Iterator[str]:
    if not isinstance(text, str):
        yield f"must be a string [json-pointer:{at}]"
    elif not text:
        yield f"must be more than 0 characters [json-pointer:{at}]"
    elif len(text) > limit:
        yield f"must be less than {limit + 1} characters [json-pointer:{at}]"


def _count(items: Any, at: str, limit: int) -> Iterator[str]:
    if not isinstance(items, list) or not items:
        yield f"no less than 1 items allowed [json-pointer:{at}]"
    elif len(items) > limit:
        yield f"no more than {limit} items allowed [json-pointer:{at}]"


def _items(items: Any) -> Iterator[tuple[int, Any]]:
    return iter(enumerate(items if isinstance(items, list) else []))


def _texts(content: Any) -> Iterator[str]:
    """Find every text a reader would see."""
    if isinstance(content, list):
        for part in content:
            yield from _texts(part)
    elif isinstance(content, dict):
        for name, part in content.items():
            if name == "text" and isinstance(part, str):
                yield part
            else:
                yield from _texts(part)


RULES: dict[str, Callable[[Block, str], Iterator[str]]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "image": _image,
    "markdown": _markdown,
    "table": _table,
    "rich_text": _elements,
    "actions": _elements,
    "divider": _nothing,
}
