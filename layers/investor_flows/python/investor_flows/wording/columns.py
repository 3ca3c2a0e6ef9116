"""Lines for a narrow screen: 40 columns, a full-width character counting two."""

import re
from collections.abc import Iterator
from functools import partial
from unicodedata import combining, east_asian_width

COLUMNS = 40
INDENT = " "
_WIDE = {"ja": frozenset("WFA"), "en": frozenset("WF")}  # A, as in ▲ → ■, is drawn wide by Japanese fonts

_GOOD = {
    "ja": re.compile(r" (?![-+▲−¥\d])(?<!→ )|(?<=:) |(?<=[、。])(?!$)|(?<=）)(?=[^、。）]) ?|(?=（)"),
    "en": re.compile(r" (?![-+])(?<!→ )(?<!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) )|(?<=:) "),
}
"""Where a line ends best: not before a figure (en: a sign or a day), not after an arrow; around brackets."""

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
    return "\n".join(_lines(text, language))


def _lines(text: str, language: str) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, language):
        if line.strip() and columns(line + piece.rstrip(), language) > COLUMNS:
            yield line.rstrip()
            line = INDENT
        line += piece if line.strip() else piece.lstrip()
    yield line.rstrip()


def _pieces(text: str, language: str) -> Iterator[str]:
    """Parts that stay together; what is longer than a line is parted at worse places, at last anywhere."""
    good = _GOOD[language]
    worse = (partial(_split, breaks=good), partial(_split, breaks=_ANY), partial(_cut, language=language))
    pieces = list(_split(text, good, keep_brackets=True))
    for part in worse:
        pieces = [word for piece in pieces for word in ([piece] if _fits(piece, language) else part(piece))]
    yield from pieces


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
