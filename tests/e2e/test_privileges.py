"""Least privilege, both ways: a function uses all that it is granted, asks for no more, and cannot do with less.

The emulator enforces IAM and records every check. A function or an action that is new needs a step in walks.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conftest import SLACK_PARAMETER, Deployed, open_world
from tests.e2e.privileges import Grant, Privileges, grants
from tests.e2e.walks import WALKS
from tests.local.processes import StackError, free_ports
from tests.local.stack import Stack
from tests.unit.template import events, functions

CONDITIONS = frozenset({"HasSlack"})
GRANTED = [(function, grant) for function in WALKS for grant in grants(function, CONDITIONS)]
MANAGED = {
    "": "AWSLambdaBasicExecutionRole",  # Lambda writes the function's log
    "DynamoDB": "AWSLambdaDynamoDBExecutionRole",  # Lambda reads the table's stream for it
    "SQS": "AWSLambdaSQSQueueExecutionRole",  # Lambda takes messages out of the queue for it
}


@dataclass(frozen=True)
class Scene:
    """A stack whose stream and queue call nobody."""

    deployed: Deployed
    privileges: Privileges

    def walk(self, function: str) -> None:
        """Take a function's walk, on an empty table, with a container that knows nothing."""
        self.privileges.restart(function)
        with open_world(self.deployed) as world:
            WALKS[function](world)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The stack, with Slack."""
    port, vendor_port, inbox_port = free_ports(3)
    stack = Stack(tmp_path_factory.mktemp("recorded"), port, persistent=False, recorded=True)
    stack.parameters |= {
        "JQuantsBaseUrl": f"http://127.0.0.1:{vendor_port}",
        "SlackChannelsParameter": SLACK_PARAMETER,
        "SlackApiUrl": f"http://127.0.0.1:{inbox_port}/api/",
    }
    try:
        stack.start()
        stack.deploy()
        put_to_rest(stack)
        yield Scene(Deployed(stack, vendor_port, inbox_port), Privileges(stack))
    finally:
        stack.stop()


def put_to_rest(stack: Stack) -> None:
    """Let neither the stream nor the queue call a function."""
    client = stack.client("lambda")
    for mapping in client.list_event_source_mappings()["EventSourceMappings"]:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)


def test_every_function_has_a_walk() -> None:
    assert set(WALKS) == set(functions())


@pytest.mark.parametrize("function", WALKS)
def test_a_function_uses_every_action_that_it_is_granted_and_asks_for_no_other(scene: Scene, function: str) -> None:
    before = scene.privileges.checks()

    scene.walk(function)

    calls = scene.privileges.calls(function, after=before)
    assert [call for call in calls if call.refused] == []
    assert scene.privileges.used(function, calls) == scene.privileges.granted(function)
    assert scene.privileges.granted(function) == set(grants(function, CONDITIONS))


@pytest.mark.parametrize(("function", "grant"), GRANTED, ids=str)
def test_without_one_action_a_function_fails_at_it(scene: Scene, function: str, grant: Grant) -> None:
    before = scene.privileges.checks()

    with scene.privileges.without(function, grant), pytest.raises((AssertionError, StackError)):
        scene.walk(function)

    refused = [call.action for call in scene.privileges.calls(function, after=before) if call.refused]
    assert set(refused) == {grant.action}


@pytest.mark.parametrize("function", WALKS)
def test_what_sam_adds_is_for_lambda_and_for_dead_letters(scene: Scene, function: str) -> None:
    triggers = {kind for kind in MANAGED if any(name == function for name, _ in events(kind))}

    assert scene.privileges.managed(function) == {MANAGED[kind] for kind in triggers | {""}}
    for statements in scene.privileges.added(function).values():
        assert [statement["Action"] for statement in statements] == ["sqs:SendMessage"]
        assert "DeadLetterQueue" in statements[0]["Resource"]
