"""Slack in trouble, on the deployed template: what waiting can help is delivered once, what it cannot is put away."""

import json

from tests.conftest import World


def test_a_429_is_waited_for_and_the_message_delivered_once(world: World) -> None:
    world.inbox.fail_next("429", times=2, on="webhook", retry_after=1)

    world.poll()

    assert len(world.await_messages("slack", 1)) == 1
    assert len(world.await_messages("email", 1)) == 1


def test_a_permanent_refusal_goes_to_the_dead_letter_queue_at_once_with_its_reason(world: World) -> None:
    world.inbox.fail_next("no_service", times=None, on="webhook")

    world.poll()

    [letter] = world.await_letters("SlackDeadLetterQueueUrl", 1)
    assert "no_service" in letter["MessageAttributes"]["reason"]["StringValue"]
    assert "canary" not in json.dumps(letter)


def test_a_dead_webhook_delays_no_e_mail_and_its_message_is_kept(world: World) -> None:
    world.inbox.fail_next("no_service", times=None, on="webhook")

    world.poll()

    [email] = world.await_messages("email", 1)
    [letter] = world.await_letters("SlackDeadLetterQueueUrl", 1)
    assert json.loads(letter["Body"])["receipt"] == email["receipt"]


def test_a_letter_put_back_into_the_queue_is_delivered(world: World) -> None:
    world.inbox.fail_next("no_service", on="webhook")
    world.poll()
    [letter] = world.await_letters("SlackDeadLetterQueueUrl", 1)

    world.send("SlackQueueUrl", letter["Body"])

    assert len(world.await_messages("slack", 1)) == 1


def test_a_message_that_comes_twice_is_posted_once(world: World) -> None:
    world.stack.subscribe("sqs", world.stack.open_queue("programs"))
    world.poll()
    world.await_messages("slack", 1)
    [document] = world.stack.take_messages("programs", 1)
    world.await_empty("SlackQueueUrl")

    world.send("SlackQueueUrl", json.dumps(document))

    world.await_empty("SlackQueueUrl")
    assert len(world.await_messages("slack", 1)) == 1
