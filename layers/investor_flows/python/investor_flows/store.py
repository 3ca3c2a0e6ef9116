"""The record store: one DynamoDB item per vintage, never rewritten, and the announcements that readers are owed.

Every write is conditional. Nothing here deletes, and no function has the permission to (template.yaml).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from investor_flows.announcements import Announcement, Kind, Occasion
from investor_flows.errors import Outrun
from investor_flows.held_items import held_item, held_key, to_held_row
from investor_flows.held_rows import HeldRow
from investor_flows.items import (
    PROGRESS_KEY,
    Item,
    announcement_item,
    announcement_key,
    progress_item,
    release_key,
    series_key,
    stamp,
    to_announcement,
    to_progress,
    to_vintage,
    vintage_item,
    vintage_item_key,
)
from investor_flows.model import Held, Measure, Vintage, VintageKey
from investor_flows.progress import Progress

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

UNTOLD_INDEX = "untold"
ABSENT = "attribute_not_exists(pk)"
LOST_RACES = {"ConditionalCheckFailed", "TransactionConflict"}
BATCH_GET = 100


class RecordStore:
    """Vintages, announcements, held rows and the progress of polling, in one table."""

    def __init__(self, client: "DynamoDBClient", table_name: str) -> None:
        self._client = client
        self._table = table_name

    def progress(self) -> Progress:
        """How far polling has come. Eventually consistent: an older state is refused when it comes to writing."""
        answer = self._client.get_item(TableName=self._table, Key=PROGRESS_KEY)
        return to_progress(answer.get("Item"))

    def add(self, progress: Progress, announcements: Sequence[Announcement], vintages: Sequence[Vintage]) -> Progress:
        """Write all in one transaction, and return the progress as written. Raises Outrun if any of it is there."""
        written = replace(progress, version=progress.version + 1)
        items = [vintage_item(vintage) for vintage in vintages] + [announcement_item(each) for each in announcements]
        puts: list[Any] = [{"Put": self._put(item, ABSENT)} for item in items]
        puts.append({"Put": self._put_progress(written, progress.version)})
        try:
            self._client.transact_write_items(TransactItems=puts)
        except self._client.exceptions.TransactionCanceledException as error:
            raise self._outrun(error) from error
        return written

    def _put(self, item: Item, condition: str) -> Item:
        return {"TableName": self._table, "Item": item, "ConditionExpression": condition}

    def _put_progress(self, progress: Progress, expected: int) -> Item:
        if not expected:
            return self._put(progress_item(progress), ABSENT)
        values = {":expected": {"N": str(expected)}}
        put = self._put(progress_item(progress), "#version = :expected")
        return put | {"ExpressionAttributeNames": {"#version": "version"}, "ExpressionAttributeValues": values}

    def _outrun(self, error: ClientError) -> Exception:
        """Tell a lost race from a transaction that failed for another reason."""
        reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", ())}
        return Outrun("another poll stored first") if reasons & LOST_RACES else error

    def hold(self, held: Held, first_seen_at: datetime) -> bool:
        """Keep a held row apart, as received; say whether it is new."""
        try:
            self._client.put_item(**self._put(held_item(held, first_seen_at), ABSENT))
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def held_row(self, mark: str) -> HeldRow | None:
        """The held row of a fingerprint."""
        item = self._client.get_item(TableName=self._table, Key=held_key(mark), ConsistentRead=True).get("Item")
        return to_held_row(dict(item)) if item else None

    def vintages(self, section: str, measure: Measure, first: date, last: date) -> Iterator[Vintage]:
        """All vintages of the weeks that end from `first` to `last`, oldest week and oldest vintage first."""
        condition = "pk = :series AND sk BETWEEN :first AND :after"
        values = {":series": series_key(section, measure), ":first": str(first), ":after": f"{last}~"}  # "~" > "#"
        return map(to_vintage, self._query(condition, values, ConsistentRead=True))

    def find(self, keys: Sequence[VintageKey]) -> list[Vintage]:
        """The vintages of these keys, in their order."""
        found: dict[VintageKey, Vintage] = {}
        for start in range(0, len(keys), BATCH_GET):
            for item in self._get([vintage_item_key(key) for key in keys[start : start + BATCH_GET]]):
                vintage = to_vintage(item)
                found[vintage.key] = vintage
        return [found[key] for key in keys]

    def _get(self, keys: list[Item]) -> Iterator[Item]:
        while keys:
            asked: Any = {self._table: {"Keys": keys, "ConsistentRead": True}}
            answer: Any = self._client.batch_get_item(RequestItems=asked)
            yield from answer["Responses"].get(self._table, ())
            keys = list(answer.get("UnprocessedKeys", {}).get(self._table, {}).get("Keys", ()))

    def announcements(self, published_date: date) -> list[Announcement]:
        """What was published on a date, as it was stored: silent ones too."""
        values = {":release": release_key(published_date), ":kind": "ANNOUNCEMENT#"}
        condition = "pk = :release AND begins_with(sk, :kind)"
        return [to_announcement(item) for item in self._query(condition, values, ConsistentRead=True)]

    def was_announced(self, published_date: date) -> bool:
        """Whether readers are owed or have had this date's release; a correction of that date is none."""
        announced = self.announcements(published_date)
        return any(each.kind is Kind.RELEASE and each.occasion is not Occasion.HISTORY for each in announced)

    def told_in(self, announcement: Announcement) -> Set[str] | None:
        """The languages that an untold announcement was told in so far; None where nothing is owed any more.

        It is asked by a write that changes nothing, which no stream shows: a store that takes no notes is met before
        readers are told, not after.
        """
        ask: Any = {"UpdateExpression": "SET untold = :yes", "ConditionExpression": "attribute_exists(untold)"}
        ask |= {"ExpressionAttributeValues": {":yes": {"S": "yes"}}, "ReturnValues": "ALL_NEW"}
        try:
            answer = self._client.update_item(TableName=self._table, Key=announcement_key(announcement), **ask)
        except self._client.exceptions.ConditionalCheckFailedException:
            return None
        item: Item = answer["Attributes"]
        return frozenset(item.get("told_in", {}).get("SS", ()))

    def note_told(self, announcement: Announcement, language: str) -> None:
        """Remember that the topic took the announcement in one of its languages."""
        self._mark(announcement, "ADD told_in :language", {":language": {"SS": [language]}})

    def mark_told(self, announcement: Announcement, now: datetime) -> None:
        """Remember that the topic took the announcement in all its languages; it leaves the index of untold ones."""
        told = "SET told_at = if_not_exists(told_at, :now) REMOVE untold, offered_at"
        self._mark(announcement, told, {":now": stamp(now)})

    def _mark(self, announcement: Announcement, update: str, values: Item) -> None:
        key, there = announcement_key(announcement), "attribute_exists(pk)"
        told: Any = {"UpdateExpression": update, "ExpressionAttributeValues": values}
        self._client.update_item(TableName=self._table, Key=key, ConditionExpression=there, **told)

    def offer_again(self, untold_since: datetime, now: datetime) -> int:
        """Touch announcements untold since then, which offers them to the stream again; count them."""
        values = {":yes": "yes", ":since": stamp(untold_since)["S"]}
        condition = "untold = :yes AND offered_at < :since"
        keys = [{"pk": item["pk"], "sk": item["sk"]} for item in self._query(condition, values, IndexName=UNTOLD_INDEX)]
        return sum(self._offer(key, untold_since, now) for key in keys)

    def _offer(self, key: Item, untold_since: datetime, now: datetime) -> bool:
        values: Any = {":now": stamp(now), ":since": stamp(untold_since)}
        try:
            self._client.update_item(
                TableName=self._table,
                Key=key,
                UpdateExpression="SET offered_at = :now",
                ConditionExpression="attribute_exists(untold) AND offered_at < :since",
                ExpressionAttributeValues=values,
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False  # told, or offered by another poll, since the index was read
        return True

    def _query(self, condition: str, values: Mapping[str, str], **options: Any) -> Iterable[Item]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues={name: {"S": value} for name, value in values.items()},
            **options,
        )
        for page in pages:
            yield from page["Items"]
