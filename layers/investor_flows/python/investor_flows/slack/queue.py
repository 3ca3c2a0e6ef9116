"""The queue in front of Slack, and its dead-letter queue. The attribute `channel` says whom a message is for."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from investor_flows.operation_message import is_operation, operation_document
from investor_flows.slack.dispatch import Queued

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef

REASON_LIMIT = 500


class SlackQueue:
    """Puts messages in, off, on, or away."""

    def __init__(self, client: "SQSClient", queue_url: str, dead_letter_queue_url: str) -> None:
        self._client = client
        self._url = queue_url
        self._dead_letter_url = dead_letter_queue_url

    def put(self, document: Mapping[str, object]) -> None:
        """Put a message in, in the form in which the topic delivers it."""
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        self._client.send_message(QueueUrl=self._url, MessageBody=body)

    def postpone(self, queued: Queued, seconds: int) -> None:
        """Hide the message for so long."""
        self._client.change_message_visibility(
            QueueUrl=self._url, ReceiptHandle=queued.handle, VisibilityTimeout=seconds
        )

    def address(self, queued: Queued, channel: str) -> None:
        """Put the message into the queue again, for one channel."""
        self._send(self._url, queued, channel=channel)

    def bury(self, queued: Queued, channel: str, reason: str) -> None:
        """Put the message into the dead-letter queue, with the reason; a redrive sends it to its channel alone."""
        self._send(self._dead_letter_url, queued, channel=channel, reason=reason[:REASON_LIMIT])

    def _send(self, url: str, queued: Queued, **attributes: str) -> None:
        told: dict[str, MessageAttributeValueTypeDef] = {
            name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
        }
        self._client.send_message(QueueUrl=url, MessageBody=queued.body, MessageAttributes=told)


def to_queued(record: Mapping[str, Any]) -> Queued:
    """Read one record of a batch as Lambda gets it."""
    told = json.loads(record["body"])
    return Queued(
        operation_document(told) if is_operation(told) else told,
        record["body"],
        record["receiptHandle"],
        int(record["attributes"]["ApproximateReceiveCount"]),
        record.get("messageAttributes", {}).get("channel", {}).get("stringValue", ""),
    )
