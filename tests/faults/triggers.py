"""What AWS does between the functions: hands them the table's stream and the queue, again where they fail."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.faults.clock import Clock
from tests.faults.functions import Functions
from tests.local.stack import Stack
from tests.unit.template import template

ATTEMPTS = 3
"""How often a batch is tried before it is given up; AWS does it as often as template.yaml says."""

COMES_BACK = (timedelta(seconds=1), timedelta(minutes=6), timedelta(minutes=16))
"""When a message of the queue comes back: at once, after the visibility timeout, after the longest wait asked for."""

type Event = dict[str, Any]


def _event(function: str, name: str) -> dict[str, Any]:
    """What template.yaml says of a trigger."""
    properties: dict[str, Any] = template()["Resources"][function]["Properties"]["Events"][name]["Properties"]
    return properties


class Stream:
    """The table's stream, filtered as template.yaml says."""

    def __init__(self, stack: Stack) -> None:
        self._client = stack.client("dynamodbstreams")
        table = stack.client("dynamodb").describe_table(TableName=stack.outputs["TableName"])["Table"]
        self._arn = table["LatestStreamArn"]
        filters = _event("AnnounceFunction", "Untold")["FilterCriteria"]["Filters"]
        self._patterns = [json.loads(each["Pattern"]) for each in filters]
        self._position = self._end()

    def new(self) -> list[Event]:
        """The records written since the last look that the filter lets through."""
        records: list[Event] = []
        while True:
            answer = self._client.get_records(ShardIterator=self._position)
            self._position = answer["NextShardIterator"]
            if not answer["Records"]:
                return [record for record in records if any(_matches(record, each) for each in self._patterns)]
            records += answer["Records"]

    def _end(self) -> str:
        shard = self._client.describe_stream(StreamArn=self._arn)["StreamDescription"]["Shards"][0]["ShardId"]
        answer = self._client.get_shard_iterator(StreamArn=self._arn, ShardId=shard, ShardIteratorType="LATEST")
        return str(answer["ShardIterator"])


def _matches(value: Any, pattern: Any) -> bool:
    """Lambda's event filter, as far as template.yaml uses it: names down to a list of accepted texts."""
    if isinstance(pattern, Mapping):
        return isinstance(value, Mapping) and all(_matches(value.get(name), each) for name, each in pattern.items())
    return value in pattern


class Queue:
    """The queue in front of Slack, and its dead-letter queue."""

    def __init__(self, stack: Stack) -> None:
        self._client = stack.client("sqs")
        self._url = stack.outputs["SlackQueueUrl"]
        self._dead_letters = stack.outputs["SlackDeadLetterQueueUrl"]
        self._batch = _event("SlackFunction", "Message")["BatchSize"]

    def receive(self) -> list[Event]:
        """A batch, as the function gets it."""
        answer = self._client.receive_message(
            QueueUrl=self._url, MaxNumberOfMessages=self._batch, MessageSystemAttributeNames=["ApproximateReceiveCount"]
        )
        return [_record(message) for message in answer.get("Messages", ())]

    def delete(self, records: list[Event]) -> None:
        """Take messages out, as Lambda does with what a function did not name as failed."""
        for record in records:
            self._client.delete_message(QueueUrl=self._url, ReceiptHandle=record["receiptHandle"])

    def show(self, records: list[Event]) -> None:
        """Let messages come back now: their time has come."""
        for record in records:
            handle = record["receiptHandle"]
            self._client.change_message_visibility(QueueUrl=self._url, ReceiptHandle=handle, VisibilityTimeout=0)

    def redrive(self) -> int:
        """Send dead letters again, as an operator does; count them."""
        answer = self._client.receive_message(QueueUrl=self._dead_letters, MaxNumberOfMessages=10)
        for letter in answer.get("Messages", ()):
            self._client.send_message(QueueUrl=self._url, MessageBody=letter["Body"])
            self._client.delete_message(QueueUrl=self._dead_letters, ReceiptHandle=letter["ReceiptHandle"])
        return len(answer.get("Messages", ()))

    def purge(self) -> None:
        """Empty both."""
        self._client.purge_queue(QueueUrl=self._url)
        self._client.purge_queue(QueueUrl=self._dead_letters)


def _record(message: Mapping[str, Any]) -> Event:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
        "messageAttributes": {},
        "eventSource": "aws:sqs",
    }


class Triggers:
    """Calls the functions as AWS would. Everything comes at least once; at the end everything comes once more."""

    def __init__(self, functions: Functions, stream: Stream, queue: Queue, clock: Clock) -> None:
        self.queue = queue
        self._functions, self._stream, self._clock = functions, stream, clock
        self._batches: list[list[Event]] = []
        self._messages: list[Event] = []

    def reset(self) -> None:
        """Forget everything that has come so far."""
        self._functions.restart()
        self._stream.new()
        self._batches, self._messages = [], []

    def poll(self) -> Event | None:
        """The schedule fires; the counts of the poll, or None where it failed."""
        return self._functions.invoke("poll", {"task": "poll"})

    def round(self) -> bool:
        """Everything comes, in order; say whether all of it was taken at once."""
        report = self.poll()
        return self.hand_over() and report is not None

    def hand_over(self) -> bool:
        """Hand over stream and queue; say whether all of it was taken at once."""
        from_stream = self.stream()
        return self.messages() and from_stream

    def stream(self) -> bool:
        """Hand over what is new in the stream; say whether all of it was taken at once."""
        records = self._stream.new()
        self._batches += [records] if records else []
        return not records or self._announce(records)

    def _announce(self, records: list[Event]) -> bool:
        """A batch that fails comes back in halves, here out of order; a single record until it is given up."""
        attempts = 1 if len(records) > 1 else ATTEMPTS
        for attempt in range(attempts):
            if self._functions.invoke("announce", {"Records": records}) is not None:
                return attempt == 0
        if len(records) > 1:
            middle = len(records) // 2
            for half in (records[middle:], records[:middle]):
                self._announce(half)
        return False

    def messages(self) -> bool:
        """Hand over what is in the queue; say whether all of it was taken at once."""
        failed = self._deliver_all()
        at_once = not failed
        for wait in COMES_BACK:
            if failed:
                self._clock.move(wait)
                self.queue.show(failed)
                failed = self._deliver_all()
        self.queue.show(failed)
        return at_once

    def _deliver_all(self) -> list[Event]:
        """Deliver batch by batch; return the messages that come back."""
        failed: list[Event] = []
        while batch := self.queue.receive():
            self._messages += [each for each in batch if each["body"] not in self.bodies]
            back = self._deliver(batch)
            self.queue.delete([record for record in batch if record not in back])
            failed += back
        return failed

    def _deliver(self, records: list[Event]) -> list[Event]:
        answer = self._functions.invoke("slack", {"Records": records})
        if answer is None:
            return records
        failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
        return [record for record in records if record["messageId"] in failed]

    @property
    def bodies(self) -> list[str]:
        """Every message that came through the queue."""
        return [record["body"] for record in self._messages]

    def replay(self) -> None:
        """Everything comes a second time, the newest first."""
        for records in reversed(self._batches):
            self._functions.invoke("announce", {"Records": records[::-1]})
        if self._messages:
            self._functions.invoke("slack", {"Records": self._messages[::-1]})
