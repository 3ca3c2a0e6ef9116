"""A report to operators as Slack gets it: its words, escaped, and an id that stays the same."""

import json
from typing import Any

import pytest
from investor_flows.operation_message import is_operation, operation_document

from tests.unit.golden_cases import message

ENVELOPE: dict[str, Any] = {
    "Type": "Notification",
    "MessageId": "0123abcd-1111-2222-3333-444455556666",
    "Subject": "[JPX flows operation] Slack channel desk: messages do not arrive",
    "Message": "rel-2026-11-19-7f3a1b2c did not reach <desk> & <!channel>.",
    "Timestamp": "2026-11-19T09:02:07.123Z",
    "MessageAttributes": {
        "kind": {"Type": "String", "Value": "operation"},
        "about": {"Type": "String", "Value": "desk"},
    },
}


def test_a_report_says_its_subject_and_its_text_in_plain_words_and_its_id() -> None:
    document = operation_document(ENVELOPE)

    [section, context] = document["slack"]["blocks"]
    assert section["text"]["type"] == "plain_text"
    assert section["text"]["text"].startswith("[JPX flows operation] Slack channel desk: messages do not arrive\nrel-")
    assert context["elements"][0]["text"] == "ops-2026-11-19-0123abcd"
    assert document["slack"]["text"].endswith("&lt;desk&gt; &amp; &lt;!channel&gt;.\nops-2026-11-19-0123abcd")


def test_a_report_that_comes_twice_has_the_same_id_and_another_report_another() -> None:
    once, again = (operation_document(dict(ENVELOPE)) for _ in range(2))
    other = operation_document(ENVELOPE | {"MessageId": "89abcdef-1111"})

    assert once == again
    assert (once["receipt"], once["published_date"]) == ("ops-2026-11-19-0123abcd", "2026-11-19")
    assert other["receipt"] == "ops-2026-11-19-89abcdef"


def test_a_report_names_the_channel_that_it_is_about_if_there_is_one() -> None:
    general = ENVELOPE | {"MessageAttributes": {"kind": {"Type": "String", "Value": "operation"}}}

    assert (operation_document(ENVELOPE)["about"], operation_document(general)["about"]) == ("desk", None)


@pytest.mark.parametrize("text", ["long " * 10_000, "<" * 10_000])
def test_a_long_report_is_cut_to_what_slack_takes_and_keeps_its_id(text: str) -> None:
    slack = operation_document(ENVELOPE | {"Message": text})["slack"]

    assert len(slack["text"]) <= 3_000
    assert slack["text"].endswith("ops-2026-11-19-0123abcd")
    assert not slack["blocks"][0]["text"]["text"].rstrip("…").endswith(("&", "&l", "&lt"))


def test_readers_messages_are_no_reports() -> None:
    assert is_operation(ENVELOPE)
    assert not is_operation(json.loads(json.dumps(message("release_regular", "ja").document)))
