"""A bot against the inbox: delivered, delayed or refused, posted once a call, and the token in no error."""

import traceback
from collections.abc import Iterator

import pytest
from investor_flows.errors import DeliveryDelayed, DeliveryError, DeliveryRefused
from investor_flows.slack.bot import Bot, bot

from tests.integration.slack_document import BAD_BLOCK, RECEIPT, a_document
from tests.local.inbox.server import Inbox
from tests.local.web.loopback import Loopback
from tests.local.web.visit import Reply, Visit

TOKEN = "xoxb-canary-4471"
CHANNEL = "C0123456789"
REFUSALS = [
    "invalid_auth",
    "not_authed",
    "token_revoked",
    "account_inactive",
    "missing_scope",
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "msg_too_long",
    "no_text",
    "restricted_action",
    "invalid_arguments",
]


def a_bot(url: str, token: str = TOKEN, channel: str = CHANNEL) -> Bot:
    """A bot that draws nothing."""
    return bot("desk", token, url, channel, lambda _: None)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox(token=TOKEN, channels=(CHANNEL,)) as running:
        yield running


@pytest.fixture
def speaker(inbox: Inbox) -> Bot:
    return a_bot(f"{inbox.url}/api/")


def failure(speaker: Bot) -> DeliveryError:
    """The error that a post ends with; the token must be in no part of it."""
    with pytest.raises(DeliveryError) as raised:
        speaker.post(a_document())
    assert TOKEN not in "".join(traceback.format_exception(raised.value))
    return raised.value


def test_a_message_is_posted_to_the_channel_and_its_timestamp_returned(inbox: Inbox, speaker: Bot) -> None:
    place = speaker.post(a_document())

    [message] = inbox.messages
    assert (message.content["channel"], message.content["ts"]) == (CHANNEL, place.reference)
    assert {name: message.content[name] for name in ("text", "blocks")} == a_document()["slack"]


def test_a_message_carries_its_receipt_where_it_can_be_looked_up(inbox: Inbox, speaker: Bot) -> None:
    speaker.post(a_document())

    [message] = inbox.messages
    assert message.content["metadata"]["event_payload"] == {"receipt": RECEIPT}


def test_blocks_that_slack_does_not_take_leave_the_text(inbox: Inbox, speaker: Bot) -> None:
    speaker.post(a_document(BAD_BLOCK))

    [message] = inbox.messages
    assert message.content["text"] == a_document()["slack"]["text"]
    assert not message.content.get("blocks")


def test_a_text_that_is_refused_like_its_blocks_is_refused(inbox: Inbox, speaker: Bot) -> None:
    inbox.fail_next("invalid_blocks", times=None)

    assert isinstance(failure(speaker), DeliveryRefused)
    assert len(inbox.visits) == 2


@pytest.mark.parametrize(("told", "seconds"), [(7, 7), (None, None), ("soon", None)])
def test_a_429_is_delayed_by_as_long_as_told(inbox: Inbox, speaker: Bot, told: object, seconds: int | None) -> None:
    inbox.fail_next("429", retry_after=told)

    error = failure(speaker)

    assert isinstance(error, DeliveryDelayed)
    assert error.retry_after == seconds


@pytest.mark.parametrize(
    "fault", ["500", "502", "503", "lost_answer", "ratelimited", "internal_error", "fatal_error", "service_unavailable"]
)
def test_a_server_in_trouble_is_worth_another_try_later(inbox: Inbox, speaker: Bot, fault: str) -> None:
    inbox.fail_next(fault, times=None)

    error = failure(speaker)

    assert isinstance(error, DeliveryDelayed)
    assert error.retry_after is None


def test_an_answer_that_does_not_come_in_time_is_worth_another_try(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("investor_flows.slack.bot.TIMEOUT", 1)
    inbox.fail_next("slow", times=None, seconds=30)

    assert isinstance(failure(a_bot(f"{inbox.url}/api/")), DeliveryDelayed)


def test_a_server_that_is_not_there_is_worth_another_try() -> None:
    with Inbox() as gone:
        url = f"{gone.url}/api/"

    assert isinstance(failure(a_bot(url)), DeliveryDelayed)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_is_for_good_and_says_why_and_what_to_look_at(inbox: Inbox, speaker: Bot, refusal: str) -> None:
    inbox.fail_next(refusal)

    error = failure(speaker)

    assert isinstance(error, DeliveryRefused)
    assert refusal in str(error)
    assert 'token, channel and scopes of "desk" (SlackChannelsParameter)' in str(error)


def test_a_wrong_token_and_a_wrong_channel_are_refusals(inbox: Inbox) -> None:
    wrong_token = failure(a_bot(f"{inbox.url}/api/", token=f"{TOKEN}x"))
    wrong_channel = failure(a_bot(f"{inbox.url}/api/", channel="C0000000000"))

    assert "invalid_auth" in str(wrong_token)
    assert "channel_not_found" in str(wrong_channel)
    assert inbox.messages == []


@pytest.mark.parametrize("fault", ["lost_answer", "429", "503", "internal_error", "not_in_channel"])
def test_a_post_that_failed_is_not_repeated_at_once(inbox: Inbox, speaker: Bot, fault: str) -> None:
    inbox.fail_next(fault, times=None)

    failure(speaker)

    assert len(inbox.visits) == 1


class Spoilt(Loopback):
    """A server that gives one answer to everything."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply

    def answer(self, visit: Visit) -> Reply:  # noqa: ARG002 - any visit gets it
        """Give the answer."""
        return self.reply


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"<!DOCTYPE html><p>Welcome", {"Content-Type": "text/html"}),
        Reply(200, b'{"ok": true, "ts": "1', missing=20),
        Reply(200, b""),
        Reply(503, b"<p>busy"),
    ],
    ids=["a web page", "a cut answer", "an empty answer", "a page of a server in trouble"],
)
def test_an_answer_that_is_not_slacks_is_worth_another_try(reply: Reply) -> None:
    with Spoilt(reply) as server:
        error = failure(a_bot(f"{server.url}/api/"))

    assert isinstance(error, DeliveryDelayed)
    assert "<" not in str(error)


def test_the_log_of_deliveries_names_it_as_the_list_of_channels_does(speaker: Bot) -> None:
    assert speaker.name == "desk"
