"""Walks: everything that a function is there for, step by step, each step looked at. A new step belongs here.

test_privileges.py takes them with all rights and with one right less. Neither the stream nor the queue calls a function
meanwhile: each is invoked with what they would send.
"""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from tests.conftest import SLACK_PARAMETER, World
from tests.e2e.runtime import event
from tests.local.inbox.slack_web_api import TOKEN
from tests.local.payloads import queue_event
from tests.local.processes import wait_until
from tests.unit.golden_cases import message

SECONDS = 10
PATIENCE = timedelta(minutes=11)
RELEASE: Any = message("release_regular", "ja").document
CORRECTION: Any = {**message("correction_revision", "ja").document, "corrects": [RELEASE["receipt"]]}


def poll(world: World) -> None:
    """The history, a new week with a held row, what is untold again, a correction, the audit, the rest of history."""
    exchange = world.vendor.exchange
    assert world.poll()["announced"] == 1
    exchange.break_accounts(sections="TSEPrime", measure="value")
    exchange.publish_next_week()
    week = world.poll()
    assert (week["held"], week["announced"]) == (1, 1)
    assert world.poll(exchange.now + PATIENCE)["offered_again"] == 2
    exchange.correct(sections="TokyoNagoya")
    assert world.poll()["revised"] == 2
    exchange.mend()
    assert world.poll(task="audit")["announced"] == 1
    assert world.poll(task="backfill")["announced"] == 0


def announce(world: World) -> None:
    """A release and its correction, each told once."""
    world.poll()
    world.vendor.exchange.correct(sections="TokyoNagoya")
    world.poll()
    stream = {"Records": [{"dynamodb": {"NewImage": item}} for item in items(world) if "untold" in item]}

    told = world.stack.invoke("announce", stream)["told"]

    assert len(told) == len(stream["Records"]) == 2
    assert world.stack.invoke("announce", stream)["told"] == []
    assert not [item for item in items(world) if "untold" in item]


def slack(world: World) -> None:
    """A message for a bot and a webhook, one put off; its correction in its thread; one refused and reported."""
    bot = {"name": "desk", "token": TOKEN, "channel": "C0LOCAL01"}
    webhook = {"name": "research", "webhook": f"{world.inbox.url}/slack/webhook/T0/B0/x", "kinds": ["release"]}
    world.stack.put_secret(SLACK_PARAMETER, json.dumps([bot, webhook]))
    world.inbox.fail_next("429", on="slack", retry_after=1)
    world.send("SlackQueueUrl", queue_event(RELEASE)["Records"][0]["body"])
    assert take_next(world), "split"
    assert [take_next(world), take_next(world)] == [False, True]
    await_next(world)
    assert take_next(world)
    world.send("SlackQueueUrl", queue_event(CORRECTION)["Records"][0]["body"])
    assert take_next(world)
    told = world.await_messages("slack", 5)
    release, _, correction, _ = [each for each in told if each["via"] == "bot"]
    assert correction["thread_ts"] == release["ts"]
    world.inbox.fail_next("channel_not_found", times=None, on="chat.postMessage")
    world.send("SlackQueueUrl", queue_event({**CORRECTION, "receipt": "rev-2026-11-19-refused0"})["Records"][0]["body"])
    assert take_next(world)
    assert waiting(world, "SlackDeadLetterQueueUrl") == 1


def operate(world: World) -> None:
    """Every request of an operator, after a start and a correction that nobody has been told of."""
    world.poll()
    world.vendor.exchange.correct(sections="TokyoNagoya")
    world.poll()
    ill = [line for line in asked(world, "doctor")["findings"] if not line.startswith("ok: ")]
    assert [line for line in ill if not line.startswith("NOT OK: next release")] == []  # the exchange has its own time
    assert asked(world, "explain")["announcements"][0]["topic"]["state"] == "waiting"
    assert asked(world, "preview")["messages"][0]["email"]
    assert asked(world, "as_of")["weeks"] > 1
    assert len(asked(world, "revisions")["revisions"]) == 1
    assert asked(world, "replay", channel="all")["sent"]
    assert asked(world, "replay", channel="slack")["sent"]
    assert asked(world, "test", channel="all")["sent"]
    assert asked(world, "held")["count"] == 0
    leave(world, counted=asked(world, "watch")["subscribers"])


def leave(world: World, counted: int) -> None:
    """Somebody subscribes and is counted, and leaves, which is reported."""
    sns, who = world.client("sns"), {"Protocol": "email", "Endpoint": "desk@example.com", "ReturnSubscriptionArn": True}
    subscribed = sns.subscribe(TopicArn=world.stack.outputs["TopicArn"], **who)["SubscriptionArn"]
    assert asked(world, "watch")["subscribers"] == counted + 1
    sns.unsubscribe(SubscriptionArn=subscribed)
    assert asked(world, "watch")["reported"]


def asked(world: World, name: str, **fields: Any) -> dict[str, Any]:
    """The answer to a file of `events/`."""
    return world.stack.invoke("operate", {**event(name), **fields})


Walk = Callable[[World], None]
WALKS: dict[str, Walk] = {
    "PollFunction": poll,
    "AnnounceFunction": announce,
    "SlackFunction": slack,
    "OperateFunction": operate,
}


def items(world: World) -> list[dict[str, Any]]:
    """Everything in the table."""
    found: list[dict[str, Any]] = world.client("dynamodb").scan(TableName=world.table_name)["Items"]
    return found


def take_next(world: World) -> bool:
    """Hand the next message of the queue to the function, and take it away where that went well; say whether it did."""
    sqs, url = world.client("sqs"), world.stack.outputs["SlackQueueUrl"]
    answer = sqs.receive_message(QueueUrl=url, AttributeNames=["All"], MessageAttributeNames=["All"])
    [taken] = answer["Messages"]
    told = taken.get("MessageAttributes", {})
    [record] = queue_event({})["Records"]
    record |= {"body": taken["Body"], "receiptHandle": taken["ReceiptHandle"], "messageId": taken["MessageId"]}
    record["messageAttributes"] = {name: {"stringValue": each["StringValue"]} for name, each in told.items()}
    failed: Mapping[str, Any] = world.stack.invoke("slack", {"Records": [record]})
    if failed["batchItemFailures"]:
        return False
    sqs.delete_message(QueueUrl=url, ReceiptHandle=taken["ReceiptHandle"])
    return True


def await_next(world: World) -> None:
    """Wait until a message that was put off can be received again."""
    wait_until(lambda: waiting(world, "SlackQueueUrl") == 1, SECONDS, "the message was not put off")


def waiting(world: World, queue: str) -> int:
    """How many messages can be received from a queue."""
    name = "ApproximateNumberOfMessages"
    answer = world.client("sqs").get_queue_attributes(QueueUrl=world.stack.outputs[queue], AttributeNames=[name])
    return int(answer["Attributes"][name])
