"""Amounts as the press writes them: truncated in Japanese, rounded half up in English, never 0 for what is unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from investor_flows.model import Measure
from investor_flows.wording.numerals import NUMERALS, ascii_amount, ascii_exact_delta, net_oku

JA, EN = NUMERALS["ja"], NUMERALS["en"]
VALUE, VOLUME = Measure.VALUE, Measure.VOLUME


@pytest.mark.parametrize(
    ("thousand_yen", "text"),
    [
        (222_260_039, "+2,222億円"),  # the documented sample row
        (-239_910_460, "▲2,399億円"),
        (512_399_999, "+5,123億円"),
        (-512_399_999, "▲5,123億円"),  # toward zero, not down
        (100_000, "+1億円"),
        (1_204_000_000, "+1兆2,040億円"),
        (-1_000_000_000, "▲1兆円"),
        (999_999_999, "+9,999億円"),
        (1_000_099_999, "+1兆円"),
        (123_456_789_012_345, "+123,456兆7,890億円"),
    ],
)
def test_japanese_value_is_truncated_to_oku_and_split_at_cho(thousand_yen: int, text: str) -> None:
    assert JA.amount(thousand_yen) == text


@pytest.mark.parametrize(
    ("thousand_yen", "text"),
    [
        (222_260_039, "+¥222.3bn"),  # the documented sample row
        (-239_910_460, "-¥239.9bn"),
        (50_000, "+¥0.1bn"),  # half up
        (-50_000, "-¥0.1bn"),  # on the magnitude
        (1_249_950_000, "+¥1,250.0bn"),
        (1_249_949_999, "+¥1,249.9bn"),
        (-4_211_000_000, "-¥4,211.0bn"),
    ],
)
def test_english_value_is_rounded_half_up_to_a_tenth_of_a_billion(thousand_yen: int, text: str) -> None:
    assert EN.amount(thousand_yen) == text


def test_less_than_the_smallest_unit_keeps_its_sign_and_is_no_zero() -> None:
    assert [JA.amount(99_999), JA.amount(-1)] == ["+1億円未満", "▲1億円未満"]
    assert [JA.amount(999, VOLUME), JA.amount(-1, VOLUME)] == ["+100万株未満", "▲100万株未満"]
    assert [EN.amount(49_999), EN.amount(-1)] == ["+¥0.0bn", "-¥0.0bn"]
    assert [EN.size(49_999), EN.size(499, VOLUME)] == ["less than ¥0.05bn", "less than 0.5m shares"]


def test_exactly_zero_has_no_sign() -> None:
    assert [JA.amount(0), JA.amount(0, VOLUME), EN.amount(0), EN.amount(0, VOLUME)] == [
        "0億円",
        "0百万株",
        "¥0",
        "0m shares",
    ]


@pytest.mark.parametrize("measure", Measure)
def test_what_is_not_published_is_never_zero(measure: Measure) -> None:
    for numerals, none in ((JA, "−"), (EN, "n/a")):
        assert numerals.amount(None, measure) == none
        assert numerals.exact(None, measure) == none
        assert numerals.exact_delta(None, measure) == none


def test_volume_is_in_million_shares() -> None:
    assert [JA.amount(182_999, VOLUME), JA.amount(-95_001, VOLUME)] == ["+182百万株", "▲95百万株"]
    assert [EN.amount(182_500, VOLUME), EN.amount(-95_499, VOLUME)] == ["+183m shares", "-95m shares"]


def test_exact_figures_carry_the_unit_and_a_sign_only_where_they_need_one() -> None:
    assert JA.exact(12_345_678_900, VALUE) == "12,345,678,900千円"
    assert [JA.exact(-5, VOLUME), JA.exact_delta(5, VOLUME), JA.exact_delta(-5, VALUE)] == [
        "▲5千株",
        "+5千株",
        "▲5千円",
    ]
    assert [EN.exact(12_345, VALUE), EN.exact(-5, VOLUME)] == ["¥12,345k", "-5k shares"]
    assert [EN.exact_delta(12_345, VALUE), EN.exact_delta(-5, VALUE)] == ["+¥12,345k", "-¥5k"]


def test_amounts_of_a_subject_are_ascii() -> None:
    assert [ascii_amount(512_345_678), ascii_amount(0), ascii_amount(-182_000, VOLUME)] == [
        "+512.3bn",
        "flat",
        "-182m sh",
    ]
    assert [ascii_exact_delta(512, VALUE), ascii_exact_delta(-512, VOLUME)] == ["+512k yen", "-512k shares"]


@given(st.integers(-(10**15), 10**15))
def test_the_number_of_a_filter_policy_is_truncated_toward_zero_like_the_printed_one(thousand_yen: int) -> None:
    oku = net_oku(thousand_yen)

    assert abs(oku) == abs(thousand_yen) // 100_000
    assert oku * thousand_yen >= 0
    assert not oku or JA.amount(oku * 100_000) == JA.amount(thousand_yen)
