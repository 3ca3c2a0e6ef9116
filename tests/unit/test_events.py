"""The files of `events/`: requests that the functions know, and payloads that the machine sends today.

`python -m tests.local.payloads` writes the payloads anew.
"""

import json
import re
from typing import Any

import pytest
from investor_flows import poll_requests
from investor_flows.items import announcement_item, to_announcement
from investor_flows.operate import answer

from tests.local.payloads import EVENTS
from tests.local.toolchain import ROOT
from tests.unit.schema import errors

PAYLOADS = {"announce", "slack"}
ROW = re.compile(r"^\| `events/(\w+)\.json` \| (\w+) \| (.+) \|$", re.MULTILINE)


def event(name: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return payload


def test_every_task_has_a_file_and_every_file_a_task() -> None:
    assert {path.stem for path in EVENTS.iterdir()} == {*poll_requests.TASKS, *answer.TASKS} | PAYLOADS


@pytest.mark.parametrize("name", sorted({*poll_requests.TASKS, *answer.TASKS}))
def test_a_request_names_the_task_of_its_file(name: str) -> None:
    assert event(name)["task"] == name


def test_the_readme_says_of_every_file_which_function_takes_it_and_when_to_use_it() -> None:
    rows = [(name, function) for name, function, when in ROW.findall((ROOT / "README.md").read_text()) if when]

    asked = (
        dict.fromkeys(poll_requests.TASKS, "poll")
        | dict.fromkeys(answer.TASKS, "operate")
        | {name: name for name in PAYLOADS}
    )
    assert sorted(rows) == sorted(asked.items())


def test_the_stream_s_payload_holds_an_announcement_as_it_is_stored() -> None:
    [record] = event("announce")["Records"]
    image = record["dynamodb"]["NewImage"]

    assert announcement_item(to_announcement(image)) == image


def test_the_queue_s_payload_holds_a_document_that_keeps_the_schema() -> None:
    [record] = event("slack")["Records"]

    assert errors(json.loads(record["body"])) == []
