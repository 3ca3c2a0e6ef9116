"""Lines for a narrow screen: 40 columns, a full-width character counting two."""

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

COLUMNS = 40
INDENT = " "
_WIDE = {"ja": frozenset("WFA"), "en": frozenset("WF")}  # A, as in ▲ → ■, is drawn wide by Japanese fonts

_GOOD = re.compile(r" (?![-+▲−¥\d])(?<!→ )|(?<=:) |(?<=[、。])(?!$)|(?<=[）)])(?=[^、。,;:）)]) ?|(?=（)| (?=\()")
"""Where a line ends best: at a space that is not before a figure or after an arrow, at punctuation, around brackets."""

_ANY = re.compile(r" (?<!→ )|(?<=[、。）])(?!$)|(?=（)")
"""Where else it may end."""

_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")


def columns(text: str, language: str = "ja") -> int:
    """How many columns a text takes."""
    widths = (
        2 if east_asian_width(character) in _WIDE[language] else 1 for character in text if not combining(character)
    )
    return sum(widths)


def fold(text: str, language: str = "ja") -> str:
    """The text on lines of 40 columns, those after the first indented."""
    return f"\n{INDENT}".join(_lines(text, language))


def _lines(text: str, language: str) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, language):
        if line and columns(line + piece.rstrip(), language) > COLUMNS:
            yield line.strip()
            line = INDENT
        line += piece if line.strip() else piece.lstrip()
    yield line.strip()


def _pieces(text: str, language: str) -> Iterator[str]:
    """Parts that stay together; what is longer than a line is parted at worse places, at last anywhere."""
    for piece in _split(text, _GOOD, keep_brackets=True):
        for part in [piece] if _fits(piece, language) else _split(piece, _GOOD):
            for word in [part] if _fits(part, language) else _split(part, _ANY):
                yield from _cut(word, language)


def _fits(piece: str, language: str) -> bool:
    return columns(piece.strip(), language) < COLUMNS


def _split(text: str, breaks: re.Pattern[str], *, keep_brackets: bool = False) -> Iterator[str]:
    inside = [match.span() for match in _BRACKETS.finditer(text)] if keep_brackets else []
    start = 0
    for match in breaks.finditer(text):
        place = match.end()
        if start < place < len(text) and not any(first < place < last for first, last in inside):
            yield text[start:place]
            start = place
    yield text[start:]


def _cut(word: str, language: str) -> Iterator[str]:
    part = ""
    for character in word:
        if columns((part + character).strip(), language) >= COLUMNS:
            yield part
            part = ""
        part += character
    yield part
