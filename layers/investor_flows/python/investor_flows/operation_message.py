"""A report to operators as Slack gets it: the topic's envelope becomes a document with an id of its own. Pure."""

from collections.abc import Mapping
from typing import Any

from investor_flows.announcements import OPERATION_RECEIPT
from investor_flows.slack.channel import OPERATION
from investor_flows.wording.blocks import SECTION, escaped


def is_operation(told: Mapping[str, Any]) -> bool:
    """Whether a queued message is the envelope of a report. The documents of readers come without one."""
    return told.get("Type") == "Notification"


def operation_document(envelope: Mapping[str, Any]) -> dict[str, Any]:
    """The same envelope gives the same receipt, so that a report that comes twice is told once."""
    day = envelope["Timestamp"][:10]
    receipt = f"{OPERATION_RECEIPT}{day}-{envelope['MessageId'][:8]}"
    text = escaped(f"{envelope['Subject']}\n{envelope['Message']}", SECTION - len(receipt) - 1)
    return {
        "kind": OPERATION,
        "receipt": receipt,
        "published_date": day,
        "about": envelope.get("MessageAttributes", {}).get("about", {}).get("Value"),
        "slack": {
            "text": f"{text}\n{receipt}",
            "blocks": [
                {"type": "section", "text": _plain(text)},
                {"type": "context", "elements": [_plain(receipt)]},
            ],
        },
    }


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}
