"""Hostile text on the inbox's page stays text, and nothing is loaded or run but the page's own."""

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from tests.integration.html_tree import Element, parsed
from tests.integration.inbox_reader import (
    CHANNEL,
    PNG,
    RECEIPT,
    a_client,
    cells,
    email,
    get,
    page,
    plain,
    post,
    steer,
)
from tests.local.inbox.server import Inbox

EVIL = """<script>alert(1)</script><img src=x onerror=alert(1)>"'</pre></style>{{ 7 * 7 }}"""


@pytest.fixture
def client(inbox: Inbox) -> WebClient:
    return a_client(inbox)


def everything_hostile(inbox: Inbox, client: WebClient) -> None:
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain(EVIL)},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": f"*{EVIL}* <https://x/{EVIL}|{EVIL}>"},
            "fields": [plain(EVIL)],
        },
        {
            "type": "table",
            "rows": [cells(EVIL, EVIL), [{"type": "rich_text", "elements": [{"text": EVIL}]}, *cells("1")]],
        },
        {"type": "context", "elements": [plain(EVIL), {"type": "image", "image_url": EVIL, "alt_text": EVIL}]},
        {"type": "image", "image_url": "https://outside.invalid/x.png", "alt_text": EVIL},
        {"type": "markdown", "text": EVIL},
        {"type": "actions", "elements": [{"text": plain(EVIL)}]},
        {"type": "divider"},
    ]
    stamp = client.chat_postMessage(channel=CHANNEL, text=EVIL, blocks=blocks, username=EVIL)["ts"]
    client.files_upload_v2(
        channel=CHANNEL, thread_ts=stamp, filename=EVIL.replace("/", ""), title=EVIL, content=PNG, alt_txt=EVIL
    )
    client.reactions_add(channel=CHANNEL, timestamp=stamp, name=EVIL)
    client.chat_postMessage(channel=CHANNEL, text=EVIL, thread_ts=stamp, reply_broadcast=True)
    post(inbox, text=EVIL, attachments=[{"text": EVIL}])
    email(inbox, EVIL, f"{EVIL} {RECEIPT}", **{EVIL: EVIL, "language": EVIL})
    steer(inbox, "document", receipt=RECEIPT, note=EVIL)


def test_hostile_text_stays_text_wherever_it_is(inbox: Inbox, client: WebClient) -> None:
    everything_hostile(inbox, client)

    shown = page(inbox)

    assert [script.attributes for script in shown.all("script")] == [{}]
    assert all(image.attributes["src"].startswith("/files/") for image in shown.all("img"))
    assert not [name for element in shown for name in element.attributes if name.startswith("on")]
    assert "{{ 7 * 7 }}" in shown.one("main").text
    assert "49" not in shown.one("main").text.replace("2026", "")
    expected = ["h2", "h4", "p", "li", "th", "td", "strong", "dt", "dd", "pre", "div", "figcaption", "summary"]
    assert {element.tag for element in shown if "alert(1)" in own_text(element)} >= set(expected) - {"td"}


def own_text(element: Element) -> str:
    return "".join(part for part in element.content if isinstance(part, str))


def test_nothing_on_a_page_is_loaded_from_elsewhere(inbox: Inbox, client: WebClient) -> None:
    everything_hostile(inbox, client)

    shown = page(inbox)

    loaded = [
        element.attributes[name]
        for element in shown
        for name in ("src", "srcset", "poster")
        if name in element.attributes
    ]
    assert loaded
    assert all(address.startswith("/files/") for address in loaded)
    assert [link.attributes["href"] for link in shown.all("link")] == ["data:,"]
    assert not shown.all("iframe", "object", "embed", "form", "base")
    assert not [element for element in shown if "style" in element.attributes]


def test_the_policy_lets_the_pages_own_style_and_script_run_and_nothing_else(inbox: Inbox) -> None:
    answer = get(inbox)
    shown = parsed(answer.content.decode())
    policy = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))

    assert policy["default-src"] == "'none'"
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(shown.one(tag).text.encode()).digest()).decode()
        assert policy[f"{tag}-src"] == f"'sha256-{digest}'"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_no_picture_is_a_link_and_runs_nowhere(inbox: Inbox, client: WebClient) -> None:
    client.files_upload_v2(channel=CHANNEL, filename="x.html", title="x", content=b"<script>alert(1)</script>")

    figure = page(inbox).one("figure")
    answer = get(inbox, figure.one("a").attributes["href"])

    assert not figure.all("img")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("receipt", ["../escape", "rel-2026-11-19-7f3a/../../x", "", None, 7, ["x"]])
def test_a_document_without_a_receipt_is_refused(tmp_path: Path, receipt: Any) -> None:
    with Inbox(tmp_path / "inbox") as inbox:
        assert steer(inbox, "document", receipt=receipt) == 404

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_open_page_that_looks_again_and_again_fills_no_memory(inbox: Inbox) -> None:
    get(inbox)
    get(inbox, "/messages?after=0")
    post(inbox, text="sent")

    assert [visit.method for visit in inbox.visits] == ["POST"]
