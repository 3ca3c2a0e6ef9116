"""Lines for a narrow screen: 40 columns, a full-width character counting two."""

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

COLUMNS = 40
INDENT = " "
_WIDE = frozenset("WFA")  # A is drawn wide by Japanese fonts: ▲ → ■ −
_NARROW = frozenset("WF")
_BREAKS = re.compile(r"(?<!→) |(?<=[、。）])(?!$)|(?=（)")
"""Where a line may end: at a space, unless an arrow is before it, after 、。） and before （."""


def columns(text: str, language: str = "ja") -> int:
    """How many columns a text takes."""
    wide = _WIDE if language == "ja" else _NARROW
    return sum(2 if east_asian_width(character) in wide else 1 for character in text)


def fold(text: str, language: str = "ja") -> str:
    """The text on lines of 40 columns, those after the first indented."""
    return f"\n{INDENT}".join(_lines(text, language))


def _lines(text: str, language: str) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, language):
        room = COLUMNS if not line or line == text[: len(line)] else COLUMNS - len(INDENT)
        if line and columns(line + piece.rstrip(), language) > room:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()


def _pieces(text: str, language: str) -> Iterator[str]:
    """Parts that stay whole, with the space that follows; what is longer than a line is cut."""
    places = sorted({0, *(match.end() for match in _BREAKS.finditer(text)), len(text)})
    for start, end in zip(places, places[1:], strict=False):
        yield from _cut(text[start:end], language)


def _cut(piece: str, language: str) -> Iterator[str]:
    part = ""
    for character in piece:
        if columns(part + character, language) >= COLUMNS and character != " ":
            yield part
            part = ""
        part += character
    yield part
