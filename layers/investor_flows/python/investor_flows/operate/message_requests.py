"""Requests about messages: explain, preview, replay, test. Each reads its fields and lets a use case answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from investor_flows.announcements import Announcement, Occasion
from investor_flows.errors import RequestError
from investor_flows.intake import today
from investor_flows.operate.desk import WHICH, Desk, announcements_of, release_of, unknown_release
from investor_flows.operate.explain import explain
from investor_flows.operate.preview import FORMS, preview
from investor_flows.operate.replay import replay
from investor_flows.operate.trial import trial
from investor_flows.operate.ways import CHANNELS
from investor_flows.overdue import WEEK
from investor_flows.request import Json, Request

LANGUAGES = ("ja", "en")
Event = Mapping[str, Any]


def answer_explain(event: Event, desk: Desk, now: datetime) -> Json:
    """What became of a release, or of a receipt."""
    published_date, receipt = release_of(Request(event, *WHICH), desk)
    found = explain(desk.ledger, published_date, receipt, now, slack=desk.patient.channels is not None)
    if not found["announcements"] and not found["sent_by_hand"]:
        raise unknown_release(published_date, receipt, desk)
    return found


def answer_preview(event: Event, desk: Desk, _: datetime) -> Json:
    """The messages of a release, as they are sent."""
    request = Request(event, *WHICH, "language", "forms")
    forms = request.choices("forms", FORMS)
    wording = desk.wording(request.choice("language", LANGUAGES, desk.languages[0]))
    found = announcements_of(request, desk)
    return {"messages": preview(found, desk.archive, wording, desk.draw, desk.headline_section, forms)}


def answer_replay(event: Event, desk: Desk, now: datetime) -> Json:
    """Send a release once more."""
    request = Request(event, *WHICH, "channel")
    channel = _channel(request, desk)
    told = _told(announcements_of(request, desk), by_receipt="receipt" in request)
    wordings = [desk.wording(language) for language in desk.languages]
    send = partial(desk.ways.send, channel=channel)
    return {"channel": channel, "sent": replay(told, desk.archive, wordings, desk.headline_section, send, now)}


def answer_test(event: Event, desk: Desk, now: datetime) -> Json:
    """Send a test message."""
    channel = _channel(Request(event, "channel"), desk)
    newest_week = desk.archive.progress().newest_week or today(now) - WEEK
    wordings = [desk.wording(language) for language in desk.languages]
    send = partial(desk.ways.send, channel=channel)
    return {"channel": channel, "sent": [trial(newest_week, wordings, desk.headline_section, send, now)]}


def _channel(request: Request, desk: Desk) -> str:
    """The channel to send to. It must be named: nobody is to be written to by mistake."""
    channel = request.choice("channel", CHANNELS, "")
    if channel == "slack" and desk.patient.channels is None:
        raise RequestError("no Slack is set: deploy SlackChannelsParameter")
    return channel


def _told(found: Sequence[Announcement], *, by_receipt: bool) -> Sequence[Announcement]:
    """Of a date, what readers were owed; of a receipt, itself, though it was history that nobody was told."""
    told = [each for each in found if by_receipt or each.occasion is not Occasion.HISTORY]
    if told:
        return told
    receipts = ", ".join(each.receipt for each in found)
    raise RequestError(f'stored as history, so nobody was told; to send it all the same, give "receipt": {receipts}')
