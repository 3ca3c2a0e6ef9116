"""The chart's figures, dates and sentences, in both languages."""

from datetime import date
from typing import Any

import pytest
from investor_flows.chart import alt_text
from investor_flows.chart.languages import ENGLISH, JAPANESE, LANGUAGES
from investor_flows.chart.words import Words
from investor_flows.model import Measure

from tests.unit.pictures import a_chart, marks, picture


@pytest.mark.parametrize(
    ("amount", "japanese", "english"),
    [
        (222_260_039, "+2,222億円", "+¥222.3bn"),
        (-239_910_460, "▲2,399億円", "−¥239.9bn"),
        (99_999, "+1億円未満", "+¥0.1bn"),
        (-49_999, "▲1億円未満", "−¥0.0bn"),
        (0, "0億円", "¥0"),
        (1_204_099_999, "+1兆2,040億円", "+¥1,204.1bn"),
        (-2_000_000_000, "▲2兆円", "−¥2,000.0bn"),
        (None, "−", "n/a"),
    ],
)
def test_oku_yen_are_truncated_toward_zero_and_billions_rounded_half_up(
    amount: int | None, japanese: str, english: str
) -> None:
    assert JAPANESE.figure(amount, Measure.VALUE) == japanese
    assert ENGLISH.figure(amount, Measure.VALUE) == english


def test_shares_are_counted_in_millions() -> None:
    assert JAPANESE.figure(-182_999, Measure.VOLUME) == "▲182百万株"
    assert ENGLISH.figure(-182_500, Measure.VOLUME) == "−183m shares"


@pytest.mark.parametrize(
    ("words", "step", "labels"),
    [
        (JAPANESE, 2_500, ["▲5,000", "▲2,500", "0", "2,500", "5,000"]),
        (JAPANESE, 25_000, ["▲5兆", "▲2.5兆", "0", "2.5兆", "5兆"]),
        (ENGLISH, 1, ["−0.2", "−0.1", "0", "0.1", "0.2"]),
        (ENGLISH, 2_500, ["−500", "−250", "0", "250", "500"]),
        (ENGLISH, 15_000, ["−3tn", "−1.5tn", "0", "1.5tn", "3tn"]),
    ],
)
def test_one_axis_has_one_unit(words: Words, step: int, labels: list[str]) -> None:
    assert [words.tick(line * step, step, Measure.VALUE) for line in range(-2, 3)] == labels


@pytest.mark.parametrize(
    ("first", "last", "japanese", "english"),
    [
        (date(2026, 11, 9), date(2026, 11, 13), "2026/11/9〜11/13", "Nov 9–13, 2026"),
        (date(2026, 11, 30), date(2026, 12, 4), "2026/11/30〜12/4", "Nov 30 – Dec 4, 2026"),
        (date(2026, 12, 28), date(2027, 1, 8), "2026/12/28〜2027/1/8", "Dec 28, 2026 – Jan 8, 2027"),
        (date(2024, 12, 30), date(2024, 12, 30), "2024/12/30", "Dec 30, 2024"),
    ],
)
def test_a_period_says_each_year_once(first: date, last: date, japanese: str, english: str) -> None:
    assert JAPANESE.period(first, last) == japanese
    assert ENGLISH.period(first, last) == english


@pytest.mark.parametrize(
    ("fields", "language", "title"),
    [
        ({}, "ja", "投資部門別 週次売買差額（東証・名証二市場、金額ベース、億円）"),
        ({}, "en", "Weekly net buying by investor type (Tokyo & Nagoya, value, ¥bn)"),
        ({"section": "TSE1st", "measure": "volume"}, "ja", "投資部門別 週次売買差額（東証一部、株数ベース、百万株）"),
        ({"section": "TSENext"}, "en", "Weekly net buying by investor type (TSENext, value, ¥bn)"),
    ],
)
def test_the_title_names_section_measure_and_unit(fields: dict[str, Any], language: str, title: str) -> None:
    [element] = marks(picture(a_chart((1, 1), **fields), language), "title")

    assert element.text == title


def test_the_alternative_text_says_what_the_chart_shows() -> None:
    series = a_chart((-100_000_000, 0), (512_300_000, None), note="synthetic data")
    series["weeks"][0]["revised"] = True

    assert alt_text(series, "ja") == (
        "投資部門別 週次売買差額（東証・名証二市場、金額ベース、億円）の週ごとの棒と累計の線（2026/11/2〜11/13）で、"
        "最新週（2026/11/9〜11/13）は海外投資家が5,123億円の買い越し（2週累計は4,123億円の買い越し）、"
        "個人が公表なし（1週累計は差し引きゼロ）、訂正された週は1（synthetic data）。"
    )
    assert alt_text(series, "en") == (
        "Weekly net buying by investor type (Tokyo & Nagoya, value, ¥bn), weekly bars and cumulative line, "
        "Nov 2–13, 2026; newest week (Nov 9–13, 2026), Foreigners: net buying of ¥512.3bn "
        "(2-week total: net buying of ¥412.3bn); Individuals: not published (1-week total: flat); "
        "weeks revised: 1 (synthetic data)."
    )


def test_both_languages_name_the_same_things() -> None:
    tables = (
        "sections",
        "measures",
        "units",
        "rounding",
        "investor_types",
        "directions",
        "legend",
        "phrases",
        "sentence",
    )
    for table in tables:
        assert {frozenset(getattr(words, table)) for words in LANGUAGES.values()} == {
            frozenset(getattr(JAPANESE, table))
        }
