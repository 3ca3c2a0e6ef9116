"""The topic: a queue subscribed by hand gets the JSON, other readers the text, and attributes choose who gets what."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from investor_flows.message import Message
from investor_flows.topic import SnsTopic

from tests.conftest import Deployed
from tests.integration.reader import Reader
from tests.local.inbox.server import Inbox
from tests.local.processes import wait_until

MESSAGE = Message(
    subject="Investor flows 2026-11-09..11-13",
    email="海外投資家 +2,222億円（買い越し）\n",
    document={"schema": "investor-flows/1", "receipt": "rel-2026-11-19-0123abcd", "日本": [1, None, -2]},
    attributes={"kind": "release", "language": "ja", "net_oku_yen": -2222, "sections": ("TokyoNagoya", "TSEPrime")},
)
SECONDS = 10


@pytest.fixture
def subscribed(deployed: Deployed) -> Iterator[Any]:
    """Subscribe readers, and end their subscriptions afterwards."""
    readers: list[Reader] = []

    def subscribe(policy: dict[str, Any] | None = None, *, raw: bool = False) -> Reader:
        readers.append(Reader(deployed, policy, raw=raw))
        return readers[-1]

    yield subscribe
    for reader in readers:
        reader.leave()


@pytest.fixture
def topic(deployed: Deployed, functions_at_rest: None) -> SnsTopic:  # noqa: ARG001 - Slack is not told
    return SnsTopic(deployed.stack.client("sns"), deployed.stack.outputs["TopicArn"])


def test_a_queue_gets_the_document_and_the_attributes(topic: SnsTopic, subscribed: Any) -> None:
    reader = subscribed()

    topic.publish(MESSAGE)

    [letter] = reader.letters(1)
    envelope = json.loads(letter["Body"])
    assert json.loads(envelope["Message"]) == MESSAGE.document
    assert envelope["Subject"] == MESSAGE.subject
    assert envelope["MessageAttributes"]["kind"] == {"Type": "String", "Value": "release"}
    assert envelope["MessageAttributes"]["net_oku_yen"] == {"Type": "Number", "Value": "-2222"}
    assert json.loads(envelope["MessageAttributes"]["sections"]["Value"]) == ["TokyoNagoya", "TSEPrime"]


def test_a_queue_may_have_the_bare_document(topic: SnsTopic, subscribed: Any) -> None:
    reader = subscribed(raw=True)

    topic.publish(MESSAGE)

    [letter] = reader.letters(1)
    assert json.loads(letter["Body"]) == MESSAGE.document
    assert letter["MessageAttributes"]["kind"]["StringValue"] == "release"


@pytest.mark.parametrize(
    "policy",
    [
        {"kind": ["release", "revision"]},
        {"net_oku_yen": [{"numeric": ["<", -2000]}]},
        {"sections": ["TSEPrime"]},
        {"kind": ["release"], "language": ["ja"]},
    ],
    ids=["text", "number", "list", "both"],
)
def test_attributes_choose_the_readers(topic: SnsTopic, subscribed: Any, policy: dict[str, Any]) -> None:
    reader = subscribed(policy)
    others: dict[str, Any] = {"kind": "other", "net_oku_yen": 5, "sections": ("TSEGrowth",), "language": "en"}

    topic.publish(replace(MESSAGE, document={"n": 1}, attributes={**MESSAGE.attributes, **others}))
    topic.publish(replace(MESSAGE, document={"n": 2}))

    [letter] = reader.letters(1)
    assert json.loads(json.loads(letter["Body"])["Message"]) == {"n": 2}


def test_people_get_the_text(deployed: Deployed, topic: SnsTopic) -> None:
    with Inbox(port=deployed.inbox_port) as inbox:
        deployed.stack.subscribe("http", f"{inbox.url}/email")
        wait_until(lambda: _confirmed(deployed, f"{inbox.url}/email"), SECONDS, "not confirmed")

        topic.publish(MESSAGE)
        wait_until(lambda: bool(inbox.messages), SECONDS, "no e-mail came")

    [message] = inbox.messages
    assert (message.content["subject"], message.content["message"]) == (MESSAGE.subject, MESSAGE.email)
    assert message.content["problems"] == []


def test_a_topic_that_is_not_there_is_an_error(deployed: Deployed) -> None:
    gone = SnsTopic(deployed.stack.client("sns"), deployed.stack.outputs["TopicArn"] + "-gone")

    with pytest.raises(Exception, match="NotFound"):
        gone.publish(MESSAGE)


def _confirmed(deployed: Deployed, endpoint: str) -> bool:
    """Whether the topic sends to the reader; it asks again only who has never said yes."""
    sns = deployed.stack.client("sns")
    answer = sns.list_subscriptions_by_topic(TopicArn=deployed.stack.outputs["TopicArn"])
    arns = [each["SubscriptionArn"] for each in answer["Subscriptions"] if each["Endpoint"] == endpoint]
    told = [sns.get_subscription_attributes(SubscriptionArn=arn) for arn in arns if arn.startswith("arn:")]
    return any(each["Attributes"]["PendingConfirmation"] == "false" for each in told)
