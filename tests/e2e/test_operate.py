"""Operators' requests on the deployed template: each file of `events/` is answered, and a bad one changes nothing."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from investor_flows.releases import held_record
from investor_flows.store import RecordStore

from tests.conftest import Deployed, World, open_world
from tests.e2e.runtime import event
from tests.local.processes import StackError


@pytest.fixture(scope="module")
def told(deployed: Deployed) -> Iterator[World]:
    """A start and a new week, told to everybody."""
    with open_world(deployed) as world:
        world.poll()
        world.vendor.exchange.publish_next_week()
        world.poll()
        world.await_messages("slack", 2)
        yield world


def operate(world: World, name: str, **fields: Any) -> dict[str, Any]:
    """Send a file of `events/`, as an operator does, just after the newest release."""
    return world.stack.invoke("operate", {**event(name), "time": world.vendor.exchange.now.isoformat(), **fields})


def items(world: World) -> list[dict[str, Any]]:
    """The whole table but for deliveries: one that an earlier request asked for may still be on its way."""
    found: list[dict[str, Any]] = world.client("dynamodb").scan(TableName=world.table_name)["Items"]
    return sorted(
        (item for item in found if not item["sk"]["S"].startswith("DELIVERY#")),
        key=lambda item: (item["pk"]["S"], item["sk"]["S"]),
    )


def test_explain_says_who_was_told(told: World) -> None:
    answer = operate(told, "explain")

    [announcement] = answer["announcements"]
    assert announcement["topic"]["state"] == "told"
    assert [(each["channel"], each["state"]) for each in announcement["channels"]] == [("slack-webhook", "told")]


def test_the_doctor_finds_the_local_stack_well(told: World) -> None:
    answer = operate(told, "doctor", time=datetime.now(UTC).isoformat())

    ill = [line for line in answer["findings"] if line.startswith("NOT OK")]
    assert [line for line in ill if not line.startswith("NOT OK: next release")] == []  # the exchange has its own time
    assert "ok: J-Quants Pro: accepts the key, sent as JQuantsAuthScheme=raw" in answer["findings"]
    assert any(line.startswith("ok: from and to: mean the published date") for line in answer["findings"])


def test_a_preview_is_what_readers_got(told: World) -> None:
    [shown] = operate(told, "preview")["messages"]

    slack = [{name: each[name] for name in ("text", "blocks")} for each in told.await_messages("slack", 2)]
    email = [{"subject": each["subject"], "text": each["message"]} for each in told.await_messages("email", 2)]
    assert shown["slack"] in slack
    assert shown["email"] in email
    assert base64.b64decode(shown["png"]["base64"]).startswith(b"\x89PNG")


def test_a_replay_to_slack_reaches_slack_alone_and_is_known_to_explain(told: World) -> None:
    emails, before = len(told.await_messages("email", 2)), len(told.await_messages("slack", 2))

    [sent] = operate(told, "replay")["sent"]

    *_, again = told.await_messages("slack", before + 1)
    told.await_empty("SlackQueueUrl")
    [by_hand] = operate(told, "explain")["sent_by_hand"]
    assert again["text"].startswith(f"【再送】{sent['replays']}")
    assert (by_hand["receipt"], by_hand["state"]) == (sent["receipt"], "told")
    assert len(told.await_messages("email", 2)) == emails


def test_a_replay_to_e_mail_does_not_reach_slack(told: World) -> None:
    emails, before = len(told.await_messages("email", 2)), len(told.await_messages("slack", 2))

    operate(told, "replay", channel="email")

    *_, again = told.await_messages("email", emails + 1)
    told.await_empty("SlackQueueUrl")
    assert "REPLAY" in again["subject"]
    assert len(told.await_messages("slack", 2)) == before


def test_a_test_reaches_everybody_and_says_that_it_is_one(told: World) -> None:
    emails, before = len(told.await_messages("email", 2)), len(told.await_messages("slack", 2))

    operate(told, "test", channel="all")

    assert "TEST" in told.await_messages("email", emails + 1)[-1]["subject"]
    assert told.await_messages("slack", before + 1)[-1]["text"].startswith("【テスト】")


def test_figures_as_of_a_day_come_as_csv(told: World) -> None:
    answer = operate(told, "as_of")

    header, *lines = answer["csv"].splitlines()
    assert header.startswith("section,measure,start_date,end_date,published_date")
    assert len(lines) == 2 * answer["weeks"] > 0


def test_revisions_are_none_where_nothing_was_corrected(told: World) -> None:
    answer = operate(told, "revisions")

    assert (answer["revisions"], answer["typical"]) == ([], [])
    assert answer["weeks"] > 0


def test_a_span_of_history_is_asked_for_by_published_dates(told: World) -> None:
    span = {"from": "2026-06-01", "to": "2026-06-30", "time": told.vendor.exchange.now.isoformat()}

    report = told.stack.invoke("poll", {**event("backfill"), **span})

    assert report["rows"] > 0
    assert (report["new"], report["announced"]) == (0, 0)


def test_a_held_row_is_listed_and_released_by_hand_with_a_reason(told: World) -> None:
    store = RecordStore(told.client("dynamodb"), told.table_name)
    newest = store.announcements(store.progress().last_published or date.min)[0].keys[0]
    [vintage] = store.find([newest])
    store.hold(held_record(replace(vintage.record, section="TSENext"), "out of all proportion"), vintage.first_seen_at)
    before = len(told.await_messages("slack", 2))

    [held] = operate(told, "held")["rows"]
    request = event("release_held") | {"fingerprint": held["fingerprint"], "reason": "checked by hand"}
    report = told.stack.invoke("poll", {**request, "time": told.vendor.exchange.now.isoformat()})

    assert (held["state"], held["can_be_released"]) == ("held", True)
    assert (report["new"], report["announced"]) == (1, 1)
    assert len(told.await_messages("slack", before + 1)) == before + 1
    assert operate(told, "held")["rows"][0]["state"] == "released by hand"


def test_a_lost_e_mail_subscription_is_reported_to_operators(told: World) -> None:
    sns, topic = told.client("sns"), told.stack.outputs["TopicArn"]
    subscribed = sns.subscribe(
        TopicArn=topic, Protocol="email", Endpoint="desk@example.com", ReturnSubscriptionArn=True
    )["SubscriptionArn"]
    before = operate(told, "watch")
    sns.unsubscribe(SubscriptionArn=subscribed)

    after = operate(told, "watch")

    assert after == {"subscribers": before["subscribers"] - 1, "before": before["subscribers"], "reported": True}


BAD_POLLS: list[dict[str, Any]] = [
    {"task": "poll", "from": "2026-11-01"},
    {"task": "backfill", "from": "2026-13-01"},
    {"task": "audit", "section": "TSEPrime"},
    {"task": "release_held", "fingerprint": "0000000000000000", "reason": "checked by hand"},
]
BAD: list[dict[str, Any]] = [  # one of each file; tests/unit has the others
    {"task": "explian"},
    {"task": "explain", "receipt": "rel-2026-11-19-00000000"},
    {"task": "doctor", "patient": "me"},
    {"task": "preview", "language": "fr"},
    {"task": "replay", "channel": "sms"},
    {"task": "test"},
    {"task": "as_of", "clock": "utc"},
    {"task": "revisions", "section": "TSEPrim"},
    {"task": "held", "fingerprint": "0000000000000000"},
    {"task": "watch", "count": 3},
]


REQUESTS = [("operate", bad) for bad in BAD] + [("poll", bad) for bad in BAD_POLLS]


@pytest.mark.parametrize(("function", "bad"), REQUESTS, ids=str)
def test_a_bad_request_is_an_error_that_says_what_is_accepted_and_changes_nothing(
    told: World, function: str, bad: dict[str, Any]
) -> None:
    before = items(told)

    with pytest.raises(StackError, match=rf"{function} failed: .*(must be|not stored|takes|for the list)"):
        told.stack.invoke(function, bad)

    assert items(told) == before
