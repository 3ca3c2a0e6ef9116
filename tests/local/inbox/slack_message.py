"""What Slack checks before it takes a message, from a webhook and from a bot alike."""

from collections.abc import Mapping
from typing import Any

from tests.local.inbox.slack_rules import refusal

MAX_TEXT = 40_000
PARTS = ("text", "blocks", "attachments", "metadata", "thread_ts", "unfurl_links", "unfurl_media", "username", "mrkdwn")


class SlackError(Exception):
    """Slack's name for what is wrong, and the reasons it gives to bots."""

    def __init__(self, error: str, reasons: list[str] | None = None) -> None:
        super().__init__(error)
        self.error, self.reasons = error, reasons or []


def checked(told: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the parts of a message that a reader or a later look-up needs, or refuse it as Slack would."""
    blocks = told.get("blocks") or []
    if not told.get("text") and not blocks and not told.get("attachments"):
        raise SlackError("no_text")
    if len(str(told.get("text") or "")) > MAX_TEXT:
        raise SlackError("msg_too_long")
    if refused := refusal(blocks):
        raise SlackError(*refused)
    if "metadata" in told:
        _check_metadata(told["metadata"])
    return {name: told[name] for name in PARTS if told.get(name) is not None}


def _check_metadata(metadata: Any) -> None:
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise SlackError("invalid_metadata_schema")
