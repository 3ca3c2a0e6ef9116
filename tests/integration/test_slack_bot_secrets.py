"""Secrets stay with Slack, and a webhook's function imports nothing of a bot."""

import logging
import subprocess
import sys
from datetime import UTC, datetime

import pytest
import requests
from investor_flows.errors import DeliveryDelayed, DeliveryError, DeliveryRefused
from investor_flows.slack.bot import bot
from investor_flows.slack.deliver import deliver
from investor_flows.slack.webhook import Webhook

from tests.integration.bot_channel import (
    CHANNEL,
    CORRECTION,
    ORIGINAL,
    a_bot,
    a_document,
    a_picture,
)
from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN
from tests.local.web.loopback import Loopback
from tests.local.web.visit import Reply, Visit, json_reply, text_reply
from tests.unit.fake_slack import FakeDeliveries

CANARY = "xoxb-canary-5up3r53cr37"
CALLS = ("chat.postMessage", "files.getUploadURLExternal", "upload", "files.completeUploadExternal")
MARKING = ("conversations.history", "chat.update")


class Stranger(Loopback):
    """Answers as it is told."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply

    def answer(self, _: Visit) -> Reply:
        """Answer."""
        return self.reply


@pytest.mark.parametrize(
    "reply",
    [
        text_reply("<html>maintenance</html>"),
        json_reply({"ok": True}, 502),
        Reply(200, b"\xff\xfe", {"Content-Type": "application/json; charset=utf-8"}),
        Reply(200, b'{"ok": true', missing=40),
    ],
)
def test_an_answer_that_is_not_slack_s_is_waited_for(reply: Reply) -> None:
    with Stranger(reply) as stranger, pytest.raises(DeliveryDelayed) as delayed:
        bot("desk", TOKEN, f"{stranger.url}/api/", CHANNEL, a_picture).post(a_document(ORIGINAL))

    assert "maintenance" not in str(delayed.value)


def test_the_token_does_not_follow_a_redirect() -> None:
    with Stranger(json_reply({"ok": False, "error": "not_authed"})) as stranger:
        away = Reply(302, b"", {"Location": f"{stranger.url}/api/chat.postMessage"})
        with Stranger(away) as host, pytest.raises(DeliveryRefused):
            bot("desk", CANARY, f"{host.url}/api/", CHANNEL, a_picture).post(a_document(ORIGINAL))

        assert f"Bearer {CANARY}" in host.visits[0].headers.values()
        assert CANARY not in str(stranger.visits[0].headers.items())


def test_a_webhook_is_not_followed_elsewhere() -> None:
    with Stranger(text_reply("ok")) as stranger, requests.Session() as session:
        away = Reply(307, b"", {"Location": f"{stranger.url}/elsewhere"})
        with Stranger(away) as host, pytest.raises(DeliveryRefused, match="307"):
            Webhook("desk", f"{host.url}/slack/webhook/x", session).post(a_document(ORIGINAL))

        assert stranger.visits == []


@pytest.mark.parametrize("fault", [None, "invalid_auth", "429", "500", "lost_answer"])
def test_the_token_and_the_addresses_are_in_no_log_and_no_error(
    fault: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    log, errors = FakeDeliveries(), list[DeliveryError]()
    with Inbox(token=CANARY) as inbox:
        for call in (*CALLS, *MARKING):
            if fault:
                inbox.fail_next(fault, on=call)
            for document in (a_document(ORIGINAL), a_document(CORRECTION, ORIGINAL)):
                try:
                    deliver(document, a_bot(inbox, CANARY), log, datetime.now(UTC))
                except DeliveryError as error:
                    errors.append(error)

    said = caplog.text + str(errors) + str(log.reasons) + str(log.delivered)
    assert "canary" not in said
    assert "http" not in said
    assert not any(error.__cause__ or not error.__suppress_context__ for error in errors)
    assert [record for record in caplog.records if record.name.startswith("slack")] == []


def test_a_token_that_no_header_can_hold_is_not_shown() -> None:
    with pytest.raises(DeliveryError) as caught:
        bot("desk", f"{CANARY}\nx", "http://127.0.0.1:9/api/", CHANNEL, a_picture).post(a_document(ORIGINAL))

    assert "canary" not in str(caught.value)


IMPORTED = """
import sys
import {module}
print([name for name in ("slack_sdk", "resvg_py", "investor_flows.chart") if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("investor_flows.slack.webhook, investor_flows.drawing, investor_flows.slack.deliver", "[]"),
        ("investor_flows.slack.bot", "['slack_sdk']"),
    ],
)
def test_a_webhook_imports_no_slack_sdk_and_only_a_drawing_imports_the_chart(module: str, imported: str) -> None:
    command = [sys.executable, "-c", IMPORTED.format(module=module)]

    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert printed.strip() == imported
