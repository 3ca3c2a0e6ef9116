"""Refused: put away with the reason, and reported by e-mail and in the other channels, once a day, and never again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from investor_flows.errors import ConfigError
from investor_flows.slack.deliver import LEASE, Outcome
from investor_flows.slack.delivery_steps import Delivery

from tests.unit.dispatch_office import GONE, NOW, RECEIPT, RELEASE, REPORT, Office, queued


def test_a_refused_message_is_put_away_at_once_with_the_reason_and_reported() -> None:
    office = Office("desk", "research")
    office.channels.ways["desk"].fault = GONE

    outcome, _ = office.take(channel="desk")

    assert outcome is Outcome.REFUSED
    assert office.queue.buried == [("desk", "Slack webhook: 404 no_service")]
    assert office.queue.moved == [queued(RELEASE, "desk")]
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


def test_a_report_is_noted_as_told_on_its_day_in_japan() -> None:
    office = Office()
    office.channels.ways["desk"].fault = GONE
    morning = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)

    office.take(now=morning)

    told = Delivery("ops-2026-11-20-slack-desk", date(2026, 11, 20), "operations")
    assert (office.log.delivered, office.log.delivered_at) == ({told: ""}, {told: morning})


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
    buried, claims = list(office.queue.buried), dict(office.log.claims)

    office.take(now=NOW + LEASE)

    assert buried == []
    assert list(claims.values()) == [NOW + LEASE], "meanwhile nobody else reports it"
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
