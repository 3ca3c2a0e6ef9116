"""What the log of deliveries asks of DynamoDB, to the letter; what comes of it is tested at integration level."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError
from botocore.stub import ANY, Stubber
from investor_flows.errors import DeliveryDelayed
from investor_flows.model import JST
from investor_flows.slack import deliveries
from investor_flows.slack.deliveries import REASON_LIMIT, DeliveryLog
from investor_flows.slack.delivery_steps import Delivery, Earlier, Place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOW, UNTIL = datetime(2026, 11, 19, 18, 1, tzinfo=JST), datetime(2026, 11, 19, 18, 2, 30, tzinfo=JST)
NOW_IN_UTC, UNTIL_IN_UTC = "2026-11-19T09:01:00+00:00", "2026-11-19T09:02:30+00:00"
DELIVERY = Delivery("rel-2026-11-19-0123abcd", date(2026, 11, 19), "slack-webhook")
KEY = {"pk": {"S": "RELEASE#2026-11-19"}, "sk": {"S": "DELIVERY#rel-2026-11-19-0123abcd#slack-webhook"}}
LONG = "日" * 2 * REASON_LIMIT


@pytest.fixture
def log(client: "DynamoDBClient", dynamodb: Stubber) -> DeliveryLog:  # noqa: ARG001 - answers for the client
    return DeliveryLog(client, "table")


def update(expression: str, names: str, values: dict[str, Any]) -> dict[str, Any]:
    """A change of the delivery's item, in which each name is an alias."""
    return {
        "TableName": "table",
        "Key": KEY,
        "UpdateExpression": expression,
        "ExpressionAttributeNames": {f"#{name}": name for name in names.split()},
        "ExpressionAttributeValues": values,
    }


def claim() -> dict[str, Any]:
    """What a run asks for that takes the delivery on."""
    taken = "#claim = :claim, #claimed_until = :until, #begun_at = if_not_exists(#begun_at, :now)"
    values = {":claim": {"S": ANY}, ":until": {"S": UNTIL_IN_UTC}, ":now": {"S": NOW_IN_UTC}, ":one": {"N": "1"}}
    free = "attribute_not_exists(#delivered_at) AND (attribute_not_exists(#claimed_until) OR #claimed_until <= :now)"
    options = {"ReturnValues": "ALL_OLD", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    names = "claim claimed_until begun_at attempts delivered_at"
    return update(f"SET {taken} ADD #attempts :one", names, values) | {"ConditionExpression": free} | options


def refuse(dynamodb: Stubber, item: dict[str, Any]) -> None:
    """Let the claim fail on what the item holds."""
    dynamodb.add_client_error(
        "update_item", "ConditionalCheckFailedException", modeled_fields={"Item": item}, expected_params=claim()
    )


def test_a_claim_takes_what_is_neither_delivered_nor_claimed_and_counts_the_attempt(
    log: DeliveryLog, dynamodb: Stubber
) -> None:
    dynamodb.add_response("update_item", {}, claim())

    assert log.claim(DELIVERY, NOW, UNTIL) == Earlier()


def test_a_claim_after_others_says_when_the_first_began_where_the_text_stands_and_what_is_done(
    log: DeliveryLog, dynamodb: Stubber
) -> None:
    before = {
        "begun_at": {"S": "2026-11-19T08:00:00+00:00"},
        "posted_as": {"S": "1700000000.000100"},
        "thread": {"S": "1600000000.000001"},
        "done": {"SS": ["chart", "rel-2026-11-12-0000000a"]},
    }
    dynamodb.add_response("update_item", {"Attributes": before}, claim())

    earlier = log.claim(DELIVERY, NOW, UNTIL)

    since, place = datetime(2026, 11, 19, 8, tzinfo=UTC), Place("1700000000.000100", "1600000000.000001")
    assert earlier == Earlier(since, place, frozenset({"chart", "rel-2026-11-12-0000000a"}))


def test_a_claim_that_the_client_made_twice_is_one_s_own(
    log: DeliveryLog, dynamodb: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Boto asks again where the first answer was lost, and is told of the claim that it made."""
    own = uuid4()
    monkeypatch.setattr(deliveries, "uuid4", lambda: own)
    claimed = {"claim": {"S": own.hex}, "claimed_until": {"S": UNTIL_IN_UTC}, "begun_at": {"S": NOW_IN_UTC}}
    refuse(dynamodb, claimed)

    assert log.claim(DELIVERY, NOW, UNTIL) == Earlier(NOW)


def test_what_is_delivered_cannot_be_claimed(log: DeliveryLog, dynamodb: Stubber) -> None:
    refuse(dynamodb, {"delivered_at": {"S": NOW_IN_UTC}})

    assert log.claim(DELIVERY, NOW, UNTIL) is None


@pytest.mark.parametrize(("left", "wait"), [(90.0, 91), (30.0, 31), (0.5, 1), (0.0, 1), (-5.0, 1)])
def test_while_another_run_has_it_the_wait_is_to_the_second_after_the_end_of_its_claim(
    log: DeliveryLog, dynamodb: Stubber, left: float, wait: int
) -> None:
    end = (NOW + timedelta(seconds=left)).astimezone(UTC)
    refuse(dynamodb, {"claimed_until": {"S": end.isoformat()}})

    with pytest.raises(DeliveryDelayed) as delayed:
        log.claim(DELIVERY, NOW, UNTIL)

    assert str(delayed.value) == "rel-2026-11-19-0123abcd to slack-webhook: another run has it"
    assert delayed.value.retry_after == wait


def test_a_table_that_cannot_answer_is_an_error_and_no_claim(log: DeliveryLog, dynamodb: Stubber) -> None:
    dynamodb.add_client_error("update_item", "ThrottlingException")

    with pytest.raises(ClientError, match="Throttling"):
        log.claim(DELIVERY, NOW, UNTIL)


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ({"posted_as": {"S": "1700000000.000100"}}, Place("1700000000.000100")),
        ({"posted_as": {"S": "17.1"}, "thread": {"S": "16.1"}}, Place("17.1", "16.1")),
        ({"begun_at": {"S": NOW_IN_UTC}}, None),
    ],
)
def test_where_a_text_stands_is_read_as_it_was_last_written(
    log: DeliveryLog, dynamodb: Stubber, item: dict[str, Any], place: Place | None
) -> None:
    dynamodb.add_response("get_item", {"Item": item}, {"TableName": "table", "Key": KEY, "ConsistentRead": True})

    assert log.place_of(DELIVERY) == place


def test_a_delivery_that_nobody_took_on_stands_nowhere(log: DeliveryLog, dynamodb: Stubber) -> None:
    dynamodb.add_response("get_item", {})

    assert log.place_of(DELIVERY) is None


def test_where_a_text_stands_is_noted_with_the_thread_where_it_is_a_reply(log: DeliveryLog, dynamodb: Stubber) -> None:
    alone = update("SET #posted_as = :posted_as", "posted_as", {":posted_as": {"S": "17.1"}})
    values = {":posted_as": {"S": "17.1"}, ":thread": {"S": "16.1"}}
    reply = update("SET #posted_as = :posted_as, #thread = :thread", "posted_as thread", values)
    dynamodb.add_response("update_item", {}, alone)
    dynamodb.add_response("update_item", {}, reply)

    log.note_place(DELIVERY, Place("17.1"))
    log.note_place(DELIVERY, Place("17.1", "16.1"))


def test_a_step_that_is_done_is_added_to_those_that_are(log: DeliveryLog, dynamodb: Stubber) -> None:
    dynamodb.add_response("update_item", {}, update("ADD #done :step", "done", {":step": {"SS": ["chart"]}}))

    log.note_done(DELIVERY, "chart")


def test_what_is_delivered_whole_has_no_claim_and_no_reason_any_more(log: DeliveryLog, dynamodb: Stubber) -> None:
    end = "SET #delivered_at = :now REMOVE #claimed_until, #failed_at, #refused, #reason"
    names = "delivered_at claimed_until failed_at refused reason"
    dynamodb.add_response("update_item", {}, update(end, names, {":now": {"S": NOW_IN_UTC}}))

    log.mark_delivered(DELIVERY, NOW, "")


def test_what_a_delivery_lacks_is_its_reason_and_no_longer_than_a_limit(log: DeliveryLog, dynamodb: Stubber) -> None:
    end = "SET #delivered_at = :now, #reason = :reason REMOVE #claimed_until, #failed_at, #refused"
    values = {":now": {"S": NOW_IN_UTC}, ":reason": {"S": LONG[:REASON_LIMIT]}}
    dynamodb.add_response("update_item", {}, update(end, "delivered_at reason claimed_until failed_at refused", values))

    log.mark_delivered(DELIVERY, NOW, LONG)


@pytest.mark.parametrize("refused", [True, False])
def test_a_claim_is_given_back_with_the_time_and_a_reason_no_longer_than_a_limit(
    log: DeliveryLog, dynamodb: Stubber, refused: bool
) -> None:
    end = "SET #reason = :reason, #failed_at = :now, #refused = :refused REMOVE #claimed_until"
    values = {":reason": {"S": LONG[:REASON_LIMIT]}, ":now": {"S": NOW_IN_UTC}, ":refused": {"BOOL": refused}}
    dynamodb.add_response("update_item", {}, update(end, "reason failed_at refused claimed_until", values))

    log.give_back(DELIVERY, LONG, NOW, refused=refused)


def test_what_is_given_back_was_not_refused_unless_that_is_said(log: DeliveryLog, dynamodb: Stubber) -> None:
    end = "SET #reason = :reason, #failed_at = :now, #refused = :refused REMOVE #claimed_until"
    values = {":reason": {"S": "503"}, ":now": {"S": NOW_IN_UTC}, ":refused": {"BOOL": False}}
    dynamodb.add_response("update_item", {}, update(end, "reason failed_at refused claimed_until", values))

    log.give_back(DELIVERY, "503", NOW)
