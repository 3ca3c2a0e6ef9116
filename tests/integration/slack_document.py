"""Documents as the queue of Slack brings them, small."""

from typing import Any

RECEIPT = "rel-2026-11-19-0123abcd"
BAD_BLOCK = {"type": "section", "text": {"type": "mrkdwn", "text": ""}}


def a_document(*blocks: dict[str, Any], text: str = "海外投資家は買い越し & <b>") -> dict[str, Any]:
    """A message with a text and blocks; one good block unless told."""
    good = {"type": "section", "text": {"type": "mrkdwn", "text": "*海外投資家* +2,222億円"}}
    slack = {"text": text, "blocks": list(blocks or (good,))}
    return {"receipt": RECEIPT, "published_date": "2026-11-19", "slack": slack}
