"""An incoming webhook against the inbox: delivered, delayed or refused, and the address in no error."""

import traceback

import pytest
import requests
from investor_flows.errors import ConfigError, DeliveryDelayed, DeliveryError, DeliveryRefused
from investor_flows.sessions import session as new_session
from investor_flows.slack.webhook import Webhook

from tests.integration.slack_document import BAD_BLOCK, a_document
from tests.local.inbox.server import Inbox
from tests.local.web.loopback import Loopback
from tests.local.web.visit import Reply, Visit

SECRET = "canary-T0-B0-9f2c"
REFUSALS = [
    "invalid_payload",
    "no_service",
    "no_service_id",
    "no_team",
    "team_disabled",
    "invalid_token",
    "channel_is_archived",
    "channel_not_found",
    "user_not_found",
    "action_prohibited",
    "posting_to_general_channel_denied",
    "too_many_attachments",
    "no_text",
]


@pytest.fixture
def webhook(inbox: Inbox, session: requests.Session) -> Webhook:
    return Webhook("desk", f"{inbox.url}/slack/webhook/{SECRET}", session)


def failure(webhook: Webhook) -> DeliveryError:
    """The error that a post ends with; the address must be in no part of it."""
    with pytest.raises(DeliveryError) as raised:
        webhook.post(a_document())
    assert SECRET not in "".join(traceback.format_exception(raised.value))
    return raised.value


class Odd(Loopback):
    """A server that takes the message, with a header that is none."""

    def answer(self, _: Visit) -> Reply:
        """Take it."""
        return Reply(200, b"ok", {"Content-Length": "2", "X-Odd": "1\r\nno header"})


def test_a_header_that_is_none_leaves_no_address_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with Odd() as odd:
        Webhook("desk", f"{odd.url}/services/{SECRET}", new_session()).post(a_document())

    assert (len(odd.visits), caplog.text) == (1, "")


def test_a_message_is_posted_with_its_text_and_blocks(inbox: Inbox, webhook: Webhook) -> None:
    webhook.post(a_document())

    [message] = inbox.messages
    assert {name: message.content[name] for name in ("text", "blocks")} == a_document()["slack"]


def test_blocks_that_slack_does_not_take_leave_the_text(inbox: Inbox, webhook: Webhook) -> None:
    webhook.post(a_document(BAD_BLOCK))

    [message] = inbox.messages
    assert message.content["text"] == a_document()["slack"]["text"]
    assert "blocks" not in message.content


@pytest.mark.parametrize("refusal", ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"])
def test_a_text_that_is_refused_like_its_blocks_is_refused(inbox: Inbox, webhook: Webhook, refusal: str) -> None:
    inbox.fail_next(refusal, times=None)

    error = failure(webhook)

    assert isinstance(error, DeliveryRefused)
    assert len(inbox.visits) == 2


@pytest.mark.parametrize(
    ("told", "seconds"), [(7, 7), (None, None), ("Thu, 19 Nov 2026 09:00:00 GMT", None), ("-1", None)]
)
def test_a_429_is_delayed_by_as_long_as_told(inbox: Inbox, webhook: Webhook, told: object, seconds: int | None) -> None:
    inbox.fail_next("429", retry_after=told)

    error = failure(webhook)

    assert isinstance(error, DeliveryDelayed)
    assert error.retry_after == seconds
    assert "429" in str(error)


@pytest.mark.parametrize("fault", ["500", "502", "503", "504", "lost_answer", "rollup_error"])
def test_a_server_in_trouble_is_worth_another_try_later(inbox: Inbox, webhook: Webhook, fault: str) -> None:
    inbox.fail_next(fault)

    error = failure(webhook)

    assert isinstance(error, DeliveryDelayed)
    assert error.retry_after is None


def test_an_answer_that_does_not_come_in_time_is_worth_another_try(
    inbox: Inbox, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("investor_flows.slack.webhook.TIMEOUT", (0.2, 0.2))
    inbox.fail_next("slow", seconds=30)

    assert isinstance(failure(webhook), DeliveryDelayed)


def test_a_server_that_is_not_there_is_worth_another_try(session: requests.Session) -> None:
    with Inbox() as gone:
        url = f"{gone.url}/slack/webhook/{SECRET}"

    assert isinstance(failure(Webhook("desk", url, session)), DeliveryDelayed)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_is_for_good_and_says_why_and_what_to_look_at(inbox: Inbox, webhook: Webhook, refusal: str) -> None:
    inbox.fail_next(refusal)

    error = failure(webhook)

    assert isinstance(error, DeliveryRefused)
    assert refusal in str(error)
    assert 'the webhook of "desk" (SlackChannelsParameter)' in str(error)


@pytest.mark.parametrize("status", ["301", "302", "307", "400", "401", "404", "410"])
def test_any_other_answer_is_a_refusal(inbox: Inbox, webhook: Webhook, status: str) -> None:
    inbox.fail_next(status)

    assert isinstance(failure(webhook), DeliveryRefused)


@pytest.mark.parametrize("address", ["not an address", "ftp://127.0.0.1/x", "https:///", "http://[::1"])
def test_an_address_that_is_none_is_not_tried_again(session: requests.Session, address: str) -> None:
    with pytest.raises((DeliveryRefused, ConfigError)) as raised:
        Webhook("desk", address + SECRET, session).post(a_document())

    assert SECRET not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("fault", ["lost_answer", "429", "503", "no_service"])
def test_a_post_that_failed_is_not_repeated_at_once(inbox: Inbox, webhook: Webhook, fault: str) -> None:
    inbox.fail_next(fault, times=None)

    failure(webhook)

    assert len(inbox.visits) == 1


class Portal(Loopback):
    """A server that answers everything with a page."""

    def answer(self, visit: Visit) -> Reply:  # noqa: ARG002 - any visit gets it
        """Answer well, but not as Slack does."""
        return Reply(200, b"<!DOCTYPE html><p>Welcome", {"Content-Type": "text/html; charset=utf-8"})


def test_a_web_page_is_not_taken_for_a_delivery(session: requests.Session) -> None:
    with Portal() as portal:
        error = failure(Webhook("desk", f"{portal.url}/{SECRET}", session))

    assert isinstance(error, DeliveryDelayed)
