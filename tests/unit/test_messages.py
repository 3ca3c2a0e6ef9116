"""What readers are told: every golden case to the letter, and the sentences that the issue asks for."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from investor_flows.announcements import Kind
from investor_flows.topic import SnsTopic

from tests.local.inbox.slack_rules import refusal
from tests.unit.golden_cases import CASES, LANGUAGES, message, path, text
from tests.unit.schema import errors

EVERY_MESSAGE = [(case, language) for case in CASES for language in LANGUAGES]


@pytest.mark.parametrize(("case", "language"), EVERY_MESSAGE)
def test_a_message_reads_as_its_golden_text(case: str, language: str) -> None:
    """If the change is meant: python -m tests.unit.golden_cases --write, and read the difference."""
    assert text(message(case, language)) == path(case, language).read_text(encoding="utf-8")


@pytest.mark.parametrize(("case", "language"), EVERY_MESSAGE)
def test_a_document_is_as_its_schema_says(case: str, language: str) -> None:
    assert errors(message(case, language).document) == []


@pytest.mark.parametrize(("case", "language"), EVERY_MESSAGE)
def test_slack_takes_the_blocks(case: str, language: str) -> None:
    assert refusal(_slack(case, language)["blocks"]) is None


def test_the_documented_sample_row_says_what_the_press_said() -> None:
    japanese, english = (message("release_documented_sample", language).email for language in LANGUAGES)

    assert "海外投資家 買い越し +2,222億円" in japanese
    assert "個人 売り越し ▲2,399億円" in japanese
    assert "■ Foreigners +¥222.3bn" in english
    assert "■ Individuals -¥239.9bn" in english


def test_a_broken_streak_says_where_it_was_broken() -> None:
    [effect, *_] = _lines("correction_streak_broken_in_the_past", "ja", "海外投資家 方向")

    assert effect == "海外投資家 方向: 10週連続買い越し → 5週連続買い越し（訂正により2026/10/9週で途切れ）"


def test_a_statistic_is_not_told_of_a_week_whose_value_is_missing() -> None:
    """The store's newest value is an older week's: telling it under this week would be wrong."""
    told = message("release_volume_only", "ja")

    assert "4週累計" not in told.email
    assert not {"foreigners_net_oku", "individuals_net_oku", "abs_max_net_oku"} & set(told.attributes)


def test_effects_are_on_what_was_told_before_not_on_the_week_that_is_new() -> None:
    paragraph = "\n".join(_lines("correction_with_a_new_week", "ja", "読みかえ"))

    assert "2026/11/6週時点" in paragraph


def test_the_original_messages_receipt_is_named() -> None:
    document: Any = message("correction_revert", "ja").document

    [receipt] = document["corrects"]
    assert f"元のお知らせ {receipt}" in message("correction_revert", "ja").email


def test_figures_that_come_back_are_said_to() -> None:
    assert "2026-11-19公表の数値に戻った" in message("correction_revert", "ja").email
    assert "The figures are back to those published on 2026-11-19" in _slack("correction_revert", "en")["text"]


def test_a_restatement_says_that_the_published_date_is_the_same() -> None:
    told = message("correction_restatement", "ja")

    assert told.attributes["kind"] == Kind.RESTATEMENT
    assert "同じ公表日（2026-11-19）のまま数値が差し替えられた" in told.email.replace("\n ", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_lead_is_in_the_text_that_notifications_show(language: str) -> None:
    told = _slack("release_regular", language)
    [lead] = [block for block in told["blocks"] if block["type"] == "section"][:1]

    assert told["text"].startswith(lead["text"]["text"])


def test_attributes_are_for_filter_policies() -> None:
    assert message("release_regular", "ja").attributes == {
        "kind": "release",
        "language": "ja",
        "sections": ("TokyoNagoya", "TSEPrime", "TSEStandard", "TSEGrowth"),
        "published_date": "2026-11-19",
        "foreigners_net_oku": 5123,
        "individuals_net_oku": -3310,
        "abs_max_net_oku": 5123,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_ninety_corrections_fit_into_one_message_and_what_is_left_out_is_counted(language: str) -> None:
    told = message("correction_ninety", language)
    document: Any = told.document
    client = FakeSns()

    SnsTopic(client, "arn").publish(told)  # type: ignore[arg-type] # one method of it

    assert client.size < 256 * 1024
    assert len(document["changes"]) + document["left_out"]["changes"] == 90 * 14
    assert document["left_out"]["records"] == 90 - sum(_records(document))


class FakeSns:
    """Takes a message, and its size."""

    size = 0

    def publish(self, **parts: Any) -> None:
        """Weigh it as SNS does: the message with its attributes."""
        self.size = len(parts["Message"].encode()) + len(json.dumps(parts["MessageAttributes"]).encode())


def _records(document: Any) -> Iterator[int]:
    for sections in (document["sections"], *(week["sections"] for week in document["other_weeks"])):
        yield from (len(measures) for measures in sections.values())


def _slack(case: str, language: str) -> Any:
    return message(case, language).document["slack"]


def _lines(case: str, language: str, begin: str) -> list[str]:
    """Lines of Slack's sections that begin so."""
    sections = [block["text"]["text"] for block in _slack(case, language)["blocks"] if block["type"] == "section"]
    return [line for section in sections for line in section.splitlines() if line.startswith(begin)]
