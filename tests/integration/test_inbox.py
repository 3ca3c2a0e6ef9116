"""The inbox over HTTP: what Slack and SNS would send is taken, refused and shown as they would do it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN
from tests.local.web.loopback import Loopback
from tests.local.web.visit import Reply, Visit

CHANNEL = "C0LOCAL01"
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "買い越し"}}
METADATA = {"event_type": "investor_flows", "event_payload": {"receipt": "rel-1"}}


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox() as running:
        yield running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


@pytest.fixture
def client(inbox: Inbox) -> WebClient:
    return a_client(inbox)


def a_client(inbox: Inbox, token: str = TOKEN) -> WebClient:
    return WebClient(token, base_url=f"{inbox.url}/api/", retry_handlers=[], timeout=10)


def post(session: requests.Session, inbox: Inbox, payload: Any) -> requests.Response:
    return session.post(f"{inbox.url}/slack/webhook/T0/B0/secret", json=payload, timeout=10)


def test_a_webhook_takes_a_message_and_answers_ok(inbox: Inbox, session: requests.Session) -> None:
    response = post(session, inbox, {"text": "海外投資家 買い越し", "blocks": [SECTION]})

    [message] = inbox.messages
    assert (response.status_code, response.text) == (200, "ok")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert (message.form, message.content["text"]) == ("slack", "海外投資家 買い越し")
    assert message.content["blocks"] == [SECTION]


def test_the_secret_in_a_webhooks_address_is_not_kept_with_the_message(
    tmp_path: Path, session: requests.Session
) -> None:
    with Inbox(tmp_path) as inbox:
        post(session, inbox, {"text": "x"})

    assert "secret" not in str(inbox.messages)
    assert not any(b"secret" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"{", "invalid_payload"),
        (b"[]", "invalid_payload"),
        (b"{}", "no_text"),
        (b'{"text": ""}', "no_text"),
        (b'{"text": "x", "blocks": [{"type": "sections"}]}', "invalid_blocks"),
        (b'{"text": "x", "blocks": {"type": "divider"}}', "invalid_blocks_format"),
    ],
)
def test_a_webhook_refuses_as_slack_does(inbox: Inbox, session: requests.Session, body: bytes, error: str) -> None:
    response = session.post(f"{inbox.url}/slack/webhook/x", data=body, timeout=10)

    assert (response.status_code, response.text) == (400, error)
    assert inbox.messages == []


def plain(length: int, kind: str = "plain_text") -> dict[str, str]:
    return {"type": kind, "text": "字" * length}


def a_table(rows: int, columns: int, text: str = "1") -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * columns] * rows}


AT_THE_LIMIT: dict[str, list[dict[str, Any]]] = {
    "blocks": [{"type": "divider"}] * 50,
    "header": [{"type": "header", "text": plain(150)}],
    "section": [{"type": "section", "text": plain(3000)}],
    "fields": [{"type": "section", "fields": [plain(1)] * 9 + [plain(2000)]}],
    "context": [{"type": "context", "elements": [plain(1, "mrkdwn")] * 10}],
    "table": [a_table(100, 20)],
    "image": [{"type": "image", "image_url": "https://example.invalid/x.png", "alt_text": "chart"}],
    "markdown": [{"type": "markdown", "text": "字" * 12_000}],
    "texts": [{"type": "section", "text": plain(3000)}] * 4 + [{"type": "section", "text": plain(1200)}],
}
BEYOND: dict[str, list[dict[str, Any]]] = {
    "blocks": [{"type": "divider"}] * 51,
    "header": [{"type": "header", "text": plain(151)}],
    "header as mrkdwn": [{"type": "header", "text": plain(1, "mrkdwn")}],
    "section": [{"type": "section", "text": plain(3001)}],
    "empty section": [{"type": "section", "text": plain(0)}],
    "section without text": [{"type": "section"}],
    "field": [{"type": "section", "fields": [plain(2001)]}],
    "fields": [{"type": "section", "fields": [plain(1)] * 11}],
    "context": [{"type": "context", "elements": [plain(1)] * 11}],
    "context without elements": [{"type": "context"}],
    "rows": [a_table(101, 1)],
    "columns": [a_table(1, 21)],
    "empty cell": [a_table(1, 1, "")],
    "cell of another kind": [{"type": "table", "rows": [[plain(1)]]}],
    "two tables": [a_table(1, 1), a_table(1, 1)],
    "image without text": [{"type": "image", "image_url": "https://example.invalid/x.png"}],
    "same block_id twice": [{"type": "divider", "block_id": "a"}] * 2,
}


@pytest.mark.parametrize("blocks", AT_THE_LIMIT.values(), ids=AT_THE_LIMIT.keys())
def test_blocks_at_their_limit_are_taken(inbox: Inbox, session: requests.Session, blocks: list[Any]) -> None:
    assert post(session, inbox, {"text": "x", "blocks": blocks}).text == "ok"


@pytest.mark.parametrize("blocks", BEYOND.values(), ids=BEYOND.keys())
def test_blocks_beyond_a_limit_are_refused(inbox: Inbox, session: requests.Session, blocks: list[Any]) -> None:
    assert post(session, inbox, {"text": "x", "blocks": blocks}).text == "invalid_blocks"


def test_all_texts_together_have_a_limit_too(inbox: Inbox, session: requests.Session) -> None:
    blocks = [{"type": "section", "text": plain(3000)}] * 5

    assert post(session, inbox, {"text": "x", "blocks": blocks}).text == "msg_blocks_too_long"


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("invalid_payload", 400),
        ("invalid_token", 403),
        ("no_service", 404),
        ("channel_is_archived", 410),
        ("500", 500),
        ("503", 503),
    ],
)
def test_a_webhook_can_be_made_to_refuse(inbox: Inbox, session: requests.Session, fault: str, status: int) -> None:
    inbox.fail_next(fault, on="webhook")

    response = post(session, inbox, {"text": "x"})

    assert response.status_code == status
    assert inbox.messages == []
    assert post(session, inbox, {"text": "x"}).text == "ok"


def test_a_webhook_can_ask_to_wait(inbox: Inbox, session: requests.Session) -> None:
    inbox.fail_next(429, retry_after=3)
    inbox.fail_next(429, after=1)
    inbox.fail_next(429, after=2, retry_after=None)

    answers = [post(session, inbox, {"text": "x"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [429, 429, 429]
    assert [answer.headers.get("Retry-After") for answer in answers] == ["3", "1", None]


def test_an_answer_can_be_lost_after_the_message_was_taken(inbox: Inbox, session: requests.Session) -> None:
    inbox.fail_next("lost_answer")

    with pytest.raises(requests.ConnectionError):
        post(session, inbox, {"text": "taken"})

    assert [message.content["text"] for message in inbox.messages] == ["taken"]


def test_a_connection_can_be_lost_before_the_message_was_taken(inbox: Inbox, session: requests.Session) -> None:
    inbox.fail_next("lost_answer", acts=False)

    with pytest.raises(requests.ConnectionError):
        post(session, inbox, {"text": "lost"})

    assert inbox.messages == []


def test_a_slow_answer_outlasts_a_short_timeout(inbox: Inbox, session: requests.Session) -> None:
    inbox.fail_next("slow")

    with pytest.raises(requests.Timeout):
        session.post(f"{inbox.url}/slack/webhook/x", json={"text": "taken"}, timeout=0.2)

    assert len(inbox.messages) == 1


def test_a_fault_on_one_door_leaves_the_others_open(inbox: Inbox, session: requests.Session, client: WebClient) -> None:
    inbox.fail_next(500, on="email", times=None)
    inbox.fail_next("invalid_auth", on="chat.postMessage", times=None)

    assert post(session, inbox, {"text": "x"}).text == "ok"
    assert client.auth_test()["ok"]
    assert notify(session, inbox).status_code == 500
    with pytest.raises(SlackApiError, match="invalid_auth"):
        client.chat_postMessage(channel=CHANNEL, text="x")
    inbox.heal()
    assert notify(session, inbox).status_code == 200


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
        client.chat_postMessage(channel=CHANNEL, text="x", blocks=BEYOND["header"])

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


def notify(session: requests.Session, inbox: Inbox, **changes: Any) -> requests.Response:
    notification = {
        "Type": "Notification",
        "MessageId": "m-1",
        "TopicArn": "arn:aws:sns:ap-northeast-1:000000000000:flows",
        "Subject": "[JPX flows] Nov 9-13",
        "Message": "海外投資家 買い越し\n受領番号 rel-2026-11-19-7f3a",
        "MessageAttributes": {"kind": {"Type": "String", "Value": "release"}},
        **changes,
    }
    headers = {"x-amz-sns-message-type": "Notification", "Content-Type": "text/plain; charset=UTF-8"}
    return session.post(f"{inbox.url}/email", data=json.dumps(notification), headers=headers, timeout=10)


def test_a_notification_is_taken_with_subject_attributes_and_receipt(inbox: Inbox, session: requests.Session) -> None:
    assert notify(session, inbox).status_code == 200

    [message] = inbox.messages
    assert message.form == "email"
    assert message.content["subject"] == "[JPX flows] Nov 9-13"
    assert message.content["attributes"] == {"kind": "release"}
    assert message.content["receipt"] == "rel-2026-11-19-7f3a"
    assert message.content["problems"] == []


@pytest.mark.parametrize("subject", ["投資部門別", "x" * 100, "two\nlines", ""])
def test_a_subject_that_sns_would_refuse_is_marked(inbox: Inbox, session: requests.Session, subject: str) -> None:
    notify(session, inbox, Subject=subject)

    assert "subject" in inbox.messages[0].content["problems"][0]


def test_a_message_longer_than_sns_takes_is_marked(inbox: Inbox, session: requests.Session) -> None:
    notify(session, inbox, Message="字" * 90_000)

    assert "256 KB" in inbox.messages[0].content["problems"][0]


class Topic(Loopback):
    """Answers when a subscription is confirmed."""

    def __init__(self) -> None:
        super().__init__()
        self.confirmed = Event()

    def answer(self, visit: Visit) -> Reply:
        """Say yes, and remember it."""
        self.confirmed.set()
        return Reply(200, visit.method.encode())


def ask(session: requests.Session, inbox: Inbox, subscribe_url: str) -> None:
    question = {"TopicArn": "arn:x", "Token": "token-1", "SubscribeURL": subscribe_url}
    headers = {"x-amz-sns-message-type": "SubscriptionConfirmation"}
    session.post(f"{inbox.url}/email", data=json.dumps(question), headers=headers, timeout=10)


def test_a_subscription_is_confirmed_on_this_machine(inbox: Inbox, session: requests.Session) -> None:
    with Topic() as topic:
        ask(session, inbox, f"{topic.url}/?Action=ConfirmSubscription&Token=token-1")
        assert topic.confirmed.wait(10)

    assert topic.visits[0].query == {"Action": "ConfirmSubscription", "Token": "token-1"}
    assert inbox.subscriptions[0].token == "token-1"


def test_a_subscription_elsewhere_is_kept_but_not_confirmed(inbox: Inbox, session: requests.Session) -> None:
    ask(session, inbox, "https://sns.example.invalid/?Action=ConfirmSubscription")
    post(session, inbox, {"text": "the connection is free again, so the confirmation is over"})

    assert [subscription.confirmed for subscription in inbox.subscriptions] == [False]


def test_messages_are_listed_in_order_and_after_a_number(inbox: Inbox, session: requests.Session) -> None:
    post(session, inbox, {"text": "first"})
    notify(session, inbox)
    post(session, inbox, {"text": "third"})

    listed = session.get(f"{inbox.url}/messages", timeout=10).json()
    later = session.get(f"{inbox.url}/messages", params={"after": 2}, timeout=10).json()

    assert [(message["number"], message["form"]) for message in listed] == [(1, "slack"), (2, "email"), (3, "slack")]
    assert all(message["received_at"].endswith("+09:00") for message in listed)
    assert [message["content"]["text"] for message in later] == ["third"]
    assert "first" in session.get(inbox.url, timeout=10).text


def test_a_restarted_inbox_still_has_the_old_messages(tmp_path: Path) -> None:
    with Inbox(tmp_path) as first:
        stamp = a_client(first).chat_postMessage(channel=CHANNEL, text="old", metadata=METADATA)["ts"]
        a_client(first).reactions_add(channel=CHANNEL, timestamp=stamp, name="warning")

    with Inbox(tmp_path) as second:
        later = a_client(second).chat_postMessage(channel=CHANNEL, text="new")["ts"]

    assert second.messages[0] == first.messages[0]
    assert [message.number for message in second.messages] == [1, 2]
    assert float(later) > float(stamp)


def test_another_process_can_place_and_heal_faults(inbox: Inbox, session: requests.Session) -> None:
    fault = {"fault": "429", "on": "webhook", "times": None, "retry_after": 9}
    session.post(f"{inbox.url}/_inbox/fail_next", json=fault, timeout=10)
    failed = post(session, inbox, {"text": "x"})
    session.post(f"{inbox.url}/_inbox/heal", timeout=10)

    assert failed.headers["Retry-After"] == "9"
    assert post(session, inbox, {"text": "x"}).text == "ok"


def test_the_inbox_runs_as_a_program(tmp_path: Path, session: requests.Session) -> None:
    command = [sys.executable, "-m", "tests.local.inbox.server", "--folder", str(tmp_path)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as program:
        assert program.stdout
        url = program.stdout.readline().split()[-1]
        session.post(f"{url}/slack/webhook/x", json={"text": "kept"}, timeout=10)
        program.terminate()

    assert program.returncode == 0
    assert "kept" in (tmp_path / "messages" / "000001-slack.json").read_text()
