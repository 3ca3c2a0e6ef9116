"""The log of deliveries on the emulator: how far each has come, and a bot's crashes with the real log."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from investor_flows.errors import DeliveryDelayed
from investor_flows.slack.bot import Bot, bot
from investor_flows.slack.deliver import LEASE, Outcome, deliver
from investor_flows.slack.deliveries import REASON_LIMIT, DeliveryLog
from investor_flows.slack.delivery_steps import CHART, Delivery, Earlier, Picture, Place

from tests.integration.conftest import Table
from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN

NOW = datetime(2026, 11, 19, 9, 1, tzinfo=UTC)
CHANNEL = "C0LOCAL01"
ORIGINAL, CORRECTION = "rel-2026-11-19-0000000a", "rev-2026-11-26-0000000b"
DELIVERY = Delivery(ORIGINAL, date(2026, 11, 19), "slack-desk")
WORDS_OF_THE_LANGUAGE = {"SET", "REMOVE", "ADD", "AND", "OR", "attribute_not_exists", "if_not_exists"}


@pytest.fixture
def log(table: Table) -> DeliveryLog:
    return DeliveryLog(table.client, table.name)


def item(table: Table) -> dict[str, Any]:
    """What the table holds of the only delivery, but for the name of its claim, which is another each time."""
    [found] = table.items()
    assert found["pk"] == {"S": "RELEASE#2026-11-19"}
    assert found["sk"] == {"S": f"DELIVERY#{ORIGINAL}#slack-desk"}
    return {name: next(iter(value.values())) for name, value in found.items() if name not in ("pk", "sk", "claim")}


def test_the_first_run_finds_nothing_done(log: DeliveryLog) -> None:
    assert log.claim(DELIVERY, NOW, NOW + LEASE) == Earlier()


def test_a_later_run_finds_when_the_first_began_where_the_text_stands_and_what_is_done(log: DeliveryLog) -> None:
    log.claim(DELIVERY, NOW, NOW + LEASE)
    log.note_place(DELIVERY, Place("1700000000.000100", "1600000000.000001"))
    log.note_done(DELIVERY, CHART)
    log.note_done(DELIVERY, ORIGINAL)
    log.give_back(DELIVERY, "503", NOW)
    log.claim(DELIVERY, NOW + timedelta(seconds=30), NOW + LEASE)

    earlier = log.claim(DELIVERY, NOW + 2 * LEASE, NOW + 3 * LEASE)

    place = Place("1700000000.000100", "1600000000.000001")
    assert earlier == Earlier(NOW, place, frozenset({CHART, ORIGINAL}))


def test_a_claim_keeps_others_away_until_it_ends(log: DeliveryLog) -> None:
    log.claim(DELIVERY, NOW, NOW + LEASE)

    with pytest.raises(DeliveryDelayed, match="another run") as delayed:
        log.claim(DELIVERY, NOW + timedelta(seconds=30), NOW + 2 * LEASE)

    assert delayed.value.retry_after == LEASE.total_seconds() - 30 + 1
    assert log.claim(DELIVERY, NOW + LEASE, NOW + 2 * LEASE) == Earlier(NOW)


class Stammering:
    """A client whose first answer is lost each time: it asks again by itself, and gives the second one."""

    def __init__(self, client: Any) -> None:
        self.exceptions = client.exceptions
        self._client = client

    def update_item(self, **asked: Any) -> Any:
        """Ask twice."""
        self._client.update_item(**asked)
        return self._client.update_item(**asked)


def test_a_claim_whose_answer_was_lost_is_one_s_own(table: Table, log: DeliveryLog) -> None:
    stammering = DeliveryLog(Stammering(table.client), table.name)  # type: ignore[arg-type]

    assert stammering.claim(DELIVERY, NOW, NOW + LEASE) == Earlier(NOW)
    with pytest.raises(DeliveryDelayed, match="another run"):
        log.claim(DELIVERY, NOW, NOW + LEASE)


def test_what_was_delivered_is_not_taken_on_again(log: DeliveryLog) -> None:
    log.claim(DELIVERY, NOW, NOW + LEASE)
    log.mark_delivered(DELIVERY, NOW, "")

    assert log.claim(DELIVERY, NOW + 9 * LEASE, NOW + 10 * LEASE) is None


def test_a_place_is_known_by_receipt_and_channel(log: DeliveryLog) -> None:
    log.note_place(DELIVERY, Place("1700000000.000100"))

    assert log.place_of(DELIVERY) == Place("1700000000.000100")
    assert log.place_of(Delivery(ORIGINAL, date(2026, 11, 19), "slack-webhook")) is None
    assert log.place_of(Delivery(CORRECTION, date(2026, 11, 26), DELIVERY.channel)) is None


def test_a_delivery_that_is_under_way_stands_nowhere(log: DeliveryLog) -> None:
    log.claim(DELIVERY, NOW, NOW + LEASE)

    assert log.place_of(DELIVERY) is None


def test_a_shortcoming_stays_with_the_delivery_and_a_reason_that_passed_does_not(
    table: Table, log: DeliveryLog
) -> None:
    log.claim(DELIVERY, NOW, NOW + LEASE)
    log.give_back(DELIVERY, "503", NOW)
    failed = item(table)
    log.mark_delivered(DELIVERY, NOW, "")
    healed = item(table)
    log.mark_delivered(DELIVERY, NOW, "x" * 2 * REASON_LIMIT)

    failure = {"reason": "503", "failed_at": NOW.isoformat(), "refused": False}
    assert failed == {"attempts": "1", "begun_at": NOW.isoformat(), **failure}
    assert healed == {"attempts": "1", "begun_at": NOW.isoformat(), "delivered_at": NOW.isoformat()}
    assert item(table)["reason"] == "x" * REASON_LIMIT


def test_every_name_is_an_alias_since_dynamodb_reserves_words_such_as_reference(table: Table) -> None:
    client, sent = table.client, list[str]()

    def keep(params: dict[str, Any], **_: object) -> None:
        sent.extend((params["UpdateExpression"], params.get("ConditionExpression", "")))

    client.meta.events.register("provide-client-params.dynamodb.UpdateItem", keep)
    log = DeliveryLog(client, table.name)
    log.claim(DELIVERY, NOW, NOW + LEASE)
    log.note_place(DELIVERY, Place("1", "2"))
    log.note_done(DELIVERY, CHART)
    log.give_back(DELIVERY, "503", NOW)
    log.mark_delivered(DELIVERY, NOW, "")
    log.mark_delivered(DELIVERY, NOW, "missing_scope")
    client.meta.events.unregister("provide-client-params.dynamodb.UpdateItem", keep)

    assert len(sent) == 12
    assert set(re.findall(r"(?<![#:\w])\w+", " ".join(sent))) <= WORDS_OF_THE_LANGUAGE


class Crash(Exception):
    """The process ends."""


class CrashingLog(DeliveryLog):
    """A log under a process that ends before it can note the step named."""

    crashes_before = ""

    def note_place(self, delivery: Delivery, place: Place) -> None:
        """Note where the text stands."""
        self._crash("note_place")
        super().note_place(delivery, place)

    def note_done(self, delivery: Delivery, step: str) -> None:
        """Note a step."""
        self._crash(step)
        super().note_done(delivery, step)

    def mark_delivered(self, delivery: Delivery, now: datetime, shortcoming: str) -> None:
        """Note the end."""
        self._crash("mark_delivered")
        super().mark_delivered(delivery, now, shortcoming)

    def _crash(self, step: str) -> None:
        if step == self.crashes_before:
            raise Crash


def a_bot(inbox: Inbox) -> Bot:
    return bot("desk", TOKEN, f"{inbox.url}/api/", CHANNEL, lambda _: Picture(b"png", "chart"))


def a_document(receipt: str, *corrects: str) -> dict[str, Any]:
    published = receipt.partition("-")[2][:10]
    dates = {"published_date": published, "as_of": published}
    slack = {"text": receipt, "blocks": [{"type": "section", "text": {"type": "plain_text", "text": receipt}}]}
    return {"receipt": receipt, "language": "ja", "corrects": list(corrects), "slack": slack, **dates}


@pytest.mark.parametrize("step", ["note_place", CHART, ORIGINAL, "mark_delivered"])
def test_a_crash_before_a_step_is_noted_repeats_nothing_that_a_reader_sees(
    table: Table, inbox: Inbox, step: str
) -> None:
    log, now = CrashingLog(table.client, table.name), datetime.now(UTC)
    assert deliver(a_document(ORIGINAL), a_bot(inbox), log, now) is Outcome.DELIVERED
    log.crashes_before = step
    with pytest.raises(Crash):
        deliver(a_document(CORRECTION, ORIGINAL), a_bot(inbox), log, now)
    log.crashes_before = ""

    with pytest.raises(DeliveryDelayed):
        deliver(a_document(CORRECTION, ORIGINAL), a_bot(inbox), log, now + LEASE / 2)
    outcomes = [deliver(a_document(CORRECTION, ORIGINAL), a_bot(inbox), log, now + LEASE) for _ in range(2)]

    original, _, correction, chart = (message.content for message in inbox.messages)
    assert outcomes == [Outcome.DELIVERED, Outcome.REPEATED]
    assert (correction["text"], chart["files"][0]["name"]) == (CORRECTION, f"{CORRECTION}.png")
    assert correction["thread_ts"] == chart["thread_ts"] == original["ts"]
    assert original["text"].count(CORRECTION) == 1
