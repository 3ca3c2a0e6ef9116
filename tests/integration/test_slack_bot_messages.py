"""What a bot posts, in which thread, with which chart, and what of it can be found again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from investor_flows.chart import draw
from investor_flows.drawing import chart_of
from investor_flows.slack.bot import PAGE, Bot, bot
from investor_flows.slack.client import connect
from investor_flows.slack.deliver import Outcome, deliver
from investor_flows.slack.delivery_steps import Picture, Place

from tests.integration.bot_channel import (
    CHANNEL,
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
from tests.local.inbox.slack_web_api import TOKEN
from tests.unit.fake_slack import FakeDeliveries
from tests.unit.pictures import a_chart


def test_a_release_is_posted_with_its_receipt_in_the_metadata_and_its_chart_after_it(inbox: Inbox) -> None:
    log = FakeDeliveries()

    outcome = deliver(
        a_document(ORIGINAL), bot("desk", TOKEN, f"{inbox.url}/api/", CHANNEL, chart_of), log, datetime.now(UTC)
    )

    text, chart = told(inbox)
    [file] = chart["files"]
    assert outcome is Outcome.DELIVERED
    assert text["metadata"] == {"event_type": "investor_flows", "event_payload": {"receipt": ORIGINAL}}
    assert (text["blocks"], text["text"]) == ([HEADER, FOOTER], f"海外投資家 買い越し\n受領番号 {ORIGINAL}")
    assert (file["name"], file["title"]) == (f"{ORIGINAL}.png", ORIGINAL)
    assert "海外投資家" in file["alt_txt"]
    assert (inbox.mailbox.file(file["stored_as"]) or b"").startswith(b"\x89PNG")
    assert "thread_ts" not in text | chart


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_chart_is_drawn_and_described_in_the_message_s_language(language: str) -> None:
    picture = chart_of(a_document(ORIGINAL, language=language))

    assert picture
    assert picture.png.startswith(b"\x89PNG")
    assert {"ja": "海外投資家", "en": "Foreign"}[language] in picture.alt_text
    assert picture.png == draw(a_document(ORIGINAL)["series"], language)


@pytest.mark.parametrize("series", [None, {}, a_chart() | {"weeks": []}])
def test_without_weeks_there_is_nothing_to_draw(series: Any) -> None:
    assert chart_of(a_document(ORIGINAL, series=series)) is None


@pytest.mark.parametrize("changes", [{"series": {"weeks": [{}]}}, {"language": "fr"}])
def test_a_series_that_cannot_be_drawn_costs_the_chart_and_not_the_message(
    inbox: Inbox, changes: dict[str, Any]
) -> None:
    log = FakeDeliveries()
    sender = bot("desk", TOKEN, f"{inbox.url}/api/", CHANNEL, chart_of)

    outcome = deliver(a_document(ORIGINAL, **changes), sender, log, datetime.now(UTC))

    assert outcome is Outcome.CURTAILED
    assert "the chart cannot be drawn: KeyError" in str(log.delivered.values())
    assert len(told(inbox)) == 1


def test_no_chart_is_uploaded_where_there_is_none(inbox: Inbox) -> None:
    bot("desk", TOKEN, f"{inbox.url}/api/", CHANNEL, chart_of).show(a_document(ORIGINAL, series=None), None)

    assert inbox.visits == []


def test_a_long_description_is_cut_to_what_slack_takes(inbox: Inbox) -> None:
    Bot("desk", connect(TOKEN, f"{inbox.url}/api/", 10), CHANNEL, lambda _: Picture(b"png", "字" * 3_000)).show(
        a_document(ORIGINAL), None
    )

    assert len(told(inbox)[0]["files"][0]["alt_txt"]) == 1_000


def test_a_correction_is_a_reply_that_the_channel_sees_and_its_chart_is_in_the_thread(inbox: Inbox) -> None:
    sender, log = a_bot(inbox), FakeDeliveries()

    for document in (a_document(ORIGINAL), a_document(CORRECTION, ORIGINAL)):
        assert deliver(document, sender, log, datetime.now(UTC)) is Outcome.DELIVERED

    original, _, correction, chart = told(inbox)
    assert correction["thread_ts"] == chart["thread_ts"] == original["ts"]
    assert correction["reply_broadcast"] is True
    assert "reply_broadcast" not in chart


def test_a_correction_of_a_correction_stays_in_the_thread_and_marks_the_reply(inbox: Inbox) -> None:
    sender, log = a_bot(inbox), FakeDeliveries()

    for document in (a_document(ORIGINAL), a_document(OTHER, ORIGINAL), a_document(CORRECTION, OTHER)):
        deliver(document, sender, log, datetime.now(UTC))

    original, first, second = (message for message in told(inbox) if "files" not in message)
    assert first["thread_ts"] == second["thread_ts"] == original["ts"]
    assert [mark[-len(OTHER) :] for message in (original, first) for mark in marks(message)] == [OTHER, CORRECTION]


@pytest.mark.parametrize("code", ["thread_not_found", "cannot_reply_to_message"])
def test_where_the_thread_is_gone_the_correction_is_a_plain_message(inbox: Inbox, code: str) -> None:
    inbox.fail_next(code, on="chat.postMessage")

    place = a_bot(inbox).post(a_document(CORRECTION), "1700000000.000001")

    [message] = told(inbox)
    assert place == Place(message["ts"])
    assert not {"thread_ts", "reply_broadcast"} & set(message)


@pytest.mark.parametrize("code", ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"])
def test_blocks_that_slack_does_not_take_become_plain_text_in_the_same_thread(inbox: Inbox, code: str) -> None:
    inbox.fail_next(code, on="chat.postMessage")

    a_bot(inbox).post(a_document(CORRECTION), "1700000000.000001")

    [message] = told(inbox)
    assert (message["text"], message["thread_ts"]) == (
        f"海外投資家 買い越し\n受領番号 {CORRECTION}",
        "1700000000.000001",
    )
    assert "blocks" not in message


def test_a_message_is_found_by_its_receipt_with_its_thread(inbox: Inbox) -> None:
    sender = a_bot(inbox)
    original = sender.post(a_document(ORIGINAL))
    reply = sender.post(a_document(CORRECTION), original.root)

    assert sender.find(ORIGINAL, since(), None) == original
    assert sender.find(CORRECTION, since(), original.root) == reply
    assert sender.find(OTHER, since(), original.root) is None


def test_a_message_with_replies_is_no_reply_itself_though_slack_gives_it_a_thread(inbox: Inbox) -> None:
    sender = a_bot(inbox)
    original = sender.post(a_document(ORIGINAL))
    inbox.mailbox.change(inbox.messages[0], {"thread_ts": original.reference, "reply_broadcast": True})

    assert sender.find(ORIGINAL, since(), None) == original


def test_a_reply_that_the_channel_does_not_list_is_found_in_its_thread(inbox: Inbox) -> None:
    sender = a_bot(inbox)
    original = sender.post(a_document(ORIGINAL))
    metadata = {"event_type": "investor_flows", "event_payload": {"receipt": CORRECTION}}
    client = connect(TOKEN, f"{inbox.url}/api/", 10)
    client.chat_postMessage(channel=CHANNEL, text="x", metadata=metadata, thread_ts=original.reference)

    assert sender.find(CORRECTION, since(), None) is None
    assert sender.find(CORRECTION, since(), original.root) is not None


def test_a_message_of_another_app_is_not_taken_for_ours(inbox: Inbox) -> None:
    client = connect(TOKEN, f"{inbox.url}/api/", 10)
    metadata = {"event_type": "another_app", "event_payload": {"receipt": ORIGINAL}}
    client.chat_postMessage(channel=CHANNEL, text=ORIGINAL, metadata=metadata)

    assert a_bot(inbox).find(ORIGINAL, since(), None) is None


def test_a_look_up_reads_page_after_page_but_nothing_older_than_the_first_run(inbox: Inbox) -> None:
    sender = a_bot(inbox)
    sender.post(a_document(ORIGINAL))
    for number in range(PAGE):
        inbox.mailbox.add("slack", {"via": "bot", "channel": CHANNEL, "ts": inbox.mailbox.stamp(), "text": str(number)})

    assert sender.find(ORIGINAL, since(), None) is not None
    assert sender.find(ORIGINAL, since(600), None) is None


def test_a_chart_is_found_by_its_name_in_the_channel_and_in_a_thread(inbox: Inbox) -> None:
    sender = a_bot(inbox)
    original = sender.post(a_document(ORIGINAL))
    before = sender.shows(ORIGINAL, since(), None)
    sender.show(a_document(ORIGINAL), None)
    sender.show(a_document(CORRECTION), original.root)

    assert before is False
    assert sender.shows(ORIGINAL, since(), None)
    assert sender.shows(CORRECTION, since(), original.root)
    assert not sender.shows(CORRECTION, since(), None)
