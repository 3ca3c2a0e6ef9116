"""The doctor: one line each, well or what to do; nothing is sent, and no secret is shown."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from investor_flows.errors import ConfigError, SourceRejected, SourceUnavailable
from investor_flows.intake import Source
from investor_flows.model import JST
from investor_flows.operate.doctor import Patient, Subscribers, doctor
from investor_flows.operate.findings import Finding
from investor_flows.operate.vendor_check import vendor_findings

from tests.unit.builders import LAST
from tests.unit.fake_desk import NOW, FakeBot, FakeListed, FakeServices, a_patient
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import a_week, corrected, monitored, weeks


class Refusing(FakeSource):
    """Refuses every request."""

    def rows(self, *_: Any) -> Any:
        """Refuse."""
        raise SourceRejected("GET /v2/markets/trades_spec: 403: check the access key (JQuantsApiKeyParameter)")


class Busy(FakeSource):
    """Is not able to answer."""

    def rows(self, *_: Any) -> Any:
        """Say so."""
        raise SourceUnavailable("GET /v2/markets/trades_spec: 503")


def healthy(**settings: Any) -> Patient:
    source, store = monitored(8)
    return a_patient(store, source, **settings)


def lines(patient: Patient, now: datetime = NOW) -> list[str]:
    findings: list[str] = doctor(patient, now)["findings"]
    return findings


def about(what: str, patient: Patient, now: datetime = NOW) -> str:
    [line] = [line for line in lines(patient, now) if line.partition(": ")[2].startswith(f"{what}: ")]
    return line


def test_of_a_healthy_installation_every_line_is_ok() -> None:
    patient = healthy(channels=FakeListed(FakeBot()))

    found = doctor(patient, NOW)

    assert found["well"] is True
    assert all(line.startswith("ok: ") for line in found["findings"])
    assert len(found["findings"]) == 10


def test_one_thing_that_is_not_well_makes_the_whole_not_well() -> None:
    assert doctor(healthy(services=FakeServices(waiting={"SlackDeadLetterQueue": 3})), NOW)["well"] is False


def test_a_secret_that_cannot_be_read_is_named_with_the_reason() -> None:
    def unreadable() -> str:
        raise ConfigError("SSM parameter /x (JQuantsApiKeyParameter): ParameterNotFound; put a SecureString there")

    patient = healthy(secrets={"JQuantsApiKeyParameter": unreadable})

    assert about("secret of JQuantsApiKeyParameter", patient).startswith("NOT OK: ")
    assert "put a SecureString there" in about("secret of JQuantsApiKeyParameter", patient)


def test_no_secret_is_shown() -> None:
    assert "canary" not in " ".join(lines(healthy(secrets={"JQuantsApiKeyParameter": lambda: "canary"})))


# What the vendor's server shows.


def vendor(raw: Source, bearer: Source | None = None) -> list[Finding]:
    """What is found of a server that has a new week and, published with it, a correction of an older one."""
    newest = monitored(8)[1].owed[0].keys[0]
    return vendor_findings({"raw": raw, "bearer": bearer or raw}, "raw", newest, NOW)


@pytest.mark.parametrize(
    ("windows_on", "meaning"),
    [("published", "mean the published date"), ("period", "mean the week"), ("nothing", "are ignored")],
)
def test_the_meaning_of_from_and_to_is_told_by_windows_that_only_one_of_them_fits(
    windows_on: str, meaning: str
) -> None:
    published = [*weeks(8), *corrected(a_week(weeks(8)[0].end_date), published=a_week()[0].published_date)]

    accepted, window = vendor(FakeSource(*published, windows_on=windows_on))

    assert (accepted.well, window.well) == (True, True)
    assert window.says.startswith(meaning)


def test_a_server_that_has_lost_the_newest_release_is_not_well() -> None:
    _, window = vendor(FakeSource(*weeks(7, last=LAST - timedelta(days=7))))

    assert not window.well
    assert "has nothing of 2026-11-19" in window.says


def test_a_key_that_is_accepted_in_the_other_way_says_what_to_set() -> None:
    [finding] = vendor(Refusing(), FakeSource(*weeks(8)))

    assert str(finding).startswith("NOT OK: J-Quants Pro: ")
    assert "deploy JQuantsAuthScheme=bearer" in finding.says


@pytest.mark.parametrize("other", [Refusing(), Busy()])
def test_a_key_that_is_refused_says_what_to_check(other: Source) -> None:
    [finding] = vendor(Refusing(), other)

    assert not finding.well
    assert "check the access key" in finding.says


def test_a_server_that_is_busy_is_not_asked_in_another_way() -> None:
    other = FakeSource(*weeks(8))

    [finding] = vendor(Busy(), other)

    assert (finding.well, other.asked) == (False, [])


def test_before_the_first_poll_the_key_is_tried_all_the_same() -> None:
    patient = a_patient(FakeStore(), FakeSource(*weeks(8)))

    assert about("J-Quants Pro", patient).startswith("ok: ")
    assert "before the first poll" in about("from and to", patient)
    assert about("history", patient).startswith("NOT OK: ")


# Clock and calendar.


def test_a_clock_that_is_off_is_not_well() -> None:
    late = FakeServices(now=NOW + timedelta(minutes=6))

    assert about("clock", healthy(services=late)).startswith("NOT OK: ")
    assert "18:30 in Japan here" in about("clock", healthy(services=late))


@pytest.mark.parametrize(
    ("now", "well"),
    [(datetime(2026, 11, 27, 20, 59, tzinfo=JST), True), (datetime(2026, 11, 27, 21, 0, tzinfo=JST), False)],
)
def test_the_next_release_is_told_by_the_calendar_and_is_not_well_when_overdue(now: datetime, *, well: bool) -> None:
    line = about("next release", healthy(), now)

    assert line.startswith("ok: " if well else "NOT OK: ")
    assert "the week to 2026-11-20 is due 2026-11-27 18:00 in Japan" in line


# Readers.


@pytest.mark.parametrize(
    ("who", "settings", "well", "says"),
    [
        (Subscribers(2, 0, 1), {}, True, "2 confirmed, 0 not confirmed; 1 other"),
        (Subscribers(1, 1, 0), {}, False, "follow the link"),
        (Subscribers(0, 0, 0), {}, True, "0 confirmed"),
        (Subscribers(0, 0, 0), {"channels": None}, False, "nobody is told"),
    ],
)
def test_subscribers_are_counted(who: Subscribers, settings: dict[str, Any], *, well: bool, says: str) -> None:
    line = about("e-mail", healthy(services=FakeServices(who=who), **settings))

    assert line.startswith("ok: " if well else "NOT OK: ")
    assert says in line


@pytest.mark.parametrize(
    ("ops", "well", "says"),
    [
        (Subscribers(1, 0, 1), True, "1 confirmed, 0 not confirmed"),
        (Subscribers(1, 1, 0), False, "until then no alarm reaches them"),
        (Subscribers(0, 0, 1), False, "no alarm reaches anybody; deploy OpsEmail"),
    ],
)
def test_operators_whom_no_alarm_reaches_are_found(ops: Subscribers, *, well: bool, says: str) -> None:
    line = about("operators' e-mail", healthy(services=FakeServices(ops=ops)))

    assert line.startswith("ok: " if well else "NOT OK: ")
    assert says in line


def test_a_right_that_is_missing_is_a_finding_and_stops_no_other() -> None:
    found = lines(healthy(services=FakeServices(denied=True)))

    assert "NOT OK: e-mail: ListSubscriptionsByTopic: AuthorizationError" in found
    assert found[-1] == "ok: queues: empty"


def test_a_webhook_cannot_be_tried_and_the_line_says_what_can() -> None:
    assert "events/test.json" in about("Slack channel desk", healthy())


def test_without_slack_there_is_nothing_to_try() -> None:
    assert about("Slack", healthy(channels=None)) == "ok: Slack: not set"


def test_a_bot_that_slack_does_not_know_is_not_well() -> None:
    line = about("Slack channel desk", healthy(channels=FakeListed(FakeBot(known=False))))

    assert line == "NOT OK: Slack channel desk: Slack auth.test: 200 invalid_auth"


def test_a_list_of_channels_that_cannot_be_read_is_not_well() -> None:
    line = about("Slack", healthy(channels=FakeListed(fault="SlackChannelsParameter, entry 2: no name")))

    assert line == "NOT OK: Slack: SlackChannelsParameter, entry 2: no name"


@pytest.mark.parametrize("taken", [True, False])
def test_slack_is_shown_the_blocks_of_the_newest_message(*, taken: bool) -> None:
    bot = FakeBot(taken=taken)

    line = about("the newest message in Slack channel desk", healthy(channels=FakeListed(bot)))

    assert line.startswith("ok: " if taken else "NOT OK: ")
    assert bot.seen[0][0]["type"] == "header"


def test_a_queue_that_is_not_empty_is_named() -> None:
    line = about("queues", healthy(services=FakeServices(waiting={"SlackQueue": 0, "TopicDeadLetterQueue": 2})))

    assert line == "NOT OK: queues: 2 in TopicDeadLetterQueue: see the runbook of the queue's alarm"
