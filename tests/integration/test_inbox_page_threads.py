"""Threads, charts and documents on the inbox's page, and the pages of old messages."""

import json
from pathlib import Path

import pytest
from slack_sdk import WebClient

from tests.integration.inbox_reader import (
    CHANNEL,
    PNG,
    RECEIPT,
    RELEASE,
    a_client,
    a_thread,
    articles,
    email,
    get,
    page,
    post,
    steer,
    titles,
)
from tests.local.inbox.server import Inbox


@pytest.fixture
def client(inbox: Inbox) -> WebClient:
    return a_client(inbox)


def test_replies_are_under_their_message_and_in_the_list_where_they_were_sent_to_the_channel(
    inbox: Inbox, client: WebClient
) -> None:
    a_thread(client)
    post(inbox, text="later")

    later, correction, release = articles(page(inbox))

    assert later.one("h2").words == "later"
    assert correction.one("h2").words == "【訂正】+4,987億円"
    assert "In the thread of 海外投資家 +5,123億円 A&B, and sent to the channel" in correction.words
    assert correction.one("p", class_="context").one("a").attributes["href"] == "#m1"
    assert release.one("h3").words == "2 replies"
    assert [reply.attributes["aria-label"] for reply in release.all("article")] == [
        "Reply 1 to message 1",
        "Reply 2 to message 1",
    ]
    assert [heading.words for heading in release.all("h4")] == ["52週", "【訂正】+4,987億円"]


def test_a_reply_to_a_reply_is_in_the_same_thread(inbox: Inbox, client: WebClient) -> None:
    stamp = client.chat_postMessage(channel=CHANNEL, text="release")["ts"]
    reply = client.chat_postMessage(channel=CHANNEL, text="reply", thread_ts=stamp)["ts"]
    client.chat_postMessage(channel=CHANNEL, text="reply to the reply", thread_ts=reply)

    [release] = articles(page(inbox))

    assert [heading.words for heading in release.all("h4")] == ["reply", "reply to the reply"]


def test_a_reply_to_what_is_not_there_stands_alone(inbox: Inbox, client: WebClient) -> None:
    client.chat_postMessage(channel=CHANNEL, text="lost", thread_ts="1.000001")
    other = client.chat_postMessage(channel="C0OTHER01", text="elsewhere")["ts"]
    client.chat_postMessage(channel=CHANNEL, text="wrong channel", thread_ts=other)

    shown = page(inbox)

    assert titles(shown) == ["wrong channel", "elsewhere", "lost"]
    assert shown.one("main").words.count("A reply to a message that is not in this inbox") == 2


def test_edits_and_reactions_are_marked(inbox: Inbox, client: WebClient) -> None:
    stamp = client.chat_postMessage(channel=CHANNEL, text="before")["ts"]
    assert "(edited)" not in page(inbox).words

    client.chat_update(channel=CHANNEL, ts=stamp, text="訂正あり")
    client.reactions_add(channel=CHANNEL, timestamp=stamp, name="warning")
    [article] = articles(page(inbox))

    assert article.one("p", class_="text").text == "訂正あり"
    assert "(edited)" in article.words
    assert [item.words for item in article.one("ul", class_="reactions").all("li")] == [":warning: 1"]


def test_a_chart_has_its_description_its_language_and_its_size(inbox: Inbox, client: WebClient) -> None:
    a_thread(client)

    shown = page(inbox)
    image = shown.one("img")

    assert image.attributes["alt"] == "棒グラフ"
    assert shown.language(image) == "ja"
    assert (image.attributes["width"], image.attributes["height"]) == ("1200", "675")
    assert get(inbox, image.attributes["src"]).content == PNG


def test_a_picture_that_nobody_described_says_so(inbox: Inbox, client: WebClient) -> None:
    client.files_upload_v2(channel=CHANNEL, filename="a b#1.png", title="chart", content=PNG)

    image = page(inbox).one("img")

    assert image.attributes["alt"] == "chart (no description)"
    assert get(inbox, image.attributes["src"]).headers["Content-Type"] == "image/png"


def test_a_document_is_shown_once_with_the_newest_message_of_its_receipt(inbox: Inbox) -> None:
    original = "rel-2026-11-12-0000ffff"
    post(inbox, **RELEASE)
    email(inbox, "[JPX flows]", f"買い越し\n元のお知らせ {original}\n受領番号 {RECEIPT}")
    post(inbox, text="another")
    assert steer(inbox, "document", schema="investor-flows/1", receipt=RECEIPT, language="ja", name="海外") == 200
    assert steer(inbox, "document", receipt=original) == 200

    shown = page(inbox)

    [listing] = shown.all("pre")
    assert json.loads(listing.text) == {
        "schema": "investor-flows/1",
        "receipt": RECEIPT,
        "language": "ja",
        "name": "海外",
    }
    assert "海外" in listing.text
    assert any(each is listing for each in articles(shown)[1])
    assert [each.tag for each in shown.all("details") if any(part is listing for part in each)] == ["details"]


def test_a_restarted_inbox_shows_the_same_page(tmp_path: Path) -> None:
    with Inbox(tmp_path) as first:
        a_thread(a_client(first))
        email(first, "subject", f"body {RECEIPT}")
        steer(first, "document", receipt=RECEIPT)
        before = get(first).text

    with Inbox(tmp_path) as second:
        assert get(second).text == before
    assert "<img" in before
    assert "<pre" in before
