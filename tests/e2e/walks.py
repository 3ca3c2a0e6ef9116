"""Walks: everything that a function is there for, step by step, each step looked at. A new step belongs here.

test_privileges.py takes them with all rights and with one right less. Neither the stream nor the queue calls a function
meanwhile: each is invoked with what they would send.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from tests.conftest import World
from tests.e2e.runtime import event
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


def slack_webhook(world: World) -> None:
    """A message put off and then delivered, and one that Slack refuses put away."""
    world.inbox.fail_next("429", on="webhook", retry_after=1)
    world.send("SlackQueueUrl", queue_event(RELEASE)["Records"][0]["body"])
    assert not slack(world)
    await_next(world)
    assert slack(world)
    assert len(world.await_messages("slack", 1)) == 1
    world.inbox.fail_next("no_service", on="webhook")
    world.send("SlackQueueUrl", queue_event(CORRECTION)["Records"][0]["body"])
    assert slack(world)
    assert waiting(world, "SlackDeadLetterQueueUrl") == 1


def slack_bot(world: World) -> None:
    """A message put off, then delivered with its chart; its correction in its thread; one refused and put away."""
    world.inbox.fail_next("429", on="chat.postMessage", retry_after=1)
    world.send("SlackQueueUrl", queue_event(RELEASE)["Records"][0]["body"])
    assert not slack(world)
    await_next(world)
    assert slack(world)
    world.send("SlackQueueUrl", queue_event(CORRECTION)["Records"][0]["body"])
    assert slack(world)
    release, _, correction, _ = world.await_messages("slack", 4)
    assert correction["thread_ts"] == release["ts"]
    world.inbox.fail_next("channel_not_found", times=None, on="chat.postMessage")
    world.send("SlackQueueUrl", queue_event({**RELEASE, "receipt": "rel-2026-11-19-refused0"})["Records"][0]["body"])
    assert slack(world)
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
WALKS: dict[str, dict[str, Walk]] = {
    "webhook": {
        "PollFunction": poll,
        "AnnounceFunction": announce,
        "SlackFunction": slack_webhook,
        "OperateFunction": operate,
    },
    "bot": {"SlackFunction": slack_bot, "OperateFunction": operate},
}
"""By the way into Slack that the stack is deployed with, and by function."""


def items(world: World) -> list[dict[str, Any]]:
    """Everything in the table."""
    found: list[dict[str, Any]] = world.client("dynamodb").scan(TableName=world.table_name)["Items"]
    return found


def slack(world: World) -> bool:
    """Hand the next message of the queue to the function, and take it away where that went well; say whether it did."""
    sqs, url = world.client("sqs"), world.stack.outputs["SlackQueueUrl"]
    [taken] = sqs.receive_message(QueueUrl=url, AttributeNames=["All"])["Messages"]
    [record] = queue_event({})["Records"]
    record |= {"body": taken["Body"], "receiptHandle": taken["ReceiptHandle"], "messageId": taken["MessageId"]}
    answer: Mapping[str, Any] = world.stack.invoke("slack", {"Records": [record]})
    if answer["batchItemFailures"]:
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
