"""The inbox: takes what Slack and the e-mail subscriber would get, and shows it. Faults on request.

    python -m tests.local.inbox.server --port 8902 --folder .local/inbox

POST /slack/webhook/<anything>   an incoming webhook
POST /api/<method>               Slack's Web API for a bot, token `xoxb-local` unless told
POST /email                      an HTTP subscription of an SNS topic
GET  /                           everything taken, as a web page
GET  /messages?after=N           the same as JSON; GET /files/<name> a picture or a document
POST /_inbox/fail_next           {"fault": "429", "on": "webhook", "times": 2, "after": 0, "retry_after": 3}
POST /_inbox/heal
POST /_inbox/vendor              {"simulated": true}: the page says that all figures are synthetic
POST /_inbox/document            a JSON document that programs got; the page shows it with the message of its receipt
"""

import argparse
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote

from tests.local.inbox import page, slack_files, slack_web_api, slack_webhook, sns_endpoint
from tests.local.inbox.faults import InboxFault
from tests.local.inbox.mailbox import Mailbox, Message
from tests.local.inbox.slack_files import SlackFiles
from tests.local.inbox.slack_web_api import TOKEN, SlackWebApi
from tests.local.inbox.sns_endpoint import RECEIPT, SnsEndpoint, Subscription
from tests.local.web.fault_plan import FaultPlan
from tests.local.web.loopback import Loopback, serve_until_stopped
from tests.local.web.visit import Reply, Visit, json_reply, text_reply

ADMIN = "/_inbox/"
TYPES = {".png": "image/png", ".json": "application/json"}


class Inbox(Loopback):
    """Slack and the e-mail subscriber in one server; `messages` is what they have got so far."""

    def __init__(
        self, folder: Path | None = None, *, port: int = 0, token: str = TOKEN, channels: tuple[str, ...] = ()
    ) -> None:
        super().__init__(port)
        self.mailbox = Mailbox(folder)
        self.synthetic = False  # whether to say so; the inbox cannot know by itself
        self._files = SlackFiles(self.mailbox)
        self._api = SlackWebApi(self.mailbox, self._files, token, channels)
        self._email = SnsEndpoint(self.mailbox)
        self._faults: FaultPlan[InboxFault] = FaultPlan()

    def start(self) -> Self:
        """Listen, and hand out upload addresses that lead here."""
        super().start()
        self._files.url = self.url
        return self

    @property
    def messages(self) -> list[Message]:
        """Everything taken so far, oldest first."""
        return self.mailbox.messages

    @property
    def subscriptions(self) -> list[Subscription]:
        """The topics that asked to be confirmed."""
        return self._email.subscriptions

    def fail_next(
        self,
        fault: str | int,
        times: int | None = 1,
        after: int = 0,
        *,
        on: str = "slack",
        acts: bool | None = None,
        **options: object,
    ) -> None:
        """Let requests fail: the next `times` once `after` more have passed; None means until `heal`.

        `on` is `any`, `slack`, `webhook`, `api`, a method such as `chat.postMessage`, `upload` or `email`.
        """
        self._faults.add(InboxFault(str(fault), acts, options), on, times, after)

    def heal(self) -> None:
        """Let nothing fail any more."""
        self._faults.clear()

    def receive(self, visit: Visit) -> Reply:
        """Keep what was sent; an open page looks every few seconds for days, which nobody needs to know."""
        return self.answer(visit) if visit.method == "GET" else super().receive(visit)

    def answer(self, visit: Visit) -> Reply:
        """Take a message, or show what has been taken."""
        names = _names(visit)
        if not names:
            return self._show(visit) if visit.method == "GET" else self._steer(visit)
        fault = self._faults.next(names)
        if fault is None:
            return self._take(visit)
        good = self._take(visit) if fault.takes_the_message else Reply()
        return fault.spoil(good, in_api="api" in names)

    def _take(self, visit: Visit) -> Reply:
        if visit.path.startswith(slack_webhook.PATH):
            return slack_webhook.take(visit, self.mailbox)
        if visit.path.startswith(slack_web_api.PATH):
            return self._api.take(visit)
        if visit.path.startswith(slack_files.PATH):
            return self._files.take(visit)
        return self._email.take(visit)

    def _show(self, visit: Visit) -> Reply:
        if visit.path == "/messages":
            after = int(visit.query.get("after") or 0)
            return json_reply([message.as_json() for message in self.messages if message.number > after])
        if visit.path == "/":
            return page.page(self.mailbox, visit.query, synthetic=self.synthetic)
        content = self.mailbox.file(unquote(visit.path.removeprefix("/files/")))
        return text_reply("not found", 404) if content is None else _file(visit.path, content)

    def _steer(self, visit: Visit) -> Reply:
        told: dict[str, Any] = visit.json()
        if visit.path == f"{ADMIN}fail_next":
            self.fail_next(**told)
        elif visit.path == f"{ADMIN}heal":
            self.heal()
        elif visit.path == f"{ADMIN}vendor":
            self.synthetic = bool(told["simulated"])
        elif visit.path == f"{ADMIN}document" and RECEIPT.fullmatch(str(told.get("receipt"))):
            self.mailbox.add_file(f"{told['receipt']}.json", visit.body)
        else:
            return text_reply("not found", 404)
        return json_reply({})


def _names(visit: Visit) -> tuple[str, ...]:
    """List what a request may be called when faults are placed; nothing for requests that only look."""
    if visit.method != "POST":
        return ()
    if visit.path.startswith(slack_webhook.PATH):
        return "any", "slack", "webhook"
    if visit.path.startswith(slack_web_api.PATH):
        return "any", "slack", "api", visit.path.removeprefix(slack_web_api.PATH)
    if visit.path.startswith(slack_files.PATH):
        return "any", "slack", "upload"
    return ("any", "email") if visit.path == sns_endpoint.PATH else ()


def _file(path: str, content: bytes) -> Reply:
    """Give a file as what its name says; a browser does not guess otherwise."""
    kind = TYPES.get(Path(path).suffix, "application/octet-stream")
    return Reply(200, content, {"Content-Type": kind, "X-Content-Type-Options": "nosniff"})


def main() -> None:
    """Run the inbox until it is stopped."""
    parser = argparse.ArgumentParser(description="Takes what Slack and the e-mail subscriber would get.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where messages and pictures are kept")
    parser.add_argument("--token", default=TOKEN, help="the bot token it asks for")
    told = parser.parse_args()
    serve_until_stopped(Inbox(told.folder, port=told.port, token=told.token), "inbox")


if __name__ == "__main__":
    main()
