"""The chart: what it says, and that all of it can be seen."""

import struct
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from investor_flows.chart import draw
from investor_flows.chart.lettering import CHARACTERS, ems

from tests.unit.pictures import (
    HOSTILE,
    LANGUAGES,
    a_chart,
    advance,
    font,
    marks,
    number,
    panels,
    path_points,
    picture,
    texts,
)

YEAR = [(512_300_000 - 20_000_000 * week, -331_000_000 + 9_000_000 * week) for week in reversed(range(52))]


def luminance(colour: str) -> float:
    """0 for black, 1 for white, as a greyscale print shows it."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def words(series: Any, language: str) -> list[str]:
    return [text.text for text in texts(picture(series, language))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_is_a_png_of_1200_by_675(language: str) -> None:
    png = draw(a_chart(*YEAR), language)

    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (1200, 675)


@pytest.mark.parametrize("weight", ["400", "700"])
def test_every_character_that_can_be_drawn_is_in_both_fonts(weight: str) -> None:
    series = a_chart(*YEAR, (None, 0), section=HOSTILE, note="合成データ / synthetic data")
    drawn = {character for language in LANGUAGES for text in picture(series, language).itertext() for character in text}

    in_font = {chr(code) for code in font(weight).getBestCmap()}

    assert (drawn - {"\n"}) | CHARACTERS <= in_font


@pytest.mark.parametrize("weight", ["400", "700"])
def test_no_character_is_wider_than_the_layout_reckons(weight: str) -> None:
    assert [character for character in CHARACTERS if advance(character, weight) > ems(character)] == []


def test_bars_and_line_are_measured_on_their_own_axes() -> None:
    above, _ = panels(picture(a_chart((100_000_000, 0), (200_000_000, 0))))

    heights = [number(bar, "height") for bar in marks(above, "bar")]
    [*_, (_, end), _] = path_points(marks(above, "line")[0].attrib["d"])

    assert heights[1] == pytest.approx(2 * heights[0], abs=0.2)
    assert [label.text for label in marks(above, "left")] == ["0", "400", "800", "1,200", "1,600", "2,000"]
    assert [label.text for label in marks(above, "right")] == ["0", "600", "1,200", "1,800", "2,400", "3,000"]
    assert end == pytest.approx(number(marks(above, "left")[0], "y") - 6.5 - 172, abs=0.2)


def test_a_week_that_was_not_published_has_no_bar_and_parts_the_line() -> None:
    above, below = panels(picture(a_chart((100_000_000, 1), (None, 1), (300_000_000, 1))))

    assert [len(marks(panel, "bar")) for panel in (above, below)] == [2, 3]
    assert [len(marks(panel, "missing")) for panel in (above, below)] == [1, 0]
    assert [len(marks(panel, "bridge")) for panel in (above, below)] == [1, 0]
    assert marks(above, "flat") == []


def test_the_sum_counts_only_published_weeks_and_says_how_many() -> None:
    series = a_chart((100_000_000, None), (None, None), (300_000_000, None))

    texts_of_both_panels = words(series, "ja")

    assert "2週累計 \xa0+4,000億円" in texts_of_both_panels
    assert "個人−公表なし11/9〜11/13" in texts_of_both_panels
    assert not any("0週累計" in text for text in texts_of_both_panels)


def test_a_zero_is_a_dash_on_the_zero_line_and_not_a_gap() -> None:
    above, _ = panels(picture(a_chart((0, 0))))

    assert [bar.attrib["class"] for bar in marks(above, "bar")] == ["bar flat"]
    assert marks(above, "missing") == []


def test_a_week_that_the_store_lacks_leaves_its_column_empty() -> None:
    series = a_chart(*[(1, 1)] * 52)
    del series["weeks"][-2]

    above, _ = panels(picture(series))
    x = [number(bar, "x") for bar in marks(above, "bar")]

    assert x[-1] - x[-2] == pytest.approx(2 * (x[1] - x[0]), abs=0.2)


@pytest.mark.parametrize(("language", "legend"), [("ja", "◇ 訂正された週"), ("en", "◇ revised week")])
def test_revised_weeks_are_marked_under_both_panels_and_explained(language: str, legend: str) -> None:
    series = a_chart(*YEAR)
    series["weeks"][7]["revised"] = True

    root = picture(series, language)

    for panel in panels(root):
        [mark] = marks(panel, "revised")
        bar = marks(panel, "bar")[7]
        [(x, _), *_] = path_points(mark.attrib["d"])
        assert x == pytest.approx(number(bar, "x") + number(bar, "width") / 2, abs=0.11)
    assert any(legend in text.text for text in texts(root))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_occur_is_not_in_the_legend(language: str) -> None:
    assert not any(
        "◇" in text or "公表なし" in text or "not published" in text for text in words(a_chart(*YEAR), language)
    )


def test_only_the_newest_bar_has_a_dark_outline_and_its_figure_is_the_headline() -> None:
    root = picture(a_chart(*YEAR))

    for panel in panels(root):
        *older, newest = [(bar.attrib["stroke"], number(bar, "stroke-width")) for bar in marks(panel, "bar")]
        assert luminance(newest[0]) < min(luminance(colour) for colour, _ in older) / 2
        assert newest[1] > max(width for _, width in older)
    assert [figure.text for figure in marks(root, "figure")] == ["+5,123億円", "▲3,310億円"]


def test_buying_and_selling_differ_in_grey() -> None:
    root = picture(a_chart(*YEAR))

    buying, selling = ({bar.attrib["fill"] for bar in marks(root, name)} for name in ("buying", "selling"))

    [dark], [light] = buying, selling
    assert luminance(light) - luminance(dark) > 0.35
    assert 1 - luminance(light) > 0.2


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_stay_text(language: str) -> None:
    root = picture(a_chart(*YEAR, section=HOSTILE, note=HOSTILE), language)

    [title], [note] = marks(root, "title"), marks(root, "note")

    assert "A&B <s" in (title.text or "")
    assert 'A&B <script>alert("1")</script> ???' in (note.text or "")
    assert not any("script" in element.tag for element in root.iter())


def test_a_year_is_named_where_it_is_new() -> None:
    root = picture(a_chart(*[(1, 1)] * 52, last=date(2027, 1, 29)))

    [months] = marks(root, "months")

    assert [text.text for text in texts(months)][:5] == ["2月", "2026年", "3月", "4月", "5月"]
    assert [text.text for text in texts(months)][-3:] == ["12月", "1月", "2027年"]


def test_only_drawing_needs_the_chart_layer() -> None:
    code = "import sys, investor_flows.chart; sys.exit('resvg_py' in sys.modules or 'chart_fonts' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_series_without_weeks_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one week"):
        picture(a_chart(*[]) | {"weeks": []})
