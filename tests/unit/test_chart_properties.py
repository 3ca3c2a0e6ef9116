"""Whatever the series: the chart is well-formed, inside its picture, and legible."""

from itertools import combinations
from math import isfinite
from typing import Any

import pytest
from hypothesis import example, given
from investor_flows.chart import HEIGHT, WIDTH, alt_text

from tests.unit.pictures import LANGUAGES, a_chart, charts, marks, number, panels, path_points, picture, points, texts


@given(series=charts())
def test_any_series_is_drawn_inside_the_picture(series: Any) -> None:
    for language in LANGUAGES:
        for x, y in points(picture(series, language)):
            assert isfinite(x)
            assert isfinite(y)
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


@given(series=charts())
@example(series=a_chart(*[(10**15, -(10**15))] * 52))
@example(series=a_chart(*[(10**15, -(10**15))] * 52, measure="volume", section="W" * 50, note="W" * 200))
def test_no_text_is_cut_off_or_covers_another(series: Any) -> None:
    for language in LANGUAGES:
        boxes = texts(picture(series, language))
        assert [box for box in boxes if box.left < 0 or box.right > WIDTH or box.top < 0 or box.bottom > HEIGHT] == []
        for one, other in combinations(boxes, 2):
            beside = one.right <= other.left or other.right <= one.left
            assert beside or one.bottom <= other.top or other.bottom <= one.top, (one, other)


@given(series=charts())
def test_the_zeros_of_both_axes_share_a_level_that_every_bar_touches(series: Any) -> None:
    for panel in panels(picture(series)):
        [zero] = marks(panel, "zero")
        [(_, level), *_] = path_points(zero.attrib["d"])

        labels = [label for axis in ("left", "right") for label in marks(panel, axis) if label.text == "0"]
        assert [number(label, "y") for label in labels] == [level + 6.5] * 2
        for bar in marks(panel, "bar"):
            top, bottom = number(bar, "y"), number(bar, "y") + number(bar, "height")
            edge = {"bar buying": bottom, "bar selling": top, "bar flat": (top + bottom) / 2}[bar.attrib["class"]]
            assert edge == pytest.approx(level, abs=0.11)


@given(series=charts())
def test_bars_and_line_stay_between_the_outer_grid_lines(series: Any) -> None:
    for panel in panels(picture(series)):
        levels = [y for rule in marks(panel, "rule") + marks(panel, "zero") for _, y in path_points(rule.attrib["d"])]
        drawn = [y for mark in marks(panel, "line") for _, y in path_points(mark.attrib["d"])]
        for bar in marks(panel, "bar"):
            drawn += [number(bar, "y"), number(bar, "y") + number(bar, "height")]
        assert all(min(levels) - 1 <= y <= max(levels) + 1 for y in drawn)


@given(series=charts())
def test_every_published_week_has_one_bar_and_no_other_has(series: Any) -> None:
    weeks = series["weeks"][-52:]
    for investor_type, panel in zip(("Foreigners", "Individuals"), panels(picture(series)), strict=True):
        missing = sum(week[investor_type] is None for week in weeks)
        assert [len(marks(panel, "bar")), len(marks(panel, "missing"))] == [len(weeks) - missing, missing]
        assert len(marks(panel, "revised")) == sum(week["revised"] for week in weeks)


@given(series=charts())
def test_the_alternative_text_is_one_short_line(series: Any) -> None:
    for language in LANGUAGES:
        text = alt_text(series, language)
        assert len(text.splitlines()) == 1
        assert len(text) < 600
