"""Slack in trouble, call by call: a bot's text, chart and mark come once, or it is said why not."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from investor_flows.errors import DeliveryDelayed, DeliveryError, DeliveryRefused
from investor_flows.slack.bot import Bot
from investor_flows.slack.client import connect
from investor_flows.slack.deliver import Outcome, deliver

from tests.integration.bot_channel import (
    CHANNEL,
    CORRECTION,
    ORIGINAL,
    a_bot,
    a_document,
    a_picture,
    marks,
    told,
)
from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN
from tests.unit.fake_slack import FakeDeliveries

FAULTS = [("500", {}), ("500", {"acts": True}), ("lost_answer", {}), ("429", {})]
CALLS = ("chat.postMessage", "files.getUploadURLExternal", "upload", "files.completeUploadExternal")
MARKING = ("conversations.history", "chat.update")


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(("fault", "options"), FAULTS)
@pytest.mark.parametrize("call", [*CALLS, *MARKING])
def test_whatever_befalls_whichever_call_text_chart_and_mark_come_once(
    inbox: Inbox, call: str, fault: str, options: dict[str, bool], times: int
) -> None:
    sender, log, now = a_bot(inbox), FakeDeliveries(), datetime.now(UTC)
    deliver(a_document(ORIGINAL), sender, log, now)
    inbox.fail_next(fault, times, on=call, **options)

    with pytest.raises(DeliveryDelayed):
        deliver(a_document(CORRECTION, ORIGINAL), sender, log, now)
    for _ in range(times - 1):
        with suppress(DeliveryDelayed):
            deliver(a_document(CORRECTION, ORIGINAL), sender, log, now)
    outcome = deliver(a_document(CORRECTION, ORIGINAL), sender, log, now)

    original, _, correction, chart = told(inbox)
    assert outcome in (Outcome.DELIVERED, Outcome.REPEATED)
    assert correction["metadata"]["event_payload"] == {"receipt": CORRECTION}
    assert chart["files"][0]["name"] == f"{CORRECTION}.png"
    assert len(marks(original)) == 1


def test_a_429_on_the_upload_says_how_long_to_wait_and_only_the_upload_is_repeated(inbox: Inbox) -> None:
    sender, log, now = a_bot(inbox), FakeDeliveries(), datetime.now(UTC)
    inbox.fail_next("429", on="files.completeUploadExternal", retry_after=7)

    with pytest.raises(DeliveryDelayed) as delayed:
        deliver(a_document(ORIGINAL), sender, log, now)
    inbox.visits.clear()
    deliver(a_document(ORIGINAL), sender, log, now)

    assert delayed.value.retry_after == 7
    assert [visit.path.rpartition("/")[2] for visit in inbox.visits if "upload/" not in visit.path] == [
        "conversations.history",
        "files.getUploadURLExternal",
        "files.completeUploadExternal",
    ]
    assert len(told(inbox)) == 2


@pytest.mark.parametrize("call", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_an_upload_without_its_scope_is_a_shortcoming_that_names_the_call(inbox: Inbox, call: str) -> None:
    log = FakeDeliveries()
    inbox.fail_next("missing_scope", on=call)

    outcome = deliver(a_document(ORIGINAL), a_bot(inbox), log, datetime.now(UTC))

    assert outcome is Outcome.CURTAILED
    assert f"{call}: 200 missing_scope" in str(log.delivered.values())
    assert len(told(inbox)) == 1


@pytest.mark.parametrize("call", MARKING)
def test_a_mark_that_slack_refuses_is_a_shortcoming(inbox: Inbox, call: str) -> None:
    sender, log = a_bot(inbox), FakeDeliveries()
    deliver(a_document(ORIGINAL), sender, log, datetime.now(UTC))
    inbox.fail_next("missing_scope", on=call)

    outcome = deliver(a_document(CORRECTION, ORIGINAL), sender, log, datetime.now(UTC))

    assert outcome is Outcome.CURTAILED
    assert f"{call}: 200 missing_scope" in str(log.delivered.values())


@pytest.mark.parametrize(("status", "error"), [(429, DeliveryDelayed), (503, DeliveryDelayed), (413, DeliveryRefused)])
def test_the_upload_host_s_status_says_whether_waiting_helps(
    inbox: Inbox, status: int, error: type[DeliveryError]
) -> None:
    inbox.fail_next(status, on="upload")

    with pytest.raises(error, match=f"upload: {status}"):
        a_bot(inbox).show(a_document(ORIGINAL), None)


@pytest.mark.parametrize(
    ("fault", "error", "retry_after"),
    [
        ("429", DeliveryDelayed, 1),
        ("500", DeliveryDelayed, None),
        ("ratelimited", DeliveryDelayed, None),
        ("fatal_error", DeliveryDelayed, None),
        ("lost_answer", DeliveryDelayed, None),
        ("404", DeliveryRefused, None),
        ("invalid_auth", DeliveryRefused, None),
        ("channel_not_found", DeliveryRefused, None),
        ("is_archived", DeliveryRefused, None),
        ("missing_scope", DeliveryRefused, None),
    ],
)
def test_an_error_says_whether_waiting_helps(
    inbox: Inbox, fault: str, error: type[DeliveryError], retry_after: int | None
) -> None:
    inbox.fail_next(fault, on="chat.postMessage")

    with pytest.raises(error) as caught:
        a_bot(inbox).post(a_document(ORIGINAL))

    assert getattr(caught.value, "retry_after", None) == retry_after
    assert len(inbox.visits) == 1, "a call is repeated by the queue, not by slack_sdk"


def test_a_slack_that_does_not_answer_is_given_up_in_time(inbox: Inbox) -> None:
    inbox.fail_next("slow", on="chat.postMessage")
    sender = Bot("desk", connect(TOKEN, f"{inbox.url}/api/", 1), CHANNEL, a_picture)

    with pytest.raises(DeliveryDelayed, match="TimeoutError"):
        sender.post(a_document(ORIGINAL))
