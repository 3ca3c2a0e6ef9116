"""The queue of Slack: a message is hidden for a while, put in again for one channel, or put away with the reason."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from investor_flows.slack.dispatch import LONGEST_WAIT, Queued
from investor_flows.slack.queue import REASON_LIMIT, SlackQueue

from tests.conftest import Deployed, wipe

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

Take = Callable[[str], list[Any]]


@pytest.fixture
def sqs(deployed: Deployed, functions_at_rest: None) -> "SQSClient":  # noqa: ARG001 - nobody empties the queue
    wipe(deployed.stack)
    client: SQSClient = deployed.stack.client("sqs")
    return client


@pytest.fixture
def queue(deployed: Deployed, sqs: "SQSClient") -> SlackQueue:
    outputs = deployed.stack.outputs
    return SlackQueue(sqs, outputs["SlackQueueUrl"], outputs["SlackDeadLetterQueueUrl"])


@pytest.fixture
def take(deployed: Deployed, sqs: "SQSClient") -> Take:
    """What can be received from a queue now."""

    def receive(output: str) -> list[Any]:
        answer = sqs.receive_message(QueueUrl=deployed.stack.outputs[output], MessageAttributeNames=["All"])
        return answer.get("Messages", [])

    return receive


@pytest.fixture
def queued(deployed: Deployed, sqs: "SQSClient", take: Take) -> Queued:
    """A message that the function has received."""
    sqs.send_message(QueueUrl=deployed.stack.outputs["SlackQueueUrl"], MessageBody='{"receipt": "日本"}')
    [message] = take("SlackQueueUrl")
    return Queued({"receipt": "日本"}, message["Body"], message["ReceiptHandle"], 1)


def test_a_message_comes_back_after_as_long_as_told(queue: SlackQueue, queued: Queued, take: Take) -> None:
    before = take("SlackQueueUrl")

    queue.postpone(queued, 0)

    assert before == []
    assert [message["Body"] for message in take("SlackQueueUrl")] == [queued.body]


def test_a_message_can_be_hidden_for_the_longest_wait(queue: SlackQueue, queued: Queued, take: Take) -> None:
    queue.postpone(queued, LONGEST_WAIT)

    assert take("SlackQueueUrl") == []


@pytest.mark.parametrize("reason", ["Slack webhook: 404 no_service", "日" * 10_000])
def test_a_message_is_put_away_with_its_reason(queue: SlackQueue, queued: Queued, take: Take, reason: str) -> None:
    queue.bury(queued, "desk", reason)

    [letter] = take("SlackDeadLetterQueueUrl")
    assert letter["Body"] == queued.body
    assert letter["MessageAttributes"]["reason"]["StringValue"] == reason[:REASON_LIMIT]
    assert letter["MessageAttributes"]["channel"]["StringValue"] == "desk"


def test_a_message_is_put_in_again_for_one_channel(queue: SlackQueue, queued: Queued, take: Take) -> None:
    queue.address(queued, "desk")

    [letter] = take("SlackQueueUrl")
    assert letter["Body"] == queued.body
    assert letter["MessageAttributes"] == {"channel": {"DataType": "String", "StringValue": "desk"}}
