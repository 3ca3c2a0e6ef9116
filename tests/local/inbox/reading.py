"""A message of the inbox, as its reader sees it, in a terminal."""

from typing import Any

RULE = "─" * 60


def as_read(message: dict[str, Any]) -> str:
    """Show one message of `GET /messages`."""
    content = message["content"]
    lines = _email(content) if message["form"] == "email" else _slack(content)
    return "\n".join([RULE, *lines, RULE])


def _email(content: dict[str, Any]) -> list[str]:
    return ["E-MAIL", f"Subject: {content['subject']}", "", content["message"]]


def _slack(content: dict[str, Any]) -> list[str]:
    blocks = content.get("blocks") or []
    return ["SLACK", f"(notification) {content['text']}", "", *(line for block in blocks for line in _block(block))]


def _block(block: dict[str, Any]) -> list[str]:
    match block["type"]:
        case "header":
            return [f"# {block['text']['text']}"]
        case "section":
            return [part["text"] for part in (block.get("text"), *block.get("fields", ())) if part]
        case "table":
            return [" | ".join(_text(cell) for cell in row) for row in block["rows"]]
        case "context":
            return [element["text"] for element in block["elements"]]
        case kind:
            return [f"[{kind}]"]


def _text(node: Any) -> str:
    """All text below a node of a rich text or table cell."""
    if isinstance(node, dict):
        return node.get("text", "") if isinstance(node.get("text"), str) else _text(list(node.values()))
    return "".join(_text(child) for child in node) if isinstance(node, list) else ""
