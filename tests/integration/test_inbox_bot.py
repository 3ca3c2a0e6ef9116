"""The inbox's Web API: what a bot may post, look up, upload and mark."""

from pathlib import Path
from typing import Any

import pytest
import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.integration.inbox_doors import CHANNEL, METADATA, SECTION, a_client, plain
from tests.local.inbox.server import Inbox


@pytest.fixture
def client(inbox: Inbox) -> WebClient:
    return a_client(inbox)


def test_a_bot_can_ask_who_it_is(client: WebClient) -> None:
    assert client.auth_test()["user_id"] == "U0LOCALBOT"


def test_a_bot_posts_and_gets_channel_and_time_stamp(inbox: Inbox, client: WebClient) -> None:
    answer = client.chat_postMessage(
        channel=CHANNEL, text="買い越し", blocks=[SECTION], metadata=METADATA, unfurl_links=False
    )

    [message] = inbox.messages
    assert (answer["channel"], answer["ts"]) == (CHANNEL, message.content["ts"])
    assert answer["message"]["text"] == "買い越し"
    assert message.content["metadata"] == METADATA
    assert message.content["unfurl_links"] is False


def test_a_bot_may_post_to_a_channel_by_name_but_look_up_by_id_only(client: WebClient) -> None:
    channel = client.chat_postMessage(channel="#flows", text="x")["channel"]

    assert channel == client.chat_postMessage(channel="flows", text="x")["channel"]
    assert len(client.conversations_history(channel=channel)["messages"]) == 2
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.conversations_history(channel="flows")


@pytest.mark.parametrize(("token", "error"), [("xoxb-wrong", "invalid_auth"), ("", "not_authed")])
def test_a_wrong_or_missing_token_is_refused(inbox: Inbox, token: str, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        a_client(inbox, token).chat_postMessage(channel=CHANNEL, text="x")
    assert inbox.messages == []


def test_a_channel_outside_the_list_is_not_found() -> None:
    with Inbox(channels=(CHANNEL,)) as inbox:
        assert a_client(inbox).chat_postMessage(channel=CHANNEL, text="x")["ok"]
        with pytest.raises(SlackApiError, match="channel_not_found"):
            a_client(inbox).chat_postMessage(channel="C0OTHER01", text="x")


def test_a_bot_is_told_why_blocks_are_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=CHANNEL, text="x", blocks=[{"type": "header", "text": plain(151)}])

    response = refused.value.response
    assert response["error"] == "invalid_blocks"
    assert "json-pointer:/blocks/0/text" in response["response_metadata"]["messages"][0]


def test_bad_metadata_is_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_metadata"):
        client.chat_postMessage(channel=CHANNEL, text="x", metadata={"event_type": "x"})


def test_a_bot_can_be_asked_to_wait(inbox: Inbox, client: WebClient) -> None:
    inbox.fail_next(429, on="chat.postMessage", retry_after=5)

    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=CHANNEL, text="x")

    response = refused.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert response.headers["Retry-After"] == "5"


def test_a_lost_answer_to_a_bot_is_found_again_by_its_metadata(inbox: Inbox, client: WebClient) -> None:
    inbox.fail_next("lost_answer", on="chat.postMessage")

    with pytest.raises(OSError, match="without response"):
        client.chat_postMessage(channel=CHANNEL, text="x", metadata=METADATA)

    [found] = client.conversations_history(channel=CHANNEL, include_all_metadata=True)["messages"]
    assert found["metadata"] == METADATA
    assert "metadata" not in client.conversations_history(channel=CHANNEL)["messages"][0]


def test_history_is_newest_first_within_bounds_and_in_pages(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel=CHANNEL, text=str(n))["ts"] for n in range(5)]

    def texts(**bounds: Any) -> list[str]:
        pages = client.conversations_history(channel=CHANNEL, **bounds)
        return [message["text"] for page in pages for message in page["messages"]]

    assert texts() == texts(limit=2) == ["4", "3", "2", "1", "0"]
    assert texts(oldest=stamps[1]) == ["4", "3", "2"]
    assert texts(oldest=stamps[1], latest=stamps[3], inclusive=True) == ["3", "2", "1"]


def test_a_reply_is_in_its_thread_and_in_the_channel_only_when_broadcast(client: WebClient) -> None:
    parent = client.chat_postMessage(channel=CHANNEL, text="release")["ts"]
    client.chat_postMessage(channel=CHANNEL, text="quiet", thread_ts=parent)
    client.chat_postMessage(channel=CHANNEL, text="loud", thread_ts=parent, reply_broadcast=True)

    thread = client.conversations_replies(channel=CHANNEL, ts=parent)["messages"]
    channel = client.conversations_history(channel=CHANNEL)["messages"]

    assert [message["text"] for message in thread] == ["release", "quiet", "loud"]
    assert [message["text"] for message in channel] == ["loud", "release"]
    assert channel[0]["subtype"] == "thread_broadcast"
    with pytest.raises(SlackApiError, match="thread_not_found"):
        client.conversations_replies(channel=CHANNEL, ts="1.000000")


def test_an_update_changes_the_words_and_keeps_the_rest(inbox: Inbox, client: WebClient) -> None:
    stamp = client.chat_postMessage(channel=CHANNEL, text="before", blocks=[SECTION], metadata=METADATA)["ts"]

    answer = client.chat_update(channel=CHANNEL, ts=stamp, text="訂正あり")

    [message] = inbox.messages
    assert (answer["ts"], answer["text"]) == (stamp, "訂正あり")
    assert (message.content["blocks"], message.content["metadata"]) == ([SECTION], METADATA)
    assert message.content["edits"][0]["text"] == "before"
    with pytest.raises(SlackApiError, match="message_not_found"):
        client.chat_update(channel=CHANNEL, ts="1.000000", text="x")


def test_a_reaction_is_added_once(inbox: Inbox, client: WebClient) -> None:
    stamp = client.chat_postMessage(channel=CHANNEL, text="x")["ts"]

    client.reactions_add(channel=CHANNEL, timestamp=stamp, name="warning")

    assert inbox.messages[0].content["reactions"] == ["warning"]
    assert client.conversations_history(channel=CHANNEL)["messages"][0]["reactions"][0]["name"] == "warning"
    with pytest.raises(SlackApiError, match="already_reacted"):
        client.reactions_add(channel=CHANNEL, timestamp=stamp, name="warning")


def test_a_picture_is_uploaded_shown_in_its_thread_and_kept(tmp_path: Path, session: requests.Session) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(1000)
    with Inbox(tmp_path) as inbox:
        client = a_client(inbox)
        parent = client.chat_postMessage(channel=CHANNEL, text="release")["ts"]
        client.files_upload_v2(
            channel=CHANNEL, filename="flows.png", content=picture, title="52 weeks", alt_txt="chart", thread_ts=parent
        )
        [file] = inbox.messages[1].content["files"]
        shown = session.get(file["url_private"], timeout=10)

    assert (file["name"], file["title"], file["alt_txt"]) == ("flows.png", "52 weeks", "chart")
    assert inbox.messages[1].content["thread_ts"] == parent
    assert (shown.content, shown.headers["Content-Type"]) == (picture, "image/png")
    assert (tmp_path / "files" / file["stored_as"]).read_bytes() == picture


def test_an_upload_that_did_not_arrive_cannot_be_finished(inbox: Inbox, client: WebClient) -> None:
    file_id = client.files_getUploadURLExternal(filename="x.png", length=3)["file_id"]

    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=CHANNEL)
    assert inbox.messages == []


def test_an_upload_can_fail(inbox: Inbox, client: WebClient) -> None:
    inbox.fail_next(500, on="upload")

    with pytest.raises(OSError, match="500"):
        client.files_upload_v2(channel=CHANNEL, filename="x.png", content=b"x")
    assert inbox.messages == []


def test_an_unknown_method_is_named_as_such(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="unknown_method"):
        client.pins_list(channel=CHANNEL)
