"""Several channels on the deployed template: a dead one delays no other, and is reported on the others, once."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

import pytest

from tests.conftest import DELIVERY_SECONDS, SLACK_PARAMETER, World
from tests.local.processes import wait_until

TAG = "[JPX flows operation]"
PATH = "T000/B000/canary"
NAMES = {
    sha256(f"{PATH}-{name}".encode()).hexdigest()[:8]: name
    for name in ("research", "ja", "en", "corrections", "growth")
}
"""Who is behind a webhook; the inbox keeps but a hash of it."""


@pytest.fixture
def operator(world: World) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Somebody who gets e-mail from the ops topic; what they have got so far."""
    sns, topic = world.client("sns"), world.stack.outputs["OpsTopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=f"{world.inbox.url}/email?operator")
    wait_until(lambda: confirmed(world, topic) is not None, DELIVERY_SECONDS, "the operator was not asked")

    def mail() -> list[dict[str, Any]]:
        letters = [message.content for message in world.inbox.messages if message.form == "email"]
        return [letter for letter in letters if letter["topic_arn"] == topic]

    yield mail
    sns.unsubscribe(SubscriptionArn=confirmed(world, topic))


def confirmed(world: World, topic: str) -> str | None:
    """The operator's subscription, once it is confirmed."""
    for each in world.client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]:
        if each["Protocol"] == "http" and each["SubscriptionArn"].startswith("arn:"):
            return str(each["SubscriptionArn"])
    return None


def list_channels(world: World, *entries: dict[str, Any]) -> None:
    world.stack.put_secret(SLACK_PARAMETER, json.dumps(entries))


def webhook(world: World, name: str, **chosen: Any) -> dict[str, Any]:
    return {"name": name, "webhook": f"{world.inbox.url}/slack/webhook/{PATH}-{name}", **chosen}


def dead(world: World, name: str) -> dict[str, Any]:
    """A channel whose webhook is gone."""
    return {"name": name, "webhook": f"{world.inbox.url}/slack/gone/canary-{name}"}


def posted(world: World) -> list[tuple[str, str]]:
    """Which webhook got which first line."""
    told = [message.content for message in world.inbox.messages if message.form == "slack"]
    return [(NAMES[each["webhook"]], each["text"].partition("\n")[0]) for each in told]


@contextmanager
def in_both_languages(world: World) -> Iterator[None]:
    """Messages in Japanese and in English, as a deploy with MessageLanguage=both makes them."""
    world.change_functions(MESSAGE_LANGUAGE="both")
    try:
        yield
    finally:
        world.change_functions(MESSAGE_LANGUAGE="ja")


def test_a_dead_webhook_is_reported_to_the_operator_s_e_mail_once_and_readers_e_mail_goes_out(
    world: World, operator: Callable[[], list[dict[str, Any]]]
) -> None:
    world.inbox.fail_next("no_service", times=None, on="webhook")

    world.poll()
    world.vendor.exchange.correct(sections="TokyoNagoya")
    world.poll()

    letters = world.await_letters("SlackDeadLetterQueueUrl", 2)
    world.await_empty("SlackQueueUrl")
    wait_until(lambda: bool(operator()), DELIVERY_SECONDS, "no report came")
    [report] = operator()
    assert report["subject"] == f"{TAG} Slack channel webhook: messages do not arrive"
    assert "no_service" in report["message"]
    assert report["problems"] == []
    assert {letter["MessageAttributes"]["channel"]["StringValue"] for letter in letters} == {"webhook"}
    assert len([each for each in world.inbox.messages if each.form == "email"]) == 3


def test_of_two_channels_one_dead_the_other_gets_its_message_and_the_report(
    world: World, operator: Callable[[], list[dict[str, Any]]]
) -> None:
    list_channels(world, dead(world, "desk"), webhook(world, "research"))

    world.poll()

    world.await_messages("slack", 2)
    world.await_letters("SlackDeadLetterQueueUrl", 1)
    world.await_empty("SlackQueueUrl")
    told = dict(line[::-1] for line in posted(world))
    assert sorted(told.values()) == ["research", "research"]
    assert any(line.startswith("海外投資家") for line in told)
    assert f"{TAG} Slack channel desk: messages do not arrive" in told
    assert len(operator()) == 1
    assert "canary" not in str(operator()) + world.stack.process.log.read_text()


def test_a_report_to_operators_reaches_slack_and_an_alarm_does_not(world: World) -> None:
    topic, kind = world.stack.outputs["OpsTopicArn"], {"kind": {"DataType": "String", "StringValue": "operation"}}
    sns = world.client("sns")
    list_channels(world, webhook(world, "research"))

    sns.publish(TopicArn=topic, Subject="ALARM: HeldRecordsAlarm", Message='{"AlarmName": "HeldRecordsAlarm"}')
    sns.publish(TopicArn=topic, Subject=f"{TAG} a subscriber fewer", Message="購読が減りました", MessageAttributes=kind)

    [slack] = world.await_messages("slack", 1)
    world.await_empty("SlackQueueUrl")
    assert slack["text"].startswith(f"{TAG} a subscriber fewer\n購読が減りました\nops-")
    assert len(posted(world)) == 1


def test_each_channel_gets_what_it_chose_in_its_language(world: World) -> None:
    list_channels(
        world,
        webhook(world, "ja"),
        webhook(world, "en", language="en"),
        webhook(world, "corrections", kinds=["revision", "restatement"]),
        webhook(world, "growth", sections=["TSEGrowth"], minimum_oku=10_000_000),
    )

    with in_both_languages(world):
        world.poll()
        world.vendor.exchange.correct(sections="TokyoNagoya")
        world.poll()
        world.await_messages("slack", 5)
        world.await_empty("SlackQueueUrl")

    assert sorted(name for name, _ in posted(world)) == ["corrections", "en", "en", "ja", "ja"]
    assert all(("oreign" in line) is (name == "en") for name, line in posted(world))
    assert len(world.await_messages("email", 4)) == 4
