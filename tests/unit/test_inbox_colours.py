"""The colours of the inbox's page: readable in both schemes, by the contrast ratios of WCAG 2.2, level AA."""

import re
from itertools import product

import pytest

from tests.local.toolchain import ROOT

CSS = (ROOT / "tests/local/inbox/templates/inbox.css").read_text()
GROUNDS = {"page", "card", "chip", "notice"}
INKS = {"ink", "muted", "link"}
DECORATION = {"line"}  # frames say nothing that the words do not say
TEXT, PART = 4.5, 3.0
COLOUR = re.compile(r"--(\w+): (#[0-9a-f]{6});")
LIGHT, DARK = (dict(COLOUR.findall(block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL))
SCHEMES = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """The relative luminance of an sRGB colour."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@SCHEMES
def test_every_ink_is_readable_on_every_ground(scheme: dict[str, str]) -> None:
    weak = {
        (ink, ground): ratio
        for ink, ground in product(INKS, GROUNDS)
        if (ratio := contrast(scheme[ink], scheme[ground])) < TEXT
    }

    assert weak == {}


@SCHEMES
def test_letters_on_the_avatar_and_the_ring_around_the_focus_are_visible(scheme: dict[str, str]) -> None:
    assert contrast(scheme["card"], scheme["link"]) >= TEXT
    assert min(contrast(scheme["link"], scheme[ground]) for ground in GROUNDS) >= PART


@SCHEMES
def test_no_colour_escapes_these_tests(scheme: dict[str, str]) -> None:
    assert set(scheme) == GROUNDS | INKS | DECORATION


def test_no_rule_has_a_colour_of_its_own() -> None:
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)
    uses = re.findall(r"(?<![\w-])(color|background|border\w*|outline): ([^;]+);", rules)

    assert uses
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl|opacity", rules.replace("#news", ""))
    assert all("var(--" in value or value in ("0", "none") for _, value in uses)


def test_colours_are_used_for_what_they_are_checked_for() -> None:
    inks = set(re.findall(r"(?<![\w-])color: var\(--(\w+)\)", CSS))
    grounds = set(re.findall(r"background: var\(--(\w+)\)", CSS))

    assert inks <= INKS | {"card"}  # on the avatar
    assert grounds <= GROUNDS | {"link"}
