"""The log of deliveries: one item per announcement and channel, beside the announcement (see items.py)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from investor_flows.deliver import Delivery
from investor_flows.errors import DeliveryDelayed
from investor_flows.items import Item, release_key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REASON_LIMIT = 300


class DeliveryLog:
    """Who was told what, who is being told, and why not."""

    def __init__(self, client: "DynamoDBClient", table_name: str) -> None:
        self._client = client
        self._table = table_name

    def claim(self, delivery: Delivery, now: datetime, until: datetime) -> bool:
        """Take the delivery on; False if it was delivered. Raises DeliveryDelayed while another run has it."""
        free = "attribute_not_exists(delivered_at) AND (attribute_not_exists(claimed_until) OR claimed_until <= :now)"
        try:
            self._update(
                delivery,
                "SET claimed_until = :until ADD attempts :one",
                {":until": _stamp(until), ":now": _stamp(now), ":one": {"N": "1"}},
                ConditionExpression=free,
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            item: Item = error.response.get("Item", {})  # type: ignore[assignment]
            if "delivered_at" in item:
                return False
            message = f"{delivery.receipt} to {delivery.channel}: another run has it"
            raise DeliveryDelayed(message, _seconds_until(item, now)) from None
        return True

    def mark_delivered(self, delivery: Delivery, now: datetime, reference: str) -> None:
        """Remember that the channel took the message; `reference` is Slack's timestamp where it gives one."""
        values = {":now": _stamp(now), ":reference": {"S": reference}}
        self._update(delivery, "SET delivered_at = :now, reference = :reference REMOVE claimed_until, reason", values)

    def give_back(self, delivery: Delivery, reason: str) -> None:
        """End the claim, so that a retry need not wait for its end."""
        self._update(delivery, "SET reason = :reason REMOVE claimed_until", {":reason": {"S": reason[:REASON_LIMIT]}})

    def _update(self, delivery: Delivery, expression: str, values: Item, **options: Any) -> None:
        key: Any = {
            "pk": {"S": release_key(delivery.published_date)},
            "sk": {"S": f"DELIVERY#{delivery.receipt}#{delivery.channel}"},
        }
        self._client.update_item(
            TableName=self._table,
            Key=key,
            UpdateExpression=expression,
            ExpressionAttributeValues=values,
            **options,
        )


def _stamp(moment: datetime) -> Item:
    return {"S": moment.isoformat()}


def _seconds_until(item: Item, now: datetime) -> int:
    claimed_until = datetime.fromisoformat(item["claimed_until"]["S"])
    return max(1, int((claimed_until - now).total_seconds()) + 1)
