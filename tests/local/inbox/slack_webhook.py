"""Slack's incoming webhook: takes a JSON message, answers `ok` or the name of an error as plain text."""

import json
from hashlib import sha256

from tests.local.inbox.mailbox import Mailbox
from tests.local.inbox.slack_message import SlackError, checked
from tests.local.web.visit import Reply, Visit, text_reply

PATH = "/slack/webhook/"
STATUS = {
    "channel_is_archived": 410,
    "channel_not_found": 404,
    "no_service": 404,
    "no_service_id": 404,
    "no_active_hooks": 404,
    "no_team": 404,
    "user_not_found": 404,
    "invalid_token": 403,
    "action_prohibited": 403,
    "team_disabled": 403,
    "posting_to_general_channel_denied": 403,
    "rollup_error": 500,
}
"""The status of each error; all others are 400."""


def take(visit: Visit, mailbox: Mailbox) -> Reply:
    """Take one message."""
    secret = visit.path.removeprefix(PATH)
    if not secret:
        return refused("no_service")
    try:
        content = checked(_payload(visit))
    except SlackError as error:
        return refused(error.error)
    # The path is a secret, so only a hash of it is kept, to tell two webhooks apart.
    webhook = sha256(secret.encode()).hexdigest()[:8]
    mailbox.add("slack", {"via": "webhook", "webhook": webhook, "ts": mailbox.stamp(), **content})
    return text_reply("ok")


def refused(error: str) -> Reply:
    """Refuse with the status Slack uses for the error."""
    return text_reply(error, STATUS.get(error, 400))


def _payload(visit: Visit) -> dict[str, object]:
    try:
        payload = json.loads(visit.body)
    except ValueError:
        raise SlackError("invalid_payload") from None
    if not isinstance(payload, dict):
        raise SlackError("invalid_payload")
    return payload
