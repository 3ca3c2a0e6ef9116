"""AWS around the functions, as the doctor looks at it: subscriptions, queues and the clock."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from investor_flows.errors import ConfigError, InvestorFlowsError, SettingDelayed
from investor_flows.operate.doctor import Subscribers

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient

E_MAIL = ("email", "email-json")
CONFIRMED = "arn:"
"""A subscription has an ARN once it is confirmed; until then SNS says so in words instead."""


class AwsServices:
    """Asks SNS and SQS."""

    def __init__(
        self, sns: "SNSClient", sqs: "SQSClient", topic_arn: str, ops_topic_arn: str, queue_urls: Mapping[str, str]
    ) -> None:
        """`queue_urls`: by the name that an operator knows the queue by."""
        self._sns = sns
        self._sqs = sqs
        self._topic_arn = topic_arn
        self._ops_topic_arn = ops_topic_arn
        self._queue_urls = queue_urls

    def subscribers(self) -> Subscribers:
        """Who is subscribed to the topic of readers."""
        return self._subscribed(self._topic_arn)

    def operators(self) -> Subscribers:
        """Who is subscribed to the topic of operators."""
        return self._subscribed(self._ops_topic_arn)

    def _subscribed(self, topic_arn: str) -> Subscribers:
        pages = self._sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic_arn)
        try:
            found = [each for page in pages for each in page["Subscriptions"]]
        except (ClientError, BotoCoreError) as error:
            raise _failed(error) from error
        arns = [each["SubscriptionArn"] for each in found if each["Protocol"] in E_MAIL]
        confirmed = sum(arn.startswith(CONFIRMED) for arn in arns)
        return Subscribers(confirmed, len(arns) - confirmed, len(found) - len(arns))

    def depths(self) -> dict[str, int]:
        """How many messages wait in each queue, by its name."""
        return {name: self._depth(url) for name, url in self._queue_urls.items()}

    def clock(self) -> datetime:
        """The time that AWS goes by: an answer's date."""
        answer = self._attributes(next(iter(self._queue_urls.values())))
        return parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])

    def _depth(self, url: str) -> int:
        return int(self._attributes(url)["Attributes"]["ApproximateNumberOfMessages"])

    def _attributes(self, url: str) -> Any:
        try:
            return self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
        except (ClientError, BotoCoreError) as error:
            raise _failed(error) from error


def _failed(error: ClientError | BotoCoreError) -> InvestorFlowsError:
    if isinstance(error, ClientError):
        return ConfigError(f"{error.operation_name}: {error.response['Error']['Code']}; deploy template.yaml again")
    return SettingDelayed(f"AWS: {type(error).__name__}, no answer")
