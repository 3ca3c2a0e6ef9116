"""What a correction changed of what readers were told, in words: all that reads differently, and nothing else."""

from collections.abc import Sequence
from datetime import date

import pytest
from investor_flows.model import Record
from investor_flows.wording.effect_story import EffectStory
from investor_flows.wording.phrases import Phrases

from tests.unit.builders import a_revision, pair
from tests.unit.golden_cases import told
from tests.unit.scenes import PARTS, Scene, history, in_shares, scaled

LATER = "2026-11-26"


def effect_lines(scene: Scene, language: str = "ja") -> list[str]:
    """The lines under 読みかえ."""
    return [line for each in EffectStory(scene.summary(), Phrases(language)).paragraphs() for line in each.lines]


def corrected(weeks: Sequence[Record], place: int, foreigners: int | None) -> Scene:
    """One week's net buying of foreigners, in thousand yen, is corrected."""
    trades = None if foreigners is None else pair(foreigners)
    return Scene((weeks, [a_revision(weeks[place], LATER, Foreigners=trades)]))


# What reads differently is told.


def test_how_long_ago_the_direction_was_the_same_is_told_where_that_changed() -> None:
    weeks = history([-500, *[100] * 10, -80], [50] * 12)

    [line, *_] = effect_lines(corrected(weeks, -5, -1_000_000))

    assert line == "海外投資家 方向: 11週ぶり売り越し → 4週ぶり売り越し"


def test_a_correction_that_changes_only_the_directions_of_the_two_is_not_said_to_change_nothing() -> None:
    weeks = history([-50, *[100] * 25, -80], [50, *[-100] * 25, 90], last="2026-04-24")

    lines = effect_lines(corrected(weeks, -25, -3_000_000))

    assert "海外投資家と個人: 逆方向（27週連続） → 逆方向（24週連続）" in lines
    assert "方向・累計・順位に変更なし" not in lines


def test_the_directions_of_the_two_are_told_in_english_too() -> None:
    lines = effect_lines(corrected(history([100, 100], [50, 50]), -1, -3_000_000), "en")

    assert "Foreigners and individuals: both net bought → went opposite ways" in lines


def test_a_correction_that_touches_nothing_that_was_told_says_so() -> None:
    weeks = history([100, 200])
    others = a_revision(weeks[0], LATER, TrustBanks=pair(7))

    assert effect_lines(Scene((weeks, [others]))) == ["方向・累計・順位に変更なし"]


# What no message says is not told.


def test_the_sum_of_a_streak_of_one_week_is_not_told() -> None:
    lines = effect_lines(corrected(history([-300, 900]), -1, 3_000_000))

    assert not any("連続累計" in line for line in lines)


def test_ranks_that_read_alike_in_a_short_series_are_told_once() -> None:
    weeks = history([-300, 700, 600, 900], weeks=30)

    ranks = [line for line in effect_lines(corrected(weeks, -1, 3_000_000)) if "海外投資家 順位" in line]

    assert len(ranks) == 1


def test_a_week_that_comes_to_zero_is_no_reversal_and_has_no_rank() -> None:
    lines = effect_lines(corrected(history([-300, 700, 650]), -1, 0))

    assert "海外投資家 方向: 2週連続買い越し → 売り買い均衡" in lines
    assert all(line.endswith("→ 該当なし") for line in lines if "海外投資家 順位" in line)


def test_a_newest_figure_that_is_withdrawn_is_not_said_to_change_nothing() -> None:
    lines = effect_lines(corrected(history([-300, 700, 650]), -1, None))

    assert "方向・累計・順位に変更なし" not in lines


# Which row it is about.


@pytest.mark.parametrize("day", [27, 30])
def test_a_row_that_was_superseded_before_changes_nothing_when_it_is_rewritten(day: int) -> None:
    """Its figures stand no more: they are in no statistic, and on no attribute that subscribers filter on."""
    weeks = history([-840, 1_310, 4_320, 1_280, 5_123])
    standing = a_revision(weeks[-1], LATER, Foreigners=pair(-1_000_000))
    rewritten = a_revision(weeks[-1], weeks[-1].published_date, Foreigners=pair(450_000_000))
    scene = Scene((weeks, [standing], [rewritten]), seen={2: date(2026, 11, day)})

    message = told(scene, "en")

    assert effect_lines(scene) == []
    assert "The figures published on 2026-11-26" in " ".join(message.email.split())
    assert not {"foreigners_net_oku", "individuals_net_oku", "abs_max_net_oku"} & set(message.attributes)


def test_a_correction_of_value_leads_with_its_section_and_tells_its_effects() -> None:
    """The two markets' volume is corrected too, their value not yet: what is told is of Prime."""
    weeks = history([1_310, 4_320, 1_280, 5_123])
    prime, volume = scaled(weeks[-1], PARTS["TSEPrime"], section="TSEPrime"), in_shares(weeks[-1])
    revised = [a_revision(prime, LATER, Foreigners=pair(-9)), a_revision(volume, LATER, Foreigners=pair(-9))]
    scene = Scene(([*weeks, prime, volume], revised))

    assert scene.summary().section == "TSEPrime"
    assert effect_lines(scene)[0].startswith("海外投資家 方向: ")
