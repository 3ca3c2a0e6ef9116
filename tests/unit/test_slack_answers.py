"""What Slack's refusals mean, and how little of an answer is repeated."""

import pytest
from investor_flows.errors import DeliveryDelayed, DeliveryError, DeliveryRefused
from investor_flows.slack.answers import LONGEST_CODE, NO_CODE, BlocksRefused, ThreadRefused, refusal

KINDS = {
    "ratelimited": DeliveryDelayed,
    "rate_limited": DeliveryDelayed,
    "internal_error": DeliveryDelayed,
    "fatal_error": DeliveryDelayed,
    "service_unavailable": DeliveryDelayed,
    "request_timeout": DeliveryDelayed,
    "file_update_failed": DeliveryDelayed,
    "team_added_to_org": DeliveryDelayed,
    "external_channel_migrating": DeliveryDelayed,
    "invalid_blocks": BlocksRefused,
    "invalid_blocks_format": BlocksRefused,
    "msg_blocks_too_long": BlocksRefused,
    "thread_not_found": ThreadRefused,
    "message_not_found": ThreadRefused,
    "cannot_reply_to_message": ThreadRefused,
    "invalid_thread_ts": ThreadRefused,
    "missing_scope": DeliveryRefused,
    "channel_not_found": DeliveryRefused,
    "something_new": DeliveryRefused,
}


def refused(status: int = 200, error: str = "invalid_auth", retry_after: str | None = None) -> DeliveryError:
    return refusal("chat.postMessage", status, error, retry_after, "the token")


@pytest.mark.parametrize(("code", "kind"), KINDS.items())
def test_a_code_says_whether_waiting_helps_and_if_not_whether_less_would_be_taken(
    code: str, kind: type[DeliveryError]
) -> None:
    assert type(refused(error=code)) is kind


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 599])
def test_a_status_that_passes_is_waited_for_whatever_is_said(status: int) -> None:
    assert isinstance(refused(status), DeliveryDelayed)


@pytest.mark.parametrize("status", [301, 400, 403, 404, 410, 413])
def test_any_other_status_is_refused_even_without_a_code(status: int) -> None:
    assert type(refused(status, "<html>")) is DeliveryRefused


def test_a_200_that_is_not_slack_s_is_waited_for() -> None:
    assert isinstance(refused(200, "Received a response in a non-JSON format"), DeliveryDelayed)


@pytest.mark.parametrize(
    ("retry_after", "seconds"), [("7", 7), ("0", 0), (None, None), ("", None), ("soon", None), ("-1", None)]
)
def test_slack_says_how_long_to_wait(retry_after: str | None, seconds: int | None) -> None:
    error = refused(429, "ratelimited", retry_after)

    assert isinstance(error, DeliveryDelayed)
    assert error.retry_after == seconds


def test_the_call_the_status_the_code_and_what_to_check_are_said() -> None:
    assert str(refused()) == "Slack chat.postMessage: 200 invalid_auth; check the token"


@pytest.mark.parametrize(
    "said", ["https://hooks.slack.com/services/T0/B0/canary", "canary canary", "<b>canary</b>", "", "c" * 61, "ca-nary"]
)
def test_of_anything_but_a_code_nothing_is_said(said: str) -> None:
    assert str(refused(403, said)) == f"Slack chat.postMessage: 403 {NO_CODE}; check the token"
    assert len(said) != LONGEST_CODE
