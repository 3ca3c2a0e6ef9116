"""Series to draw, and what an SVG of the chart holds: its marks, and its texts with the boxes they fill."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from fontTools.ttLib import TTFont
from hypothesis import strategies as st
from investor_flows.chart import FONT_FILES, svg

LANGUAGES = ("ja", "en")
HOSTILE = 'A&B <script>alert("1")</script> \x00\x1b\n名 ' + "W" * 60
SECTIONS = ["TokyoNagoya", "TSEPrime", "TSE2nd", "TSEMothers", "TSEJASDAQ", "TSEStandard", "", "TSENext", HOSTILE]
BALANCES = st.one_of(
    st.none(),
    st.sampled_from([0, 1, -1, 99_999, -99_999, 10**13, -(10**13)]),
    st.integers(-(10**9), 10**9),
    st.integers(-(10**13), 10**13),
)


class Text(NamedTuple):
    """One line of text and the box that it fills."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def a_week(end_date: date, foreigners: int | None = 0, individuals: int | None = 0, *, revised: bool = False) -> Any:
    start_date = end_date - timedelta(days=end_date.weekday())
    dates = {"start_date": start_date.isoformat(), "end_date": end_date.isoformat()}
    return dates | {"revised": revised, "Foreigners": foreigners, "Individuals": individuals}


def a_chart(*balances: tuple[int | None, int | None], last: date = date(2026, 11, 13), **fields: Any) -> Any:
    """The series of weeks that end with `last`, oldest first."""
    first = last - timedelta(weeks=len(balances) - 1)
    weeks = [a_week(first + timedelta(weeks=index), *pair) for index, pair in enumerate(balances)]
    return {"section": "TokyoNagoya", "measure": "value", "unit": "thousand_yen", "weeks": weeks} | fields


@st.composite
def charts(draw: st.DrawFn) -> Any:
    """Any series that a message can carry: holes, missing and revised weeks, absurd amounts and names."""
    end, weeks = draw(st.dates(date(2008, 1, 1), date(2099, 1, 1))), []
    for _ in range(draw(st.integers(1, 60))):
        weeks.append(a_week(end, draw(BALANCES), draw(BALANCES), revised=draw(st.booleans())))
        end += timedelta(weeks=draw(st.sampled_from([1, 1, 1, 1, 2, 30])))
    section, note = draw(st.one_of(st.sampled_from(SECTIONS), st.text())), draw(st.one_of(st.just(HOSTILE), st.text()))
    return a_chart(section=section, measure=draw(st.sampled_from(["value", "volume"])), note=note) | {"weeks": weeks}


def picture(series: Any, language: str = "ja") -> ET.Element:
    return ET.fromstring(svg(series, language))  # noqa: S314 - our own output; that it parses is the point


def marks(root: ET.Element, name: str) -> list[ET.Element]:
    """The elements of one class."""
    return [element for element in root.iter() if name in element.get("class", "").split()]


def panels(root: ET.Element) -> list[ET.Element]:
    """Foreigners above, individuals below."""
    above, below = marks(root, "panel")
    return [above, below]


def number(element: ET.Element, name: str) -> float:
    return float(element.attrib[name])


def points(root: ET.Element) -> Iterator[tuple[float, float]]:
    """Every point that a shape reaches."""
    for shape in root.iter():
        if shape.tag.endswith("rect"):
            x, y = number(shape, "x"), number(shape, "y")
            yield from ((x, y), (x + number(shape, "width"), y + number(shape, "height")))
        elif shape.tag.endswith("circle"):
            yield number(shape, "cx"), number(shape, "cy")
        elif shape.tag.endswith("path"):
            yield from path_points(shape.attrib["d"])


def path_points(commands: str) -> Iterator[tuple[float, float]]:
    """The corners of a path of M, L, H, v, h and Z; anything else does not match and fails the unpacking."""
    x = y = 0.0
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", commands):
        values = [float(value) for value in numbers.split()]
        match command:
            case "M" | "L":
                x, y = values
            case "H":
                [x] = values
            case "v":
                y += values[0]
            case "h":
                x += values[0]
            case other:
                assert other == "Z", commands
        yield x, y


@cache
def font(weight: str) -> TTFont:
    return TTFont(str(files("chart_fonts") / FONT_FILES[weight == "700"]))


def advance(text: str, weight: str) -> float:
    """Width in ems, from the font itself."""
    names, widths = font(weight).getBestCmap(), font(weight)["hmtx"]
    return float(sum(widths[names[ord(character)]][0] for character in text) / 1000)


def texts(root: ET.Element) -> list[Text]:
    """Every line of text with its box."""
    return [_box(element) for element in root.iter() if element.tag.endswith("}text")]


def _box(element: ET.Element) -> Text:
    attributes = {"font-size": "18", "font-weight": "400"} | element.attrib
    width = size = 0.0
    for text, style in _runs(element, attributes):
        size = max(size, float(style["font-size"]))
        width += advance(text, style["font-weight"]) * float(style["font-size"]) + float(style.get("dx", 0))
    shift = {"start": 0, "middle": width / 2, "end": width}[attributes.get("text-anchor", "start")]
    left, baseline = number(element, "x") - shift, number(element, "y")
    return Text("".join(element.itertext()), left, baseline - 0.78 * size, left + width, baseline + 0.1 * size)


def _runs(element: ET.Element, attributes: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The pieces of a line, each with its style."""
    yield (element.text or "").lstrip("\n"), attributes
    for span in element:
        yield span.text or "", attributes | span.attrib
        yield span.tail or "", attributes
