"""Least privilege, both ways: a function uses all that it is granted, asks for no more, and cannot do with less.

The emulator enforces IAM and records every check. A function or an action that is new needs a step in walks.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conftest import WEBHOOK_PARAMETER, Deployed, open_world
from tests.e2e.privileges import Grant, Privileges, grants
from tests.e2e.walks import WALKS
from tests.local.inbox.slack_web_api import TOKEN
from tests.local.processes import StackError, free_ports
from tests.local.settings import BOT_TOKEN_PARAMETER
from tests.local.stack import Stack
from tests.unit.template import events, functions

CONDITIONS = {"webhook": frozenset({"HasWebhook", "HasSlack"}), "bot": frozenset({"HasBot", "HasSlack"})}
WALKED = [(way, function) for way, walks in WALKS.items() for function in walks]
GRANTED = {(function, grant): way for way, function in reversed(WALKED) for grant in grants(function, CONDITIONS[way])}
"""By function and grant, the first way that has it."""
MANAGED = {
    "": "AWSLambdaBasicExecutionRole",  # Lambda writes the function's log
    "DynamoDB": "AWSLambdaDynamoDBExecutionRole",  # Lambda reads the table's stream for it
    "SQS": "AWSLambdaSQSQueueExecutionRole",  # Lambda takes messages out of the queue for it
}


@dataclass(frozen=True)
class Scene:
    """A stack with one way into Slack, whose stream and queue call nobody."""

    way: str
    deployed: Deployed
    privileges: Privileges

    def walk(self, function: str) -> None:
        """Take a function's walk, on an empty table, with a container that knows nothing."""
        self.privileges.restart(function)
        with open_world(self.deployed) as world:
            world.stack.put_secret(BOT_TOKEN_PARAMETER, TOKEN)
            WALKS[self.way][function](world)


@pytest.fixture(scope="module")
def scenes() -> Iterator[dict[str, Scene]]:
    """The stacks that have been needed, by their way into Slack."""
    made: dict[str, Scene] = {}
    yield made
    for scene in made.values():
        scene.deployed.stack.stop()


@pytest.fixture
def scene(way: str, scenes: dict[str, Scene], tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The stack with a way into Slack."""
    if way not in scenes:
        port, vendor_port, inbox_port = free_ports(3)
        stack = Stack(tmp_path_factory.mktemp(way), port, persistent=False, recorded=True)
        stack.parameters |= {"JQuantsBaseUrl": f"http://127.0.0.1:{vendor_port}", **into_slack(way, inbox_port)}
        scenes[way] = Scene(way, Deployed(stack, vendor_port, inbox_port), Privileges(stack))
        stack.start()
        stack.deploy()
        put_to_rest(stack)
    return scenes[way]


def into_slack(way: str, inbox_port: int) -> dict[str, str]:
    """The parameters of a way into Slack."""
    if way == "webhook":
        return {"SlackWebhookParameter": WEBHOOK_PARAMETER}
    api_url = f"http://127.0.0.1:{inbox_port}/api/"
    return {"SlackBotTokenParameter": BOT_TOKEN_PARAMETER, "SlackChannel": "C0LOCAL01", "SlackApiUrl": api_url}


def put_to_rest(stack: Stack) -> None:
    """Let neither the stream nor the queue call a function."""
    client = stack.client("lambda")
    for mapping in client.list_event_source_mappings()["EventSourceMappings"]:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)


def test_every_function_has_a_walk() -> None:
    assert {function for _, function in WALKED} == set(functions())


@pytest.mark.parametrize(("way", "function"), WALKED)
def test_a_function_uses_every_action_that_it_is_granted_and_asks_for_no_other(scene: Scene, function: str) -> None:
    before = scene.privileges.checks()

    scene.walk(function)

    calls = scene.privileges.calls(function, after=before)
    assert [call for call in calls if call.refused] == []
    assert scene.privileges.used(function, calls) == scene.privileges.granted(function)
    assert scene.privileges.granted(function) == set(grants(function, CONDITIONS[scene.way]))


@pytest.mark.parametrize(("way", "function", "grant"), [(way, *granted) for granted, way in GRANTED.items()], ids=str)
def test_without_one_action_a_function_fails_at_it(scene: Scene, function: str, grant: Grant) -> None:
    before = scene.privileges.checks()

    with scene.privileges.without(function, grant), pytest.raises((AssertionError, StackError)):
        scene.walk(function)

    refused = [call.action for call in scene.privileges.calls(function, after=before) if call.refused]
    assert set(refused) == {grant.action}


@pytest.mark.parametrize(("way", "function"), WALKED)
def test_what_sam_adds_is_for_lambda_and_for_dead_letters(scene: Scene, function: str) -> None:
    triggers = {kind for kind in MANAGED if any(name == function for name, _ in events(kind))}

    assert scene.privileges.managed(function) == {MANAGED[kind] for kind in triggers | {""}}
    for statements in scene.privileges.added(function).values():
        assert [statement["Action"] for statement in statements] == ["sqs:SendMessage"]
        assert "DeadLetterQueue" in statements[0]["Resource"]
