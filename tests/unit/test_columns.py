"""Lines for a 40-column phone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from investor_flows.wording.columns import COLUMNS, columns, fold

LANGUAGES = st.sampled_from(["ja", "en"])


def test_a_full_width_character_takes_two_columns() -> None:
    assert [columns("海外"), columns("ab"), columns("▲1"), columns("▲1", "en")] == [4, 2, 3, 2]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("個人 2週連続売り越し ▲3,310億円（前週 ▲410億円）", "個人 2週連続売り越し ▲3,310億円\n （前週 ▲410億円）"),
        ("内訳 法人 ▲1兆2,791億円、個人 +2,172億円", "内訳 法人 ▲1兆2,791億円、\n 個人 +2,172億円"),
        ("前回公表 2026-11-19 → 今回公表 2026-11-26", "前回公表 2026-11-19\n → 今回公表 2026-11-26"),
        ("Foreigners net bought ¥512.3bn, 4th straight week", "Foreigners net bought ¥512.3bn, 4th\n straight week"),
    ],
)
def test_a_line_breaks_where_a_reader_would(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(), LANGUAGES)
def test_no_line_is_longer_than_the_screen(text: str, language: str) -> None:
    assert all(columns(line, language) <= COLUMNS for line in fold(text, language).split("\n"))


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" ")), LANGUAGES)
def test_nothing_but_spaces_is_lost(text: str, language: str) -> None:
    assert "".join(fold(text, language).split()) == "".join(text.split())
