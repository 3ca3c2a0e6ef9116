"""The inbox's webhook over HTTP: messages are taken, refused, and answered too late, as Slack does it."""

from pathlib import Path

import pytest
import requests

from tests.integration.inbox_doors import SECTION, post
from tests.local.inbox.server import Inbox


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
