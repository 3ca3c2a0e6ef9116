"""The inbox's doors: what tests put through each, as Slack's and SNS's callers would."""

import json
from typing import Any

import requests
from slack_sdk import WebClient

from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN

CHANNEL = "C0LOCAL01"
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "買い越し"}}
METADATA = {"event_type": "investor_flows", "event_payload": {"receipt": "rel-1"}}


def a_client(inbox: Inbox, token: str = TOKEN) -> WebClient:
    return WebClient(token, base_url=f"{inbox.url}/api/", retry_handlers=[], timeout=10)


def post(session: requests.Session, inbox: Inbox, payload: Any) -> requests.Response:
    return session.post(f"{inbox.url}/slack/webhook/T0/B0/secret", json=payload, timeout=10)


def plain(length: int, kind: str = "plain_text") -> dict[str, str]:
    return {"type": kind, "text": "字" * length}


def notify(session: requests.Session, inbox: Inbox, **changes: Any) -> requests.Response:
    notification = {
        "Type": "Notification",
        "MessageId": "m-1",
        "TopicArn": "arn:aws:sns:ap-northeast-1:000000000000:flows",
        "Subject": "[JPX flows] Nov 9-13",
        "Message": "海外投資家 買い越し\n受領番号 rel-2026-11-19-7f3a",
        "MessageAttributes": {"kind": {"Type": "String", "Value": "release"}},
        **changes,
    }
    headers = {"x-amz-sns-message-type": "Notification", "Content-Type": "text/plain; charset=UTF-8"}
    return session.post(f"{inbox.url}/email", data=json.dumps(notification), headers=headers, timeout=10)
