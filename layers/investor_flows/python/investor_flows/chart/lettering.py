"""Which characters the chart can draw, and how wide they are: resvg draws what its fonts lack as nothing."""

import string
from collections.abc import Iterator
from dataclasses import fields

from investor_flows.chart.languages import LANGUAGES
from investor_flows.chart.words import Words

NOTES = "合成データ・架空のデータ・試験データ・サンプル・テスト・デモ・訓練"
"""What a note can say besides ASCII and the chart's own words."""

_SIGNS = "+−–〜…▲兆億円百万株未満¥■◇━\u3000\u00a0"
_ADVANCES = {
    0.33: " ',.:;I|ijl",
    0.44: "!()-/[]\\frt{}",
    0.53: "*?csz",
    0.60: '"#$+0123456789<=>FJLY^_aegvxy~–¥',
    0.67: "ACEPSTVXZ`bdhknopqu",
    0.78: "&BDGHKNOQRU",
    0.87: "Mw",
}
_EMS = {character: ems for ems, characters in _ADVANCES.items() for character in characters}
_WIDEST = 1.01


def ems(text: str) -> float:
    """A width that the text does not exceed even in bold, in units of its size."""
    return sum(_EMS.get(character, _WIDEST) for character in text)


def fit(text: str, room: float) -> str:
    """The text, with "?" for what cannot be drawn, cut to so many ems."""
    shown = "".join(character if character in CHARACTERS else "?" for character in text)
    if ems(shown) <= room:
        return shown
    while shown and ems(shown) + 1 > room:
        shown = shown[:-1]
    return f"{shown}…"


def _texts(words: Words) -> Iterator[str]:
    """Every piece of text in a language's tables."""
    for value in (getattr(words, field.name) for field in fields(words)):
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from value
        elif isinstance(value, dict):
            yield from (text for text in value.values() if isinstance(text, str))


CHARACTERS = frozenset(
    "".join((string.printable.strip(), " ", _SIGNS, NOTES, *map("".join, map(_texts, LANGUAGES.values()))))
)
"""Everything that can stand in the picture; the fonts are cut to it."""
