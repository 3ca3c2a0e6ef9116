"""The log of deliveries: one item per announcement and channel, beside the announcement (see items.py)."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from investor_flows.errors import DeliveryDelayed
from investor_flows.items import Item, release_key, stamp
from investor_flows.slack.delivery_steps import Delivery, Earlier, Place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

FREE = "attribute_not_exists(#delivered_at) AND (attribute_not_exists(#claimed_until) OR #claimed_until <= :now)"
REASON_LIMIT = 300


class DeliveryLog:
    """Who was told what, who is being told, how far that has come, and why not further."""

    def __init__(self, client: "DynamoDBClient", table_name: str) -> None:
        self._client = client
        self._table = table_name

    def claim(self, delivery: Delivery, now: datetime, until: datetime) -> Earlier | None:
        """Take the delivery on; None if it was delivered. Raises DeliveryDelayed while another run has it."""
        begin = "SET #claim = :claim, #claimed_until = :until, #begun_at = if_not_exists(#begun_at, :now)"
        begin, claim = f"{begin} ADD #attempts :one", {"S": uuid4().hex}
        values = {":claim": claim, ":until": stamp(until), ":now": stamp(now), ":one": {"N": "1"}}
        options = {"ReturnValues": "ALL_OLD", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
        try:
            before = self._update(delivery, begin, values, FREE, **options)
        except self._client.exceptions.ConditionalCheckFailedException as error:
            item: Item = error.response.get("Item", {})  # type: ignore[assignment]
            if "delivered_at" in item:
                return None
            if item.get("claim") == claim:  # the client asked again, since the first answer was lost
                return _earlier(item)
            message = f"{delivery.receipt} to {delivery.channel}: another run has it"
            raise DeliveryDelayed(message, _seconds_until(item, now)) from None
        return _earlier(before)

    def place_of(self, delivery: Delivery) -> Place | None:
        """Where the text of a delivery stands, if that is known."""
        answer: Any = self._client.get_item(TableName=self._table, Key=_key(delivery), ConsistentRead=True)
        return _place(answer.get("Item", {}))

    def note_place(self, delivery: Delivery, place: Place) -> None:
        """Remember where the text stands: Slack's timestamp, and that of the thread where it is a reply."""
        values = {":posted_as": {"S": place.reference}} | ({":thread": {"S": place.thread}} if place.thread else {})
        settings = ", ".join(f"#{value[1:]} = {value}" for value in values)
        self._update(delivery, f"SET {settings}", values)

    def note_done(self, delivery: Delivery, step: str) -> None:
        """Remember that a step after the text is done."""
        self._update(delivery, "ADD #done :step", {":step": {"SS": [step]}})

    def mark_delivered(self, delivery: Delivery, now: datetime, shortcoming: str) -> None:
        """Remember that the channel has the message, and what it has not got with it."""
        end, values = "REMOVE #claimed_until, #failed_at, #refused", {":now": stamp(now)}
        if not shortcoming:
            self._update(delivery, f"SET #delivered_at = :now {end}, #reason", values)
            return
        values |= {":reason": {"S": shortcoming[:REASON_LIMIT]}}
        self._update(delivery, f"SET #delivered_at = :now, #reason = :reason {end}", values)

    def give_back(self, delivery: Delivery, reason: str, now: datetime, *, refused: bool = False) -> None:
        """End the claim before its time, so that a retry need not wait for its end; note when it failed, and why."""
        failure = "SET #reason = :reason, #failed_at = :now, #refused = :refused REMOVE #claimed_until"
        values: Item = {":reason": {"S": reason[:REASON_LIMIT]}, ":now": stamp(now), ":refused": {"BOOL": refused}}
        self._update(delivery, failure, values)

    def _update(self, delivery: Delivery, update: str, values: Item, condition: str = "", **options: Any) -> Item:
        """Change the item, and return what was asked for. DynamoDB reserves 573 words, so every name is an alias."""
        if condition:
            options["ConditionExpression"] = condition
        names = set(re.findall(r"#(\w+)", update + condition))
        answer: Any = self._client.update_item(
            TableName=self._table,
            Key=_key(delivery),
            UpdateExpression=update,
            ExpressionAttributeNames={f"#{name}": name for name in names},
            ExpressionAttributeValues=values,
            **options,
        )
        return dict(answer.get("Attributes", {}))


def _key(delivery: Delivery) -> Item:
    return {
        "pk": {"S": release_key(delivery.published_date)},
        "sk": {"S": f"DELIVERY#{delivery.receipt}#{delivery.channel}"},
    }


def _earlier(item: Item) -> Earlier:
    since = datetime.fromisoformat(item["begun_at"]["S"]) if "begun_at" in item else None
    return Earlier(since, _place(item), frozenset(item["done"]["SS"] if "done" in item else ()))


def _place(item: Item) -> Place | None:
    if "posted_as" not in item:
        return None
    return Place(item["posted_as"]["S"], item["thread"]["S"] if "thread" in item else None)


def _seconds_until(item: Item, now: datetime) -> int:
    claimed_until = datetime.fromisoformat(item["claimed_until"]["S"])
    return max(1, int((claimed_until - now).total_seconds()) + 1)
