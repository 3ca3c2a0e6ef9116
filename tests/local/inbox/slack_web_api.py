"""The methods of Slack's Web API that a bot of this project may use, over the inbox's messages.

Slack finishes a file some time after it has said so; here it is finished at once.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from tests.local.inbox.mailbox import Mailbox, Message
from tests.local.inbox.slack_files import SlackFiles
from tests.local.inbox.slack_history import BOT, Answer, Arguments, flag, is_in_view, is_within, page, shown_as, stamps
from tests.local.inbox.slack_message import SlackError, checked
from tests.local.inbox.slack_rules import refusal
from tests.local.web.visit import Reply, Visit, json_reply

PATH = "/api/"
TOKEN = "xoxb-local"
OBJECTS = {"blocks", "attachments", "metadata", "files"}
EDITABLE = ("text", "blocks", "metadata")


class SlackWebApi:
    """Answers `/api/<method>` for one bot. Channels may be named or given by id when posting; elsewhere by id only.

    Without `channels` every channel exists; with it only those, as ids.
    """

    def __init__(self, mailbox: Mailbox, files: SlackFiles, token: str = TOKEN, channels: tuple[str, ...] = ()) -> None:
        self.token = token
        self._mailbox, self._files, self._channels = mailbox, files, channels
        self._methods: dict[str, Callable[[Arguments], Answer]] = {
            "auth.test": self._test,
            "blocks.validate": self._validate,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "files.getUploadURLExternal": self._files.upload_address,
            "files.completeUploadExternal": self._complete,
            "reactions.add": self._react,
        }

    def take(self, visit: Visit) -> Reply:
        """Carry out one call."""
        method = visit.path.removeprefix(PATH)
        try:
            arguments = _arguments(visit)
            self._authorise(visit, arguments)
            return json_reply({"ok": True, **self._methods.get(method, _unknown)(arguments)})
        except SlackError as error:
            return refused(error)

    def _authorise(self, visit: Visit, arguments: Arguments) -> None:
        sent = visit.headers.get("Authorization", "").removeprefix("Bearer ") or arguments.get("token")
        if not sent:
            raise SlackError("not_authed")
        if sent != self.token:
            raise SlackError("invalid_auth")

    def _test(self, _: Arguments) -> Answer:
        who = {"user": "investor-flows", "user_id": BOT["user"], "bot_id": BOT["bot_id"]}
        return {"url": "https://local.slack.invalid/", "team": "local", "team_id": BOT["team"], **who}

    def _validate(self, told: Arguments) -> Answer:
        if refusal_of_blocks := refusal(_needed(told, "blocks")):
            raise SlackError(*refusal_of_blocks)
        return {}

    def _post(self, told: Arguments) -> Answer:
        channel = self._channel(told, by_name=True)
        broadcast = flag(told, "reply_broadcast") and "thread_ts" in told
        message = self._add(channel, {**checked(told), **({"reply_broadcast": True} if broadcast else {})})
        return {"channel": channel, "ts": message.content["ts"], "message": shown_as(message, metadata=True)}

    def _update(self, told: Arguments) -> Answer:
        """Change what is given and keep the rest, as Slack does; what was there before is kept in `edits`."""
        message = self._find(told, "ts")
        if message.content["via"] != "bot":
            raise SlackError("cant_update_message")
        before = {name: message.content[name] for name in EDITABLE if name in message.content}
        given = {name: told[name] for name in EDITABLE if told.get(name) is not None}
        edits = [*message.content.get("edits", []), before]
        after = self._mailbox.change(message, {**checked({**before, **given}), "edits": edits})
        ids = {"channel": after.content["channel"], "ts": after.content["ts"]}
        return {**ids, "text": after.content.get("text", ""), "message": shown_as(after, metadata=True)}

    def _history(self, told: Arguments) -> Answer:
        """List a channel's messages, newest first; replies only where they were sent to the channel too."""
        listed = [message for message in self._in_channel(told) if is_in_view(message)]
        return page(told, [message for message in reversed(listed) if is_within(message, told)])

    def _replies(self, told: Arguments) -> Answer:
        """List a message and its replies, oldest first."""
        parent = str(_needed(told, "ts"))
        listed = [message for message in self._in_channel(told) if parent in stamps(message)]
        if not listed:
            raise SlackError("thread_not_found")
        return page(told, listed)

    def _complete(self, told: Arguments) -> Answer:
        """Finish uploads and show them in a channel, when one is named."""
        finished = self._files.finish(told)
        if told.get("channel_id") or told.get("channels"):
            channel = self._channel({"channel": told.get("channel_id") or told["channels"]})
            comment = {"text": told["initial_comment"]} if told.get("initial_comment") else {"text": ""}
            thread = {"thread_ts": told["thread_ts"]} if told.get("thread_ts") else {}
            self._add(channel, {**comment, **thread, "files": finished})
        return {"files": finished}

    def _react(self, told: Arguments) -> Answer:
        message, name = self._find(told, "timestamp"), str(_needed(told, "name"))
        reactions = message.content.get("reactions", [])
        if name in reactions:
            raise SlackError("already_reacted")
        self._mailbox.change(message, {"reactions": [*reactions, name]})
        return {}

    def _add(self, channel: str, content: dict[str, Any]) -> Message:
        stamped = {"via": "bot", "channel": channel, "ts": self._mailbox.stamp(), **content}
        return self._mailbox.add("slack", stamped)

    def _channel(self, told: Arguments, *, by_name: bool = False) -> str:
        """Find the id of a channel; a name gets an id of its own."""
        name = str(_needed(told, "channel"))
        channel = channel_id(name) if by_name else name
        if channel_id(channel) != channel or (self._channels and channel not in self._channels):
            raise SlackError("channel_not_found")
        return channel

    def _in_channel(self, told: Arguments) -> list[Message]:
        channel = self._channel(told)
        return [message for message in self._mailbox.messages if message.content.get("channel") == channel]

    def _find(self, told: Arguments, stamp: str) -> Message:
        wanted = _needed(told, stamp)
        for message in self._in_channel(told):
            if message.content["ts"] == wanted:
                return message
        raise SlackError("message_not_found")


def refused(error: SlackError) -> Reply:
    """Refuse as the Web API does: status 200, `ok` false."""
    reasons = {"errors": error.reasons, "response_metadata": {"messages": [f"[ERROR] {why}" for why in error.reasons]}}
    return json_reply({"ok": False, "error": error.error, **(reasons if error.reasons else {})})


def channel_id(name: str) -> str:
    """Make the id of a channel from its name; an id stays what it is."""
    if name[:1] in ("C", "G", "D") and name.isalnum() and name.isupper():
        return name
    return "C" + sha256(name.removeprefix("#").encode()).hexdigest()[:10].upper()


def _arguments(visit: Visit) -> dict[str, Any]:
    """Read JSON or a form; parts of a form that are objects come as JSON texts."""
    if visit.body.lstrip().startswith(b"{"):
        return dict(_json(visit.body, "invalid_json"))
    told: dict[str, Any] = {**visit.query, **dict(parse_qsl(visit.body.decode(), keep_blank_values=True))}
    return {name: _json(part, f"invalid_{name}_format") if name in OBJECTS else part for name, part in told.items()}


def _json(text: str | bytes, error: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise SlackError(error) from None


def _unknown(_: Arguments) -> Answer:
    raise SlackError("unknown_method")


def _needed(told: Arguments, name: str) -> Any:
    if not told.get(name):
        raise SlackError("invalid_arguments", [f"missing required field: {name}"])
    return told[name]
