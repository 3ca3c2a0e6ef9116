"""The limits of Slack's blocks, as the inbox keeps them."""

from typing import Any

import pytest
import requests

from tests.integration.inbox_doors import plain, post
from tests.local.inbox.server import Inbox


def a_table(rows: int, columns: int, text: str = "1") -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * columns] * rows}


AT_THE_LIMIT: dict[str, list[dict[str, Any]]] = {
    "blocks": [{"type": "divider"}] * 50,
    "header": [{"type": "header", "text": plain(150)}],
    "section": [{"type": "section", "text": plain(3000)}],
    "fields": [{"type": "section", "fields": [plain(1)] * 9 + [plain(2000)]}],
    "context": [{"type": "context", "elements": [plain(1, "mrkdwn")] * 10}],
    "table": [a_table(100, 20)],
    "image": [{"type": "image", "image_url": "https://example.invalid/x.png", "alt_text": "chart"}],
    "markdown": [{"type": "markdown", "text": "字" * 12_000}],
    "texts": [{"type": "section", "text": plain(3000)}] * 4 + [{"type": "section", "text": plain(1200)}],
}
BEYOND: dict[str, list[dict[str, Any]]] = {
    "blocks": [{"type": "divider"}] * 51,
    "header": [{"type": "header", "text": plain(151)}],
    "header as mrkdwn": [{"type": "header", "text": plain(1, "mrkdwn")}],
    "section": [{"type": "section", "text": plain(3001)}],
    "empty section": [{"type": "section", "text": plain(0)}],
    "section without text": [{"type": "section"}],
    "field": [{"type": "section", "fields": [plain(2001)]}],
    "fields": [{"type": "section", "fields": [plain(1)] * 11}],
    "context": [{"type": "context", "elements": [plain(1)] * 11}],
    "context without elements": [{"type": "context"}],
    "rows": [a_table(101, 1)],
    "columns": [a_table(1, 21)],
    "empty cell": [a_table(1, 1, "")],
    "cell of another kind": [{"type": "table", "rows": [[plain(1)]]}],
    "two tables": [a_table(1, 1), a_table(1, 1)],
    "image without text": [{"type": "image", "image_url": "https://example.invalid/x.png"}],
    "same block_id twice": [{"type": "divider", "block_id": "a"}] * 2,
}


@pytest.mark.parametrize("blocks", AT_THE_LIMIT.values(), ids=AT_THE_LIMIT.keys())
def test_blocks_at_their_limit_are_taken(inbox: Inbox, session: requests.Session, blocks: list[Any]) -> None:
    assert post(session, inbox, {"text": "x", "blocks": blocks}).text == "ok"


@pytest.mark.parametrize("blocks", BEYOND.values(), ids=BEYOND.keys())
def test_blocks_beyond_a_limit_are_refused(inbox: Inbox, session: requests.Session, blocks: list[Any]) -> None:
    assert post(session, inbox, {"text": "x", "blocks": blocks}).text == "invalid_blocks"


def test_all_texts_together_have_a_limit_too(inbox: Inbox, session: requests.Session) -> None:
    blocks = [{"type": "section", "text": plain(3000)}] * 5

    assert post(session, inbox, {"text": "x", "blocks": blocks}).text == "msg_blocks_too_long"
