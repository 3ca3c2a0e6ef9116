"""The payloads of `events/` are what the machine sends today: `python -m tests.local.payloads` writes them anew."""

import json
from typing import Any

import pytest
from investor_flows.items import announcement_item, to_announcement
from investor_flows.request import task_of

from tests.local.payloads import EVENTS
from tests.unit.schema import errors

TASKS = ("poll", "backfill", "audit")


def event(name: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return payload


@pytest.mark.parametrize("name", TASKS)
def test_a_request_names_the_task_of_its_file(name: str) -> None:
    assert task_of(event(name), {task: task for task in TASKS}, default="poll") == name


def test_the_stream_s_payload_holds_an_announcement_as_it_is_stored() -> None:
    [record] = event("announce")["Records"]
    image = record["dynamodb"]["NewImage"]

    assert announcement_item(to_announcement(image)) == image


def test_the_queue_s_payload_holds_a_document_that_keeps_the_schema() -> None:
    [record] = event("slack")["Records"]

    assert errors(json.loads(record["body"])) == []
