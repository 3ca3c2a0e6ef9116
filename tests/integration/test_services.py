"""What the doctor asks SNS and SQS, on the emulator."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from investor_flows.errors import ConfigError
from investor_flows.operate.doctor import Subscribers
from investor_flows.operate.services import AwsServices

from tests.conftest import Deployed


@pytest.fixture
def topic_arn(deployed: Deployed) -> Iterator[str]:
    """A topic of its own."""
    sns = deployed.stack.client("sns")
    arn = sns.create_topic(Name="of-services")["TopicArn"]
    yield arn
    sns.delete_topic(TopicArn=arn)


@pytest.fixture
def queue_url(deployed: Deployed) -> Iterator[str]:
    """A queue of its own."""
    sqs = deployed.stack.client("sqs")
    url = sqs.create_queue(QueueName="of-services")["QueueUrl"]
    yield url
    sqs.delete_queue(QueueUrl=url)


def services(deployed: Deployed, topic_arn: str, queue_url: str) -> AwsServices:
    sns, sqs = (deployed.stack.client(name) for name in ("sns", "sqs"))
    return AwsServices(sns, sqs, topic_arn, f"{topic_arn}-of-operators", {"Queue": queue_url})


class FakeSns:
    """Pages of subscriptions as SNS documents them; the emulator confirms every e-mail address at once."""

    def __init__(self, *pages: list[dict[str, str]]) -> None:
        self.pages = pages

    def get_paginator(self, _: str) -> "FakeSns":
        """The pages."""
        return self

    def paginate(self, **_: str) -> list[dict[str, Any]]:
        """The pages."""
        return [{"Subscriptions": page} for page in self.pages]


def test_confirmed_addresses_are_told_from_pending_ones_over_all_pages() -> None:
    confirmed = {"Protocol": "email", "SubscriptionArn": "arn:aws:sns:ap-northeast-1:1:topic:1"}
    pending = {"Protocol": "email-json", "SubscriptionArn": "PendingConfirmation"}
    queue = {"Protocol": "sqs", "SubscriptionArn": "arn:aws:sns:ap-northeast-1:1:topic:2"}
    sns: Any = FakeSns([confirmed, pending], [queue, confirmed])

    services = AwsServices(sns, sns, "arn:topic", "arn:operators", {})

    assert services.subscribers() == services.operators() == Subscribers(confirmed=2, pending=1, others=1)


def test_subscriptions_of_the_topic_are_counted(deployed: Deployed, topic_arn: str, queue_url: str) -> None:
    sns = deployed.stack.client("sns")
    sns.subscribe(TopicArn=topic_arn, Protocol="email", Endpoint="desk@example.com")

    found = services(deployed, topic_arn, queue_url).subscribers()

    assert (found.confirmed + found.pending, found.others) == (1, 0)


def test_operators_are_those_of_their_own_topic(deployed: Deployed, topic_arn: str) -> None:
    sns, readers = deployed.stack.client("sns"), deployed.stack.outputs["TopicArn"]
    sns.subscribe(TopicArn=topic_arn, Protocol="email", Endpoint="ops@example.com")
    sns.subscribe(TopicArn=topic_arn, Protocol="email", Endpoint="ops-2@example.com")

    found = AwsServices(sns, deployed.stack.client("sqs"), readers, topic_arn, {}).operators()

    assert found.confirmed + found.pending == 2


def test_messages_that_wait_are_counted(deployed: Deployed, topic_arn: str, queue_url: str) -> None:
    deployed.stack.client("sqs").send_message(QueueUrl=queue_url, MessageBody="a letter")

    assert services(deployed, topic_arn, queue_url).depths() == {"Queue": 1}


def test_the_clock_is_that_of_an_answer(deployed: Deployed, topic_arn: str, queue_url: str) -> None:
    clock = services(deployed, topic_arn, queue_url).clock()

    assert abs(clock - datetime.now(UTC)) < timedelta(seconds=30)


def test_what_is_refused_says_what_and_why(deployed: Deployed, topic_arn: str, queue_url: str) -> None:
    gone = services(deployed, f"{topic_arn}-gone", f"{queue_url}-gone")

    with pytest.raises(ConfigError, match=r"GetQueueAttributes: .*NonExistentQueue"):
        gone.depths()
    with pytest.raises(ConfigError, match="ListSubscriptionsByTopic: NotFound"):
        gone.subscribers()
