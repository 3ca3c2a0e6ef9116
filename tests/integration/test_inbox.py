"""The inbox over HTTP: its doors side by side, e-mail through SNS, and what it keeps."""

import json
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.integration.inbox_doors import CHANNEL, METADATA, a_client, notify, post
from tests.local.inbox.server import Inbox
from tests.local.web.loopback import Loopback
from tests.local.web.visit import Reply, Visit


@pytest.fixture
def client(inbox: Inbox) -> WebClient:
    return a_client(inbox)


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
