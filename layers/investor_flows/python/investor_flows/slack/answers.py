"""What Slack's refusals mean: whether waiting can help. Of an answer nothing but its error code is ever shown."""

from http import HTTPStatus

from investor_flows.errors import DeliveryDelayed, DeliveryError, DeliveryRefused

TIMEOUT = 10
PASSING = {
    "ratelimited",
    "rate_limited",
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "file_update_failed",
    "team_added_to_org",
    "external_channel_migrating",
}
BAD_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
NO_THREAD = {"thread_not_found", "message_not_found", "cannot_reply_to_message", "invalid_thread_ts"}
NO_CODE = "(no error code)"
LONGEST_CODE = 60


class BlocksRefused(DeliveryRefused):
    """Slack takes the message, but not its blocks."""


class ThreadRefused(DeliveryRefused):
    """Slack takes the message, but not in this thread."""


def refusal(call: str, status: int, error: str, retry_after: str | None, advice: str) -> DeliveryError:
    """Tell what may pass from what will not. A 200 without a code is not Slack's, so somebody was in between."""
    code = _code(error)
    said = f"Slack {call}: {status} {code}"
    if _may_pass(status, code):
        return DeliveryDelayed(said, _seconds(retry_after))
    if code in BAD_BLOCKS:
        return BlocksRefused(said)
    if code in NO_THREAD:
        return ThreadRefused(said)
    return DeliveryRefused(f"{said}; check {advice}")


def _may_pass(status: int, code: str) -> bool:
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT) or code in PASSING:
        return True
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or (status == HTTPStatus.OK and code == NO_CODE)


def _code(text: str) -> str:
    """Slack's error code, if the text is one: anything else may hold anything."""
    word = text.strip()
    return word if word.replace("_", "").isalnum() and len(word) <= LONGEST_CODE else NO_CODE


def _seconds(retry_after: str | None) -> int | None:
    return int(retry_after) if retry_after and retry_after.isdecimal() else None
