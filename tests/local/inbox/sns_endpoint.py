"""An HTTP subscriber of the topic: stands for the reader of the e-mail, which no local emulator delivers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from tests.local.inbox.mailbox import Mailbox
from tests.local.web.visit import Reply, Visit, json_reply, text_reply

PATH = "/email"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MAX_SUBJECT = 100
MAX_MESSAGE = 262_144
RECEIPT = re.compile(r"\b[a-z]+-\d{4}-\d{2}-\d{2}-[0-9a-z]+")
OWN_RECEIPT = re.compile(rf"(?:(?<=受領番号 )|(?<=Receipt )){RECEIPT.pattern}")
CONFIRM_SECONDS = 10


@dataclass(slots=True)
class Subscription:
    """A topic that asked whether its messages are wanted."""

    topic_arn: str
    token: str
    subscribe_url: str
    confirmed: bool = False

    def confirm(self) -> None:
        """Follow the address in the request, which is how a subscriber says yes; on this machine only."""
        if urlsplit(self.subscribe_url).hostname not in LOOPBACK:
            return
        try:
            with urlopen(self.subscribe_url, timeout=CONFIRM_SECONDS) as answer:  # noqa: S310 - loopback, checked above
                self.confirmed = answer.status == 200
        except URLError as error:
            self.confirmed = False
            getattr(error, "close", lambda: None)()


class SnsEndpoint:
    """Takes what SNS posts to an HTTP subscriber."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.subscriptions: list[Subscription] = []
        self._mailbox = mailbox

    def take(self, visit: Visit) -> Reply:
        """Take one post: a question whether to subscribe, or a message."""
        if visit.headers.get("x-amz-sns-rawdelivery") == "true":
            return self._notified({"Message": visit.body.decode()})
        try:
            told = json.loads(visit.body)
        except ValueError:
            return json_reply({"message": "not JSON"}, 400)
        kind = visit.headers.get("x-amz-sns-message-type") or told.get("Type")
        if kind == "SubscriptionConfirmation":
            return self._asked(told)
        return self._notified(told) if kind == "Notification" else text_reply("")

    def _asked(self, told: Mapping[str, Any]) -> Reply:
        """Answer first and confirm after, or an emulator that waits for the answer would wait for ever."""
        subscription = Subscription(told["TopicArn"], told["Token"], told["SubscribeURL"])
        self.subscriptions.append(subscription)
        return Reply(afterwards=subscription.confirm)

    def _notified(self, told: Mapping[str, Any]) -> Reply:
        told_attributes = told.get("MessageAttributes") or {}
        attributes = {name: attribute["Value"] for name, attribute in told_attributes.items()}
        subject, message = told.get("Subject"), told["Message"]
        content = {
            "subject": subject,
            "message": message,
            "attributes": attributes,
            "receipt": attributes.get("receipt") or _receipt(message),
            "message_id": told.get("MessageId"),
            "topic_arn": told.get("TopicArn"),
            "problems": problems(subject, message),
        }
        self._mailbox.add("email", content)
        return text_reply("")


def problems(subject: str | None, message: str) -> list[str]:
    """Say which limits of SNS a message breaks; emulators do not check them."""
    found = []
    if subject is not None and not (subject.isascii() and subject.isprintable() and 0 < len(subject) < MAX_SUBJECT):
        found.append("the subject must be 1 to 99 printable ASCII characters")
    if len(message.encode()) > MAX_MESSAGE:
        found.append("the message must be at most 256 KB")
    return found


def _receipt(message: str) -> str | None:
    """The message's own receipt: a correction names those of earlier messages too."""
    found = OWN_RECEIPT.search(message) or RECEIPT.search(message)
    return found and found.group()
