"""A queue that anybody may have subscribed to the topic, with a filter policy or without."""

import json
from typing import Any
from uuid import uuid4

from tests.conftest import Deployed
from tests.local.processes import wait_until

SECONDS = 10


class Reader:
    """An SQS queue that anyone may have subscribed."""

    def __init__(self, deployed: Deployed, policy: dict[str, Any] | None = None, *, raw: bool = False) -> None:
        self._sqs, self._sns = deployed.stack.client("sqs"), deployed.stack.client("sns")
        name = f"reader-{uuid4().hex[:8]}"
        arn = deployed.stack.open_queue(name)
        self.url = self._sqs.get_queue_url(QueueName=name)["QueueUrl"]
        attributes = {"RawMessageDelivery": str(raw).lower(), "FilterPolicy": json.dumps(policy or {})}
        self.subscription = self._sns.subscribe(
            TopicArn=deployed.stack.outputs["TopicArn"],
            Protocol="sqs",
            Endpoint=arn,
            Attributes={name: value for name, value in attributes.items() if value not in ("false", "{}")},
            ReturnSubscriptionArn=True,
        )["SubscriptionArn"]

    def letters(self, count: int) -> list[dict[str, Any]]:
        """Everything in the queue, once there are so many."""
        found: list[dict[str, Any]] = []

        def read() -> bool:
            answer = self._sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
            found.extend(answer.get("Messages", ()))
            return len(found) >= count

        wait_until(read, SECONDS, f"fewer than {count} messages in {self.url}")
        return found

    def leave(self) -> None:
        """End the subscription, and remove the queue."""
        self._sns.unsubscribe(SubscriptionArn=self.subscription)
        self._sqs.delete_queue(QueueUrl=self.url)
