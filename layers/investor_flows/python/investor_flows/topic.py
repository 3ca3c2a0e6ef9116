"""The topic: one SNS message, e-mail text for people and the JSON document for programs."""

import json
from typing import TYPE_CHECKING

from investor_flows.message import Message

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef


class SnsTopic:
    """Publishes messages to an SNS topic."""

    def __init__(self, client: "SNSClient", topic_arn: str) -> None:
        self._client = client
        self._arn = topic_arn

    def publish(self, message: Message) -> None:
        """Publish in one call; SNS delivers to each subscriber the text of its protocol."""
        document = json.dumps(message.document, ensure_ascii=False, separators=(",", ":"))
        texts = {"default": message.email, "sqs": document, "lambda": document}
        self._client.publish(
            TopicArn=self._arn,
            Subject=message.subject,
            Message=json.dumps(texts, ensure_ascii=False),
            MessageStructure="json",
            MessageAttributes={name: _attribute(value) for name, value in message.attributes.items()},
        )


def _attribute(value: str | int | tuple[str, ...]) -> "MessageAttributeValueTypeDef":
    if isinstance(value, int):
        return {"DataType": "Number", "StringValue": str(value)}
    if isinstance(value, tuple):
        return {"DataType": "String.Array", "StringValue": json.dumps(value)}
    return {"DataType": "String", "StringValue": value}
