"""What can go wrong where messages are delivered. A fault may come before the message is taken, or after."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.local.inbox import slack_web_api, slack_webhook
from tests.local.inbox.slack_message import SlackError
from tests.local.web.visit import Reply, json_reply, text_reply

AFTER_ACTING = {"lost_answer", "slow"}


@dataclass(frozen=True, slots=True)
class InboxFault:
    """A status as a number, `lost_answer`, `slow`, or a Slack error by its name.

    `acts` says whether the message is taken all the same; left out, only where the answer is lost or slow.
    """

    name: str
    acts: bool | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def takes_the_message(self) -> bool:
        """Whether the message is taken before things go wrong."""
        return self.name in AFTER_ACTING if self.acts is None else self.acts

    def spoil(self, reply: Reply, *, in_api: bool) -> Reply:
        """Turn the good reply into the bad one."""
        if self.name == "lost_answer":
            return replace(reply, lost=True)
        if self.name == "slow":
            return replace(reply, headers_delay=float(self.options.get("seconds", 60)))
        if self.name.isdigit():
            return self._status(int(self.name), in_api=in_api)
        return slack_web_api.refused(SlackError(self.name)) if in_api else slack_webhook.refused(self.name)

    def _status(self, status: int, *, in_api: bool) -> Reply:
        """Answer with a status; `retry_after` sets the header, which a 429 has unless it is None."""
        retry_after = self.options.get("retry_after", 1 if status == 429 else None)
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        if in_api and status == 429:
            return json_reply({"ok": False, "error": "ratelimited"}, status, headers)
        return text_reply("rate_limited" if status == 429 else "server_error", status, headers)
