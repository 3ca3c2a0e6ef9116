"""Dispatching: each channel that wants a message gets it at its own pace, and a dead one is reported once a day."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from investor_flows.channels import Entry
from investor_flows.deliver import LEASE, Outcome
from investor_flows.delivery_steps import Delivery
from investor_flows.dispatch import ATTEMPTS, LONGEST_WAIT, Dispatcher, Queued, wait_before_retry
from investor_flows.errors import ConfigError, DeliveryDelayed, DeliveryRefused
from investor_flows.model import JST

from tests.unit.fake_slack import FakeChannels, FakeDeliveries, FakeOperations, FakeQueue

NOW = datetime(2026, 11, 19, 18, 1, tzinfo=JST)
RECEIPT = "rel-2026-11-19-0123abcd"
RELEASE = {"kind": "release", "language": "ja", "receipt": RECEIPT, "published_date": "2026-11-19"}
REPORT = {"kind": "operation", "receipt": "ops-2026-11-19-0123abcd", "published_date": "2026-11-19"}
GONE = DeliveryRefused("Slack webhook: 404 no_service")


class Office:
    """Channels, a queue, a log and operators, and messages that come out of the queue."""

    def __init__(self, *names: str, fault: ConfigError | None = None) -> None:
        self.channels = FakeChannels(*(Entry(name, "ja") for name in names or ("desk",)), fault=fault)
        self.queue, self.log, self.operations = FakeQueue(), FakeDeliveries(), FakeOperations()

    def take(
        self, document: dict[str, Any] | None = None, channel: str = "", attempt: int = 1, now: datetime = NOW
    ) -> tuple[Outcome, list[str]]:
        """Take a message as it comes out of the queue."""
        dispatcher = Dispatcher(self.queue, self.channels, self.log, self.operations)
        return dispatcher.take(queued(document or RELEASE, channel, attempt), now)

    def posts(self) -> dict[str, list[str]]:
        """What was posted, by channel."""
        return {name: way.posts for name, way in self.channels.ways.items() if way.posts}


def queued(document: dict[str, Any], channel: str = "", attempt: int = 1) -> Queued:
    return Queued(document, "body", "handle", attempt, channel)


# To whom.


def test_a_message_that_one_channel_wants_is_delivered_at_once() -> None:
    office = Office("desk")

    taken = office.take()

    assert taken == (Outcome.DELIVERED, ["desk"])
    assert office.posts() == {"desk": [RECEIPT]}
    assert office.queue.addressed == []
    assert list(office.log.delivered) == [Delivery(RECEIPT, date(2026, 11, 19), "slack-desk")]


def test_a_message_that_several_want_goes_back_into_the_queue_for_each_of_them() -> None:
    office = Office("desk", "research")

    taken = office.take()

    assert taken == (Outcome.SPLIT, ["desk", "research"])
    assert office.queue.addressed == ["desk", "research"]
    assert office.posts() == {}


def test_a_message_for_one_channel_is_delivered_there_and_nowhere_else() -> None:
    office = Office("desk", "research")

    taken = office.take(channel="research")

    assert taken == (Outcome.DELIVERED, ["research"])
    assert office.posts() == {"research": [RECEIPT]}


def test_a_message_that_nobody_wants_is_done_with() -> None:
    office = Office("desk")

    taken = office.take({**RELEASE, "language": "en"})

    assert taken == (Outcome.UNWANTED, [])
    assert (office.posts(), office.queue.addressed, office.queue.buried) == ({}, [], [])


def test_a_message_that_was_split_twice_is_posted_once_in_each_channel() -> None:
    office = Office("desk", "research")

    outcomes = [office.take(channel=name)[0] for name in ("desk", "research") * 2]

    assert outcomes == [Outcome.DELIVERED] * 2 + [Outcome.REPEATED] * 2
    assert office.posts() == {"desk": [RECEIPT], "research": [RECEIPT]}


@pytest.mark.parametrize(
    "document", [{}, {"kind": "release"}, {"receipt": RECEIPT}, {**RELEASE, "published_date": "x"}]
)
def test_a_message_of_someone_else_is_raised_and_not_posted(document: dict[str, Any]) -> None:
    office = Office()

    with pytest.raises((ValueError, KeyError)):
        Dispatcher(office.queue, office.channels, office.log, office.operations).take(queued(document), NOW)

    assert office.posts() == {}
    assert office.log.claims == {}


# Later.


@pytest.mark.parametrize(
    ("retry_after", "attempt", "seconds"),
    [
        (7, 1, 7),
        (None, 1, 30),
        (None, 2, 60),
        (None, 3, 120),
        (None, 5, 480),
        (None, 6, 900),
        (None, 11, 900),
        (None, 0, 30),
        (0, 1, 30),
        (10**6, 1, LONGEST_WAIT),
    ],
)
def test_a_delayed_message_is_put_off_as_told_or_ever_longer(
    retry_after: int | None, attempt: int, seconds: int
) -> None:
    office = Office()
    office.channels.ways["desk"].fault = DeliveryDelayed("429", retry_after)

    with pytest.raises(DeliveryDelayed):
        office.take(attempt=attempt)

    assert office.queue.postponed == [(queued(RELEASE, attempt=attempt), seconds)]
    assert (office.queue.buried, office.operations.reports) == ([], [])


def test_messages_that_slack_puts_off_to_one_time_come_back_at_many_and_none_before_it() -> None:
    delayed = DeliveryDelayed("429", 30)

    waits = [wait_before_retry(delayed, Queued({}, f"message {number}", "", attempt=6)) for number in range(1_000)]

    assert set(waits) == set(range(30, 30 + 2**5))


def test_a_wait_is_no_longer_than_the_queue_can_hide_a_message() -> None:
    assert timedelta(seconds=LONGEST_WAIT) + LEASE < timedelta(hours=12)


def test_while_another_run_has_a_message_it_is_put_off_to_the_end_of_the_claim_and_not_posted() -> None:
    office = Office()
    delivery = Delivery(RECEIPT, date(2026, 11, 19), "slack-desk")
    office.log.claim(delivery, NOW, NOW + LEASE)

    with pytest.raises(DeliveryDelayed):
        office.take(now=NOW + timedelta(seconds=30))

    assert [seconds for _, seconds in office.queue.postponed] == [LEASE.total_seconds() - 30]
    assert office.posts() == {}
    assert office.log.claims == {delivery: NOW + LEASE}


def test_a_channel_that_stays_out_of_reach_is_given_up_at_last_and_reported() -> None:
    office = Office("desk", "research")
    office.channels.ways["desk"].fault = DeliveryDelayed("Slack: ConnectTimeout, no answer")

    outcome, _ = office.take(channel="desk", attempt=ATTEMPTS)

    assert outcome is Outcome.REFUSED
    assert office.queue.buried == [("desk", "given up after 20 attempts: Slack: ConnectTimeout, no answer")]
    assert office.operations.reports == [("Slack channel desk: messages do not arrive", "desk")]


# Never.


def test_a_refused_message_is_put_away_at_once_with_the_reason_and_reported() -> None:
    office = Office("desk", "research")
    office.channels.ways["desk"].fault = GONE

    outcome, _ = office.take(channel="desk")

    assert outcome is Outcome.REFUSED
    assert office.queue.buried == [("desk", "Slack webhook: 404 no_service")]
    assert office.queue.postponed == []
    assert office.operations.reports == [("Slack channel desk: messages do not arrive", "desk")]
    assert all(fact in office.operations.texts[0] for fact in (RECEIPT, "desk", "404 no_service", "redrive"))


def test_a_refused_message_can_be_delivered_once_the_channel_is_mended() -> None:
    office = Office()
    office.channels.ways["desk"].fault = GONE
    office.take()
    office.channels.ways["desk"].fault = None

    assert office.take(now=NOW + timedelta(seconds=1)) == (Outcome.DELIVERED, ["desk"])


def test_a_dead_channel_is_reported_once_a_day_and_not_for_every_message() -> None:
    office = Office()
    office.channels.ways["desk"].fault = GONE
    others = [{**RELEASE, "receipt": f"rev-2026-11-19-{number}"} for number in range(3)]

    for document in (RELEASE, *others):
        office.take(document)
    reports = len(office.operations.reports)
    office.take(now=NOW + timedelta(days=1))

    assert (reports, len(office.operations.reports), len(office.queue.buried)) == (1, 2, 5)


def test_while_another_run_makes_the_report_a_message_is_put_away_without_one() -> None:
    office = Office()
    office.channels.ways["desk"].fault = GONE
    office.log.claim(Delivery("ops-2026-11-19-slack-desk", date(2026, 11, 19), "operations"), NOW, NOW + LEASE)

    outcome, _ = office.take()

    assert (outcome, office.operations.reports) == (Outcome.REFUSED, [])
    assert [name for name, _ in office.queue.buried] == ["desk"]


def test_two_dead_channels_are_reported_each() -> None:
    office = Office("desk", "research")
    for way in office.channels.ways.values():
        way.fault = GONE

    for name in ("desk", "research"):
        office.take(channel=name)

    assert [about for _, about in office.operations.reports] == ["desk", "research"]


def test_a_report_is_carried_by_the_other_channels() -> None:
    office = Office("desk", "research", "sales")

    taken = office.take({**REPORT, "about": "desk"})

    assert taken == (Outcome.SPLIT, ["research", "sales"])


def test_a_report_on_the_only_channel_is_left_to_e_mail() -> None:
    office = Office("desk")

    assert office.take({**REPORT, "about": "desk"}) == (Outcome.UNWANTED, [])


def test_a_refused_report_is_put_away_and_never_reported_again() -> None:
    office = Office("desk", "research")
    office.channels.ways["research"].fault = GONE

    outcome, _ = office.take({**REPORT, "about": "desk"})

    assert outcome is Outcome.REFUSED
    assert [name for name, _ in office.queue.buried] == ["research"]
    assert office.operations.reports == []


def test_a_report_that_was_not_taken_is_made_when_the_message_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office()
    office.channels.ways["desk"].fault = GONE
    with monkeypatch.context() as broken:
        broken.setattr(office.operations, "report", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            office.take()
    buried = list(office.queue.buried)

    office.take(now=NOW + LEASE)

    assert buried == []
    assert len(office.operations.reports) == len(office.queue.buried) == 1


def test_a_message_for_a_channel_that_is_listed_no_more_is_put_away() -> None:
    office = Office("desk")

    outcome, _ = office.take(channel="research")

    assert outcome is Outcome.REFUSED
    assert office.queue.buried == [
        ("research", 'there is no channel "research" in SlackChannelsParameter any more'),
    ]


def test_a_list_of_channels_that_cannot_be_read_is_reported_once_and_the_message_comes_back() -> None:
    office = Office(fault=ConfigError("SlackChannelsParameter is not JSON, line 1 column 2"))

    for document in (RELEASE, RELEASE, REPORT):
        with pytest.raises(ConfigError):
            office.take(document)

    assert office.operations.reports == [("Slack: messages do not arrive", "")]
    assert "line 1 column 2" in office.operations.texts[0]
    assert office.queue.buried == []
