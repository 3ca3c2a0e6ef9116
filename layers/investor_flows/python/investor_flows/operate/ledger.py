"""The ledger: what the table knows of who was told what. It reads; store.py and deliveries.py write."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from investor_flows.held_items import PARTITION, to_held_row
from investor_flows.held_rows import HeldRow
from investor_flows.items import Item, release_key, to_announcement
from investor_flows.operate.explain import Owed, Sent

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MARK = "-mark"
"""Ends the name of what is no channel: the turn that corrections of one message take at marking it."""


class Ledger:
    """Reads one release with its deliveries."""

    def __init__(self, client: "DynamoDBClient", table_name: str) -> None:
        self._client = client
        self._table = table_name

    def release(self, published_date: date) -> tuple[list[Owed], list[Sent]]:
        """Everything that was published on a date, and each channel's progress with it."""
        items = self._partition(release_key(published_date))
        owed = [_owed(item) for item in items if item["sk"]["S"].startswith("ANNOUNCEMENT#")]
        sent = [_sent(item) for item in items if item["sk"]["S"].startswith("DELIVERY#")]
        return owed, [each for each in sent if not each.channel.endswith(MARK)]

    def held(self) -> list[HeldRow]:
        """Every held row."""
        return [to_held_row(item) for item in self._partition(PARTITION)]

    def _partition(self, key: str) -> list[Item]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": key}},
            ConsistentRead=True,
        )
        return [dict(item) for page in pages for item in page["Items"]]


def _owed(item: Item) -> Owed:
    return Owed(to_announcement(item), _moment(item, "told_at"), _moment(item, "offered_at"))


def _sent(item: Item) -> Sent:
    _, receipt, channel = item["sk"]["S"].split("#", 2)
    return Sent(
        receipt,
        channel,
        int(item["attempts"]["N"]) if "attempts" in item else 0,
        _moment(item, "begun_at"),
        _moment(item, "claimed_until"),
        _moment(item, "delivered_at"),
        _moment(item, "failed_at"),
        bool(item["refused"]["BOOL"]) if "refused" in item else False,
        item["reason"]["S"] if "reason" in item else "",
    )


def _moment(item: Item, name: str) -> datetime | None:
    return datetime.fromisoformat(item[name]["S"]) if name in item else None
