"""Explaining a release: when it was seen and stored, who was told, who waits, who refused, and why."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from investor_flows.announcements import Announcement, Gap, Kind, Occasion
from investor_flows.model import JST, Measure, Vintage
from investor_flows.operate.explain import Owed, Sent, explain

from tests.unit.builders import a_record

SEEN = datetime(2026, 11, 19, 18, 1, tzinfo=JST)
NOW = SEEN + timedelta(minutes=5)
DAY = a_record().published_date
OWED = Announcement("rel-2026-11-19-7f3a1b2c", Kind.RELEASE, Occasion.NEW, DAY, SEEN, (Vintage(a_record(), SEEN).key,))
TOLD = Owed(OWED, SEEN + timedelta(seconds=3), None)
UNTOLD = Owed(OWED, None, SEEN + timedelta(minutes=2))
SENT = Sent(OWED.receipt, "slack-webhook", 1, SEEN, None, None, None, refused=False, reason="")


class FakeLedger:
    """What is known of one release."""

    def __init__(self, *owed: Owed, sent: tuple[Sent, ...] = ()) -> None:
        self.owed = list(owed)
        self.sent = list(sent)

    def release(self, published_date: date) -> tuple[list[Owed], list[Sent]]:
        """Everything, on its day."""
        return (self.owed, self.sent) if published_date == DAY else ([], [])


def test_it_says_when_the_release_was_seen_and_what_it_brought_and_lacked() -> None:
    lacking = replace(OWED, missing=(Gap("TSEGrowth", Measure.VOLUME),), held=(Gap("TSEPrime", Measure.VALUE, "sum"),))

    [found] = explain(FakeLedger(Owed(lacking, None, SEEN)), DAY, None, NOW, slack=False)["announcements"]

    assert found["seen_and_stored"] == "2026-11-19T18:01:00+09:00"
    assert found["vintages"] == ["TokyoNagoya value 2026-11-09 to 2026-11-13"]
    assert (found["missing"], found["held"]) == (["TSEGrowth volume"], ["TSEPrime value: sum"])


@pytest.mark.parametrize(
    ("owed", "state", "time"),
    [
        (TOLD, "told", "2026-11-19T18:01:03+09:00"),
        (UNTOLD, "waiting", "2026-11-19T18:03:00+09:00"),
        (Owed(replace(OWED, occasion=Occasion.HISTORY), None, None), "silent", None),
    ],
)
def test_it_says_whether_the_topic_has_the_message(owed: Owed, state: str, time: str | None) -> None:
    [found] = explain(FakeLedger(owed), DAY, None, NOW, slack=False)["announcements"]

    assert (found["topic"]["state"], found["topic"].get("time")) == (state, time)
    assert ("reason" in found["topic"]) is (state != "told")


@pytest.mark.parametrize(
    ("sent", "state", "time"),
    [
        (replace(SENT, delivered_at=SEEN + timedelta(seconds=9)), "told", "2026-11-19T18:01:09+09:00"),
        (replace(SENT, claimed_until=NOW + timedelta(seconds=1)), "being told", "2026-11-19T18:01:00+09:00"),
        (replace(SENT, claimed_until=NOW), "waiting", "2026-11-19T18:01:00+09:00"),
        (replace(SENT, failed_at=SEEN + timedelta(seconds=9)), "waiting", "2026-11-19T18:01:09+09:00"),
        (replace(SENT, failed_at=SEEN + timedelta(seconds=9), refused=True), "refused", "2026-11-19T18:01:09+09:00"),
    ],
)
def test_it_says_of_each_channel_whether_it_has_the_message_and_since_when(sent: Sent, state: str, time: str) -> None:
    [found] = explain(FakeLedger(TOLD, sent=(sent,)), DAY, None, NOW, slack=False)["announcements"]

    [channel] = found["channels"]
    assert (channel["channel"], channel["state"], channel["time"]) == ("slack-webhook", state, time)


@pytest.mark.parametrize(
    ("owed", "slack", "states"), [(TOLD, True, ["waiting"]), (TOLD, False, []), (UNTOLD, True, [])]
)
def test_a_message_that_the_topic_has_and_no_channel_has_begun_with_waits_in_the_queue_of_slack(
    owed: Owed, states: list[str], *, slack: bool
) -> None:
    [found] = explain(FakeLedger(owed), DAY, None, NOW, slack=slack)["announcements"]

    assert [channel["state"] for channel in found["channels"]] == states


def test_it_gives_the_reason_where_a_channel_has_one() -> None:
    refused = replace(SENT, refused=True, reason="Slack webhook: 404 no_service")

    [found] = explain(FakeLedger(TOLD, sent=(refused,)), DAY, None, NOW, slack=False)["announcements"]

    assert found["channels"][0]["reason"] == "Slack webhook: 404 no_service"


def test_a_receipt_is_explained_alone() -> None:
    other = Owed(replace(OWED, receipt="rev-2026-11-19-00000000"), None, SEEN)

    found = explain(FakeLedger(TOLD, other), DAY, OWED.receipt, NOW, slack=False)

    assert [each["receipt"] for each in found["announcements"]] == [OWED.receipt]


def test_what_was_sent_by_hand_stands_beside_the_release_that_it_repeats() -> None:
    replayed = replace(SENT, receipt=f"{OWED.receipt}-r7f3a1b", delivered_at=NOW)

    found = explain(FakeLedger(TOLD, sent=(SENT, replayed)), DAY, OWED.receipt, NOW, slack=False)

    [by_hand] = found["sent_by_hand"]
    assert (by_hand["receipt"], by_hand["state"]) == (replayed.receipt, "told")
    assert len(found["announcements"][0]["channels"]) == 1


def test_a_report_to_operators_of_the_same_day_was_not_sent_by_hand() -> None:
    report = replace(SENT, receipt="ops-2026-11-19-slack-desk", channel="operations", delivered_at=NOW)

    found = explain(FakeLedger(TOLD, sent=(SENT, report)), DAY, None, NOW, slack=False)

    assert found["sent_by_hand"] == []
