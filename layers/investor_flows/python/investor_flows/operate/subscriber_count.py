"""The last count of subscribers, in an item of its own (see items.py)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from investor_flows.items import Item, stamp

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEY: Item = {"pk": {"S": "WATCH"}, "sk": {"S": "SUBSCRIBERS"}}
UNCHANGED = "#confirmed = :before"
NONE_YET = "attribute_not_exists(#confirmed)"


class SubscriberCount:
    """Reads and keeps the count."""

    def __init__(self, client: "DynamoDBClient", table_name: str) -> None:
        self._client = client
        self._table = table_name

    def last_count(self) -> int | None:
        """The last count; None where there is none yet."""
        item = self._client.get_item(TableName=self._table, Key=KEY, ConsistentRead=True).get("Item")
        return int(item["confirmed"]["N"]) if item else None

    def remember(self, count: int, before: int | None, now: datetime) -> bool:
        """Keep a count in the place of `before`; say whether that was still there."""
        values: Any = {":count": {"N": str(count)}, ":now": stamp(now)}
        if before is not None:
            values[":before"] = {"N": str(before)}
        try:
            self._client.update_item(
                TableName=self._table,
                Key=KEY,
                UpdateExpression="SET #confirmed = :count, #counted_at = :now",
                ConditionExpression=NONE_YET if before is None else UNCHANGED,
                ExpressionAttributeNames={"#confirmed": "confirmed", "#counted_at": "counted_at"},
                ExpressionAttributeValues=values,
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True
