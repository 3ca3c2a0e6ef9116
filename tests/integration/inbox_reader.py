"""What the tests of the inbox's page have in common: messages to send, and pages to read."""

import json
from typing import Any

import requests
from slack_sdk import WebClient

from tests.integration.html_tree import Element, parsed
from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN

CHANNEL = "C0LOCAL01"
TIMEOUT = 10
RECEIPT = "rel-2026-11-19-7f3a00ff"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (1200).to_bytes(4) + (675).to_bytes(4) + bytes(20)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def cells(*texts: str) -> list[dict[str, str]]:
    return [{"type": "raw_text", "text": text} for text in texts]


BLOCKS: list[dict[str, Any]] = [
    {"type": "header", "text": plain("海外投資家 +5,123億円 A&amp;B")},
    {"type": "section", "text": plain("4週連続買い越し\n*前週* +1,280億円")},
    {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"align": "right"}, None],
        "rows": [cells("−", "海外投資家", "個人"), cells("差引き", "+5,123億円", "▲3,310億円")],
    },
    {"type": "section", "fields": [{"type": "mrkdwn", "text": "*4週* +1兆円"}, plain("13週 −")]},
    {"type": "context", "elements": [plain(f"受領番号 {RECEIPT}"), plain("出所: JPX")]},
]
RELEASE: dict[str, Any] = {"text": f"海外投資家 4週連続買い越し\n受領番号 {RECEIPT}", "blocks": BLOCKS}


def a_client(inbox: Inbox) -> WebClient:
    return WebClient(TOKEN, base_url=f"{inbox.url}/api/", retry_handlers=[], timeout=TIMEOUT)


def get(inbox: Inbox, path: str = "/") -> requests.Response:
    return requests.get(f"{inbox.url}{path}", timeout=TIMEOUT)


def page(inbox: Inbox, path: str = "/") -> Element:
    answer = get(inbox, path)
    assert answer.status_code == 200, answer.text
    return parsed(answer.content.decode())


def post(inbox: Inbox, **payload: Any) -> None:
    requests.post(f"{inbox.url}/slack/webhook/T0/B0/secret", json=payload, timeout=TIMEOUT).raise_for_status()


def email(inbox: Inbox, subject: str | None, message: str, **attributes: str) -> None:
    told = {name: {"Type": "String", "Value": value} for name, value in attributes.items()}
    notification = {"Subject": subject, "Message": message, "MessageAttributes": told}
    headers = {"x-amz-sns-message-type": "Notification"}
    requests.post(f"{inbox.url}/email", data=json.dumps(notification), headers=headers, timeout=TIMEOUT)


def steer(inbox: Inbox, what: str, **told: Any) -> int:
    return requests.post(f"{inbox.url}/_inbox/{what}", json=told, timeout=TIMEOUT).status_code


def a_thread(client: WebClient, **correction: Any) -> str:
    """A release with its chart and a correction that was sent to the channel too."""
    stamp: str = client.chat_postMessage(channel=CHANNEL, **RELEASE)["ts"]
    client.files_upload_v2(
        channel=CHANNEL, thread_ts=stamp, filename="flows.png", title="52週", content=PNG, alt_txt="棒グラフ"
    )
    told = {"text": "【訂正】+4,987億円", "reply_broadcast": True, **correction}
    client.chat_postMessage(channel=CHANNEL, thread_ts=stamp, **told)
    return stamp


def titles(shown: Element) -> list[str]:
    return [heading.words for heading in shown.all("h2")]


def articles(shown: Element) -> list[Element]:
    return [part for part in shown.one("main").content if isinstance(part, Element) and part.tag == "article"]
