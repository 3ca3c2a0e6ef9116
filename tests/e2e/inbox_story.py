"""An inbox with everything that its page can show: real messages, sent as Slack and SNS would send them."""

import json
from typing import Any

import requests
from investor_flows.chart import alt_text, draw
from investor_flows.message import Message
from slack_sdk import WebClient

from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN
from tests.unit.golden_cases import message

CHANNEL = "C0LOCAL01"
TIMEOUT = 10
HOSTILE = {
    "text": "<script>document.title = 'taken'</script> *bold* <https://example.invalid/?a=1&amp;b=2|a link> &lt;b&gt;",
    "username": '"><img src=x onerror="document.title = \'taken\'">',
}
MIXED = [
    {"type": "header", "text": {"type": "plain_text", "text": "Fields, and a long word"}},
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": f"*Receipt* rel-2026-11-19-{'0123456789abcdef' * 8}"},
        "fields": [{"type": "mrkdwn", "text": f"*Field {number}*\n{number},234,567,890"} for number in range(1, 5)],
    },
    {"type": "divider"},
    {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": f"{row}·{column}"} for column in range(12)] for row in range(3)],
    },
]


def told(inbox: Inbox) -> Inbox:
    """Send a story: by webhook and e-mail in two languages, by a bot with a chart, a correction and its marks."""
    with requests.Session() as session:
        for language in ("ja", "en"):
            release = message("release_regular", language)
            _email(session, inbox, release)
            _webhook(session, inbox, _slack(release))
        _webhook(session, inbox, HOSTILE)
        _webhook(session, inbox, {"text": "Fields", "blocks": MIXED})
        _bot(inbox, message("release_regular", "ja"), message("correction_revision", "ja"))
        session.post(
            f"{inbox.url}/_inbox/document", data=_document(message("correction_revision", "ja")), timeout=TIMEOUT
        )
        session.post(f"{inbox.url}/_inbox/vendor", json={"simulated": True}, timeout=TIMEOUT)
    return inbox


def _bot(inbox: Inbox, release: Message, correction: Message) -> None:
    client = WebClient(TOKEN, base_url=f"{inbox.url}/api/", retry_handlers=[], timeout=TIMEOUT)
    parent = client.chat_postMessage(channel=CHANNEL, **_slack(release))["ts"]
    series: Any = release.document["series"]
    client.files_upload_v2(
        channel=CHANNEL,
        thread_ts=parent,
        filename="flows.png",
        title="海外投資家と個人の差引き（52週）",
        content=draw(series, "ja"),
        alt_txt=alt_text(series, "ja"),
    )
    client.chat_postMessage(channel=CHANNEL, thread_ts=parent, reply_broadcast=True, **_slack(correction))
    client.chat_update(channel=CHANNEL, ts=parent, text=f"【訂正あり】{_slack(release)['text']}")
    client.reactions_add(channel=CHANNEL, timestamp=parent, name="warning")


def _slack(told: Message) -> dict[str, Any]:
    document: Any = told.document
    slack: dict[str, Any] = document["slack"]
    return slack


def _document(told: Message) -> bytes:
    return json.dumps(told.document, ensure_ascii=False).encode()


def _webhook(session: requests.Session, inbox: Inbox, payload: dict[str, Any]) -> None:
    session.post(f"{inbox.url}/slack/webhook/T0/B0/x", json=payload, timeout=TIMEOUT).raise_for_status()


def _email(session: requests.Session, inbox: Inbox, told: Message) -> None:
    attributes = {name: {"Type": "String", "Value": str(value)} for name, value in told.attributes.items()}
    notification = {"Subject": told.subject, "Message": told.email, "MessageAttributes": attributes}
    headers = {"x-amz-sns-message-type": "Notification", "Content-Type": "text/plain; charset=UTF-8"}
    session.post(
        f"{inbox.url}/email", data=json.dumps(notification), headers=headers, timeout=TIMEOUT
    ).raise_for_status()
