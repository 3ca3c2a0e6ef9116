"""A figure that is missing: shown as such, never as zero, and in no sum."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from investor_flows.announcements import Gap, Occasion
from investor_flows.message import Message
from investor_flows.model import INVESTOR_TYPES, Measure, Record

from tests.local.inbox.slack_rules import refusal
from tests.unit.builders import a_record, a_series
from tests.unit.golden_cases import LANGUAGES, told
from tests.unit.scenes import Scene, history, in_shares, release
from tests.unit.schema import errors

NONE = {"ja": "−", "en": "n/a"}
LEAD_POSITIONS = [2 * INVESTOR_TYPES.index(name) + side for name in ("Foreigners", "Individuals") for side in (0, 1)]
SUB_ITEMS = range(2 * 13, 2 * len(INVESTOR_TYPES))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("position", SUB_ITEMS)
def test_a_missing_field_of_a_sub_group_changes_nothing_but_what_it_is_part_of(position: int, language: str) -> None:
    *before, newest = history([500, 700], [-300, -200], weeks=8)
    lacking = _without(newest, position)
    name = INVESTOR_TYPES[position // 2]

    whole, partial = (told(Scene((before, [record])), language) for record in (newest, lacking))
    before_lines, after_lines = (_facts(message) for message in (whole, partial))
    changed = [after for before, after in zip(before_lines, after_lines, strict=True) if before != after]

    assert _figure(partial, name, position) is None
    assert all(NONE[language] in line for line in changed)
    assert len(changed) == (not name.startswith("Proprietary"))


@given(st.integers(0, 29), st.sampled_from(LEAD_POSITIONS))
def test_a_missing_figure_makes_no_zero_and_no_silent_sum(ago: int, position: int) -> None:
    weeks = a_series([700_000_000 + 13 * week for week in range(60)], last=date(2026, 11, 13))
    weeks[-1 - ago] = _without(weeks[-1 - ago], position)
    name = INVESTOR_TYPES[position // 2]

    message = told(Scene((weeks[:-1], weeks[-1:])), "ja")
    document: Any = message.document

    assert "0億円" not in [word.strip("（）▲+") for word in message.email.split()]
    if ago == 0:
        assert name not in document["statistics"]
        assert document["sections"]["TokyoNagoya"]["value"][name]["balance_thousand_yen"] is None
        assert document["sections"]["TokyoNagoya"]["value"][name]["total_thousand_yen"] is None
        return
    for field, length in (("sum_4_weeks", 4), ("sum_13_weeks", 13)):
        found = document["statistics"][name][field]
        known = [balance for week in weeks[-length:] if (balance := week.balance(name)) is not None]
        assert found == {"balance_thousand_yen": sum(known), "weeks": len(known), "complete": len(known) == length}
        assert (f"{len(known)}週分のみ" in message.email) or len(known) == length


def _without(record: Record, position: int) -> Record:
    figures = list(record.figures)
    figures[position] = None
    return replace(record, figures=tuple(figures))


def _facts(message: Message) -> list[str]:
    document: Any = message.document
    [table] = [block for block in document["slack"]["blocks"] if block["type"] == "table"]
    return [cell["text"] for row in table["rows"] for cell in row]


def _figure(message: Message, name: str, position: int) -> int | None:
    document: Any = message.document
    figures = document["sections"]["TokyoNagoya"]["value"][name]
    return figures[("sales_thousand_yen", "purchases_thousand_yen")[position % 2]]  # type: ignore[no-any-return]


def test_a_record_of_nothing_but_gaps_can_be_told() -> None:
    bare = a_record(without=INVESTOR_TYPES)

    document: Any = told(Scene(([bare],)), "ja").document

    assert refusal(document["slack"]["blocks"]) is None
    assert errors(document) == []


def test_value_that_comes_after_its_volume_does_not_say_that_the_volume_is_missing() -> None:
    """Readers have it, from the message before."""
    *before, newest = history([500, 700], [-300, -200], weeks=8)
    late = Scene(([*before, in_shares(newest)], [newest]), occasion=Occasion.ADDITION)

    facts = _facts(told(late, "ja"))

    assert not any(fact.startswith("株数") for fact in facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_headline_section_that_is_held_is_not_said_to_be_still_to_come(language: str) -> None:
    *_, newest = release(history([500, 700], weeks=8)[-1])[:2]
    held = (Gap("TokyoNagoya", Measure.VALUE, "TotalTotal 1 is more than 50 times 2"),)

    message = told(Scene(([newest],), held=held), language)

    assert not {"未着", "Not in yet"} & set(message.email.replace(":", " ").split())
    assert "TotalTotal" in message.email


def test_a_headline_section_of_which_only_the_volume_is_held_is_still_to_come() -> None:
    *_, newest = release(history([500, 700], weeks=8)[-1])[:2]
    held = (Gap("TokyoNagoya", Measure.VOLUME, "TotalTotal 1 is more than 50 times 2"),)

    assert "未着: 東証・名証二市場" in " ".join(told(Scene(([newest],), held=held), "ja").email.split())
