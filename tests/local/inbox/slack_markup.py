"""Slack's texts as HTML, as far as our messages use Slack's formatting; everything else stays text.

plain_text objects and table cells know three escapes; mrkdwn also knows *bold* and <https://… links|with a label>.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

LINK = re.compile(r"<(?P<url>(?:https?://|mailto:)[^<>|\s]+)(?:\|(?P<label>[^<>]*))?>")
BOLD = re.compile(r"(?<![\w*])\*(?=\S)(?P<bold>(?:<[^<>\n]*>|[^*<>\n])+)(?<=\S)\*(?![\w*])")
LINK_OR_BOLD = re.compile(f"{LINK.pattern}|{BOLD.pattern}")


def text_object(text: Any) -> Markup:
    """A text object, or a cell of a table."""
    return (mrkdwn if text.get("type") == "mrkdwn" else plain)(text["text"])


def plain(text: str) -> Markup:
    """A text without formatting."""
    return Markup("{}").format(unescaped(text))


def mrkdwn(text: str) -> Markup:
    """A text with bold parts and links."""
    return _replaced(LINK_OR_BOLD, text, lambda found: _link(found) if found["url"] else _bold(found))


def unescaped(text: str) -> str:
    """The characters that a reader of Slack sees; each escape is undone once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def words(node: Any) -> Markup:
    """Every text below a node that this page shows no better, such as rich text; a line each."""
    return Markup("\n").join(plain(text) for text in _texts(node))


def _replaced(pattern: re.Pattern[str], text: str, shown: Callable[[re.Match[str]], Markup]) -> Markup:
    parts, at = list[Markup](), 0
    for found in pattern.finditer(text):
        parts += [plain(text[at : found.start()]), shown(found)]
        at = found.end()
    return Markup("").join([*parts, plain(text[at:])])


def _bold(found: re.Match[str]) -> Markup:
    return Markup("<strong>{}</strong>").format(_replaced(LINK, found["bold"], _link))


def _link(found: re.Match[str]) -> Markup:
    url = unescaped(found["url"])
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(url, unescaped(found["label"] or "") or url)


def _texts(node: Any) -> Iterator[str]:
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _texts(part)
    if isinstance(node, dict) and isinstance(node.get("text"), str):
        yield node["text"]
