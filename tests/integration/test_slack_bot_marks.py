"""The mark on a message that was corrected."""

import pytest
from investor_flows.errors import DeliveryRefused
from investor_flows.slack.delivery_steps import Place
from investor_flows.slack.marks import MOST_BLOCKS

from tests.integration.bot_channel import (
    CORRECTION,
    FOOTER,
    HEADER,
    ORIGINAL,
    OTHER,
    a_bot,
    a_document,
    marks,
    since,
    told,
)
from tests.local.inbox.server import Inbox
from tests.unit.golden_cases import CASES, LANGUAGES, message


@pytest.mark.parametrize(
    ("language", "mark"),
    [
        ("ja", f"訂正あり 2026-11-26　受領番号 {CORRECTION}"),
        ("en", f"Corrected 2026-11-26, receipt {CORRECTION}"),
    ],
)
def test_the_original_is_marked_under_its_header_and_first_in_its_text(inbox: Inbox, language: str, mark: str) -> None:
    sender = a_bot(inbox)
    place = sender.post(a_document(ORIGINAL))

    for _ in range(2):
        sender.mark(place, a_document(CORRECTION, language=language))

    [original] = told(inbox)
    context = {"type": "context", "elements": [{"type": "plain_text", "text": mark, "emoji": False}]}
    assert original["blocks"] == [HEADER, context, FOOTER]
    assert original["text"] == f"{mark}\n海外投資家 買い越し\n受領番号 {ORIGINAL}"
    assert original["metadata"]["event_payload"] == {"receipt": ORIGINAL}
    assert len(original["edits"]) == 1


def test_a_restatement_is_dated_by_the_day_it_was_seen(inbox: Inbox) -> None:
    sender = a_bot(inbox)
    place = sender.post(a_document(ORIGINAL))

    sender.mark(place, a_document(CORRECTION, as_of="2026-12-01"))

    assert marks(told(inbox)[0]) == [f"訂正あり 2026-12-01　受領番号 {CORRECTION}"]


def test_two_corrections_leave_two_marks(inbox: Inbox) -> None:
    sender = a_bot(inbox)
    place = sender.post(a_document(ORIGINAL))

    for receipt in (OTHER, CORRECTION, OTHER):
        sender.mark(place, a_document(receipt))

    assert [mark[-len(OTHER) :] for mark in marks(told(inbox)[0])] == [CORRECTION, OTHER]


def test_a_message_of_the_most_blocks_keeps_its_header_its_mark_and_its_receipt(inbox: Inbox) -> None:
    sender, section = a_bot(inbox), {"type": "section", "text": {"type": "plain_text", "text": "x"}}
    blocks = [HEADER, *[section] * (MOST_BLOCKS - 2), FOOTER]
    place = sender.post(a_document(ORIGINAL, slack={"text": "x", "blocks": blocks}))

    sender.mark(place, a_document(CORRECTION))

    [message] = told(inbox)
    assert len(message["blocks"]) == MOST_BLOCKS
    assert (message["blocks"][0], len(marks(message)), message["blocks"][-1]) == (HEADER, 1, FOOTER)


def test_a_plain_message_is_marked_in_its_text(inbox: Inbox) -> None:
    sender = a_bot(inbox)
    inbox.fail_next("invalid_blocks", on="chat.postMessage")
    place = sender.post(a_document(ORIGINAL))

    sender.mark(place, a_document(CORRECTION))

    [message] = told(inbox)
    assert message["text"].startswith(f"訂正あり 2026-11-26　受領番号 {CORRECTION}\n")
    assert "blocks" not in message


def test_a_message_without_a_header_has_the_mark_on_top(inbox: Inbox) -> None:
    sender = a_bot(inbox)
    place = sender.post(a_document(ORIGINAL, slack={"text": "x", "blocks": [FOOTER]}))

    sender.mark(place, a_document(CORRECTION))

    assert told(inbox)[0]["blocks"][1:] == [FOOTER]


def test_a_message_that_is_gone_is_not_marked_and_no_other_is(inbox: Inbox) -> None:
    sender = a_bot(inbox)
    sender.post(a_document(ORIGINAL))

    with pytest.raises(DeliveryRefused, match="gone"):
        sender.mark(Place(f"{since(60).timestamp():.6f}"), a_document(CORRECTION))

    assert marks(told(inbox)[0]) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_message_can_be_posted_and_marked_twice(inbox: Inbox, case: str, language: str) -> None:
    sender, document = a_bot(inbox), message(case, language).document
    place = sender.post(document)

    for receipt in (OTHER, CORRECTION):
        sender.mark(place, a_document(receipt, language=language))

    [told_now] = told(inbox)
    assert len(marks(told_now)) == 2
    assert document["receipt"] in told_now["text"]
