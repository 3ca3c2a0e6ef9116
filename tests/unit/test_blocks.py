"""Slack's limits, met for any story; what does not fit is said to be left out."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from investor_flows.wording.blocks import WHOLE, escaped, slack
from investor_flows.wording.story import ChangedFigure, ChangedSeries, Fact, Paragraph, Profile, Story

from tests.local.inbox.slack_rules import refusal

CUT = "the e-mail has all of it"


def a_story(
    *,
    lead: tuple[str, ...] = ("lead",),
    paragraphs: int = 0,
    size: int = 10,
    rows: int = 2,
    columns: int = 3,
    corrects: bool = False,
) -> Story:
    """Build a story of so many paragraphs, rows and columns, of a new week or of a correction."""
    text = "&" * size
    profiles = (Profile("Foreigners", "title", (Fact("net", "Net", "1"),)),)
    changes = (ChangedSeries(text, (ChangedFigure(text, text, text, text, text),), text),)
    return Story(
        subject="subject",
        headline=lead[0],
        lead=lead,
        profiles=() if corrects else profiles,
        paragraphs=(Paragraph(text, (text,)),) * paragraphs,
        changes=changes if corrects else (),
        table=(("",) * columns,) * rows,
        receipt="Receipt rel-1",
        cut=CUT,
        footer=("Receipt rel-1",),
    )


@pytest.mark.parametrize(
    "story",
    [
        a_story(paragraphs=80),
        a_story(paragraphs=10, size=5_000),
        a_story(lead=("x" * 5_000, "y" * 5_000)),
        a_story(rows=300, columns=40),
        a_story(lead=("",), size=0, corrects=True),
        a_story(paragraphs=10, size=5_000, corrects=True),
    ],
)
def test_slack_takes_any_story(story: Story) -> None:
    blocks = slack(story)["blocks"]

    assert refusal(blocks) is None
    assert [blocks[0]["type"], blocks[1]["type"]] == ["header", "section"]
    assert slack(story)["text"].endswith("\nReceipt rel-1")
    assert len(slack(story)["text"]) <= 3_000
    assert blocks[-1]["elements"][0]["text"] == "Receipt rel-1"


@pytest.mark.parametrize("story", [a_story(paragraphs=80), a_story(paragraphs=10, size=5_000)])
def test_blocks_that_do_not_fit_are_said_to_be_left_out(story: Story) -> None:
    *_, said, _ = slack(story)["blocks"]

    assert said["text"]["text"] == CUT


def test_a_story_that_fits_is_whole() -> None:
    assert CUT not in str(slack(a_story(paragraphs=3)))


def test_a_line_that_the_header_says_is_not_said_twice() -> None:
    _, section, *_ = slack(a_story(lead=("CORRECTED", "2 more corrections")))["blocks"]

    assert section["text"]["text"] == "2 more corrections"


def test_a_line_that_the_header_has_to_cut_is_said_in_full() -> None:
    _, section, *_ = slack(a_story(lead=("x" * 151,)))["blocks"]

    assert section["text"]["text"] == "x" * 151


@given(st.text(), st.integers(1, 60))
def test_no_escape_is_cut_apart(text: str, limit: int) -> None:
    shown = escaped(text, limit)

    assert len(shown) <= limit
    assert text.startswith(unescape(shown.removesuffix("…"))) or "&" in text
    assert not {"<", ">"} & set(shown)
    assert shown == escaped(text, WHOLE) or shown.endswith("…")


def test_only_what_slack_reads_is_escaped() -> None:
    assert escaped('A&B <!channel> "q"', 100) == 'A&amp;B &lt;!channel&gt; "q"'
    assert escaped("a&b", 5) == "a…"


@pytest.mark.parametrize(("columns", "words"), [(3, 1), (4, 1), (5, 2)])
def test_columns_of_words_stand_left_and_columns_of_figures_right(columns: int, words: int) -> None:
    blocks = slack(a_story(columns=columns))["blocks"]

    [table] = [block for block in blocks if block["type"] == "table"]
    aligned = [setting.get("align", "left") for setting in table["column_settings"]]
    assert aligned == ["left"] * words + ["right"] * (columns - words)
