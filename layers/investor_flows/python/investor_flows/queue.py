"""The queue in front of Slack, and its dead-letter queue."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from investor_flows.deliver import Queued

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

REASON_LIMIT = 500


class SlackQueue:
    """Puts messages in, off, or away."""

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

    def bury(self, queued: Queued, reason: str) -> None:
        """Put the message into the dead-letter queue, with the reason as an attribute."""
        self._client.send_message(
            QueueUrl=self._dead_letter_url,
            MessageBody=queued.body,
            MessageAttributes={"reason": {"DataType": "String", "StringValue": reason[:REASON_LIMIT]}},
        )
