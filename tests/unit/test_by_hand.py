"""What an operator has worded or sent: previews are what readers get, replays and tests are marked so."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from investor_flows.announcements import Announcement
from investor_flows.errors import RequestError
from investor_flows.operate.answer import answer
from investor_flows.operate.desk import Desk
from investor_flows.summary import summarise

from tests.unit.fake_desk import NOW, FakeQueue, FakeTopic, a_desk, wording
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import TODAY, monitored
from tests.unit.schema import errors


class Told:
    """A desk over a store that told the start of monitoring, and what it sends."""

    def __init__(self, **settings: Any) -> None:
        self.source, self.store = monitored(8)
        self.desk: Desk = a_desk(self.store, self.source, **settings)

    @property
    def start(self) -> Announcement:
        """What readers were told."""
        [start] = self.store.owed
        return start

    @property
    def published(self) -> list[Any]:
        """The topic's messages."""
        topic = self.desk.ways.topic
        assert isinstance(topic, FakeTopic)
        return topic.published

    @property
    def queued(self) -> list[Any]:
        """Slack's documents."""
        queue = self.desk.ways.queue
        assert isinstance(queue, FakeQueue)
        return queue.documents

    def ask(self, task: str, **fields: Any) -> dict[str, Any]:
        """Send a request."""
        return answer({"task": task, **fields}, self.desk, NOW)


# Preview.


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_preview_is_the_message_that_readers_get(language: str) -> None:
    told = Told()

    [shown] = told.ask("preview", language=language)["messages"]

    sent = wording(language).message(summarise(told.start, told.store, "TokyoNagoya"))
    assert shown["receipt"] == told.start.receipt
    assert shown["email"] == {"subject": sent.subject, "text": sent.email}
    assert (shown["slack"], shown["json"]) == (sent.document["slack"], sent.document)
    assert base64.b64decode(shown["png"]["base64"]) == b"PNG"


def test_a_preview_sends_nothing() -> None:
    told = Told()

    told.ask("preview")

    assert (told.published, told.queued) == ([], [])


@pytest.mark.parametrize("forms", ["email", ["png"], ["email", "json"]])
def test_a_preview_shows_the_forms_that_are_asked_for(forms: Any) -> None:
    [shown] = Told().ask("preview", forms=forms)["messages"]

    assert shown.keys() - {"receipt", "kind", "occasion"} == ({forms} if isinstance(forms, str) else set(forms))


def test_a_preview_of_history_shows_what_nobody_was_told() -> None:
    told = Told()
    silent = told.store.announced[0]

    [shown] = told.ask("preview", receipt=silent.receipt, forms="email")["messages"]

    assert (shown["occasion"], shown["receipt"]) == ("history", silent.receipt)


# Replay.


def test_a_replay_is_marked_and_names_the_receipt_that_it_repeats() -> None:
    told = Told()

    [sent] = told.ask("replay", channel="all")["sent"]

    [message] = told.published
    assert sent == {"receipt": message.document["receipt"], "replays": told.start.receipt}
    assert message.document["replays"] == message.attributes["replays"] == told.start.receipt
    assert message.subject.startswith("[JPX flows] REPLAY ")
    assert message.email.startswith("【再送】")
    assert errors(message.document) == []


def test_each_replay_is_a_message_of_its_own() -> None:
    told = Told()

    told.ask("replay", channel="all")
    answer({"task": "replay", "channel": "all"}, told.desk, NOW + timedelta(seconds=1))

    receipts = {message.document["receipt"] for message in told.published}
    assert len(receipts | {told.start.receipt}) == 3


@pytest.mark.parametrize("task", ["replay", "test"])
def test_what_is_sent_by_hand_leaves_the_store_as_it_was(task: str) -> None:
    told = Told()
    before = told.store.announced[:], told.store.writes[:], told.store.kept

    told.ask(task, channel="all")

    assert (told.store.announced, told.store.writes, told.store.kept) == before


@pytest.mark.parametrize("task", ["replay", "test"])
def test_slack_alone_is_reached_by_its_queue_and_in_one_language(task: str) -> None:
    told = Told()

    told.ask(task, channel="slack")

    assert (len(told.published), len(told.queued)) == (0, 1)


@pytest.mark.parametrize("task", ["replay", "test"])
def test_e_mail_alone_is_reached_by_the_topic_with_an_attribute_that_slack_does_not_take(task: str) -> None:
    told = Told()

    told.ask(task, channel="email")

    [message] = told.published
    assert message.attributes["channel"] == "email"
    assert told.queued == []


def test_of_a_date_only_what_was_told_is_replayed() -> None:
    told = Told()
    silent = told.store.announced[0]

    with pytest.raises(RequestError, match=f'nobody was told; .* give "receipt": {silent.receipt}'):
        told.ask("replay", published_date=str(silent.published_date), channel="all")

    assert told.ask("replay", receipt=silent.receipt, channel="all")["sent"][0]["replays"] == silent.receipt


# Test.


def test_a_test_message_says_so_and_when_the_next_release_is_due() -> None:
    told = Told()

    [sent] = told.ask("test", channel="all")["sent"]

    [message] = told.published
    assert (message.attributes["kind"], message.document["receipt"]) == ("test", sent["receipt"])
    assert "TEST" in message.subject
    assert "2026-11-27 18:00" in message.email
    assert errors(message.document) == []


def test_before_the_first_poll_a_test_can_be_sent() -> None:
    desk = a_desk(FakeStore())

    assert answer({"task": "test", "channel": "all"}, desk, NOW)["sent"][0]["receipt"].startswith("tes-2026-11-27-")


# What is refused.


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "language": ({"task": "preview", "language": "fr"}, '"language" must be one of ja, en'),
    "form": ({"task": "preview", "forms": ["pdf"]}, "some of email, slack, json, png"),
    "preview date": ({"task": "preview", "published_date": "2026-02-30"}, "must be a date"),
    "preview receipt": ({"task": "preview", "receipt": f"rel-{TODAY}-00000000"}, "is not stored"),
    "preview field": ({"task": "preview", "lang": "ja"}, '"language", "forms"'),
    "no channel": ({"task": "replay"}, '"channel" must be one of all, email, slack'),
    "channel": ({"task": "replay", "channel": "sms"}, '"channel" must be one of all, email, slack'),
    "channels": ({"task": "replay", "channel": ["email"]}, '"channel" must be one of all, email, slack'),
    "replay date": ({"task": "replay", "channel": "all", "published_date": 1}, "must be a date"),
    "replay receipt": ({"task": "replay", "channel": "all", "receipt": f"rel-{TODAY}-00000000"}, "is not stored"),
    "no test channel": ({"task": "test"}, '"channel" must be one of all, email, slack'),
    "test field": ({"task": "test", "channel": "all", "to": "desk@example.com"}, 'takes "channel", "time"'),
}


@pytest.mark.parametrize(("event", "accepted"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_request_says_what_is_accepted_and_sends_nothing(event: dict[str, Any], accepted: str) -> None:
    told = Told()

    with pytest.raises(RequestError, match=accepted):
        answer(event, told.desk, NOW)

    assert (told.published, told.queued) == ([], [])


@pytest.mark.parametrize("task", ["replay", "test"])
def test_slack_cannot_be_written_to_where_none_is_set(task: str) -> None:
    told = Told(channels=None)

    with pytest.raises(RequestError, match="deploy SlackChannelsParameter"):
        told.ask(task, channel="slack")

    assert told.queued == []
