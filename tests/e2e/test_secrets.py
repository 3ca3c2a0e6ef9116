"""No failure leaves a secret behind: each is provoked with canaries, then everything is searched for them.

The same search runs after every other test of the deployed template (tests/conftest.py).
"""

import time
from collections.abc import Callable
from typing import Any

import requests

from tests.canaries import HOOK, WORD, found_in_data, found_in_logs
from tests.conftest import API_KEY_PARAMETER, SLACK_PARAMETER, World
from tests.e2e.runtime import event
from tests.local.processes import StackError
from tests.local.web.visit import Reply, Visit, json_reply

PLANTED = "planted-7e1f"
VENDOR_FAULTS = ("401", "403", "413", "429", "503", "html", "cut_body", "cut_gzip", "redirect")
SLACK_FAULTS = ("400", "403", "404", "429", "500", "no_service", "invalid_blocks", "lost_answer")
WRONG_KEYS = (f"{WORD}-wrong", f"{WORD}\nof two lines", f"{WORD}鍵")
WRONG_HOOKS = (
    f"{WORD} is no URL",
    f"http://hooks.slack.test/{WORD}",
    f"https://127.0.0.1:1/{WORD}",
    f"https://[{WORD}",
)


def test_what_is_planted_anywhere_is_found(world: World) -> None:
    logs, group = world.client("logs"), "/planted"
    logs.create_log_group(logGroupName=group)
    logs.create_log_stream(logGroupName=group, logStreamName="one")
    entry = {"timestamp": int(time.time() * 1000), "message": f"key {PLANTED}"}
    logs.put_log_events(logGroupName=group, logStreamName="one", logEvents=[entry])
    item = {"pk": {"S": "HELD"}, "sk": {"S": "1"}, "raw": {"S": f"<{PLANTED}>"}}
    world.client("dynamodb").put_item(TableName=world.table_name, Item=item)
    world.send("SlackDeadLetterQueueUrl", PLANTED)
    requests.post(f"{world.inbox.url}/slack/webhook/T/B/x", json={"text": PLANTED}, timeout=10).raise_for_status()

    found = found_in_logs(world.stack, PLANTED) | found_in_data(world.stack, world.inbox, PLANTED)

    queue = world.stack.outputs["SlackDeadLetterQueueUrl"].rpartition("/")[2]
    assert found == {f"log {group}", "table", f"queue {queue}", "slack to readers"}


def test_no_failure_of_the_vendor_leaves_the_key_behind(world: World) -> None:
    errors = []
    for fault in VENDOR_FAULTS:
        world.vendor.fail_next(fault, times=None)
        errors += failures(world.poll)
        world.vendor.heal()
    answer, world.vendor.answer = world.vendor.answer, echo  # type: ignore[method-assign]
    errors += failures(world.poll)
    world.vendor.answer = answer  # type: ignore[method-assign]
    for key in WRONG_KEYS:
        world.stack.put_secret(API_KEY_PARAMETER, key)
        world.restart_functions()
        errors += failures(world.poll)

    assert len(errors) == len(VENDOR_FAULTS) + 1 + len(WRONG_KEYS)
    assert [error for error in errors if WORD in error] == []
    assert found_in_logs(world.stack) | found_in_data(world.stack, world.inbox) == set()


def test_no_failure_of_slack_leaves_the_webhook_behind(world: World) -> None:
    errors = []
    for fault in SLACK_FAULTS:
        world.inbox.fail_next(fault, times=None, on="webhook")
        errors += failures(lambda: world.stack.invoke("slack", event("slack")))
        world.inbox.heal()
    for url in WRONG_HOOKS:
        world.stack.put_secret(SLACK_PARAMETER, url)
        world.restart_functions()
        errors += failures(lambda: world.stack.invoke("slack", event("slack")))

    assert [error for error in errors if WORD in error] == []
    assert found_in_logs(world.stack) | found_in_data(world.stack, world.inbox) == set()
    assert HOOK not in " ".join(str(message.content) for message in world.inbox.messages)


def failures(act: Callable[[], dict[str, Any]]) -> list[str]:
    """What is said of a failure; what an answer says where there is none."""
    try:
        return [str(act())]
    except StackError as error:
        return [str(error)]


def echo(visit: Visit) -> Reply:
    """Refuse, and repeat the key."""
    return json_reply({"message": f"{visit.headers['Authorization']} is no key"}, 400)
