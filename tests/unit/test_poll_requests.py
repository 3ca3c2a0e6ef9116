"""Requests to the poll function: what the schedules send, what an operator may add, and what is refused."""

from typing import Any

import pytest
from investor_flows.errors import RequestError
from investor_flows.poll_requests import TASKS
from investor_flows.request import task_of

from tests.unit.fake_desk import NOW
from tests.unit.publishing import monitored, weeks

SPAN = {"from": "2025-12-01", "to": "2025-12-31"}


def ask(event: dict[str, Any]) -> tuple[Any, Any]:
    """The report, and the store."""
    source, store = monitored(8)
    source.publish(*weeks(60)[:-32])
    return task_of(event, TASKS, default="poll")(event, source, store, NOW), store


@pytest.mark.parametrize("task", ["poll", "audit", "backfill"])
def test_a_task_needs_no_other_field(task: str) -> None:
    report, _ = ask({"task": task, "time": "2026-11-19T18:30:00+09:00"})

    assert report.rows > 0


def test_a_backfill_may_be_of_a_span() -> None:
    report, store = ask({"task": "backfill", **SPAN})

    assert 0 < report.new < 30
    assert len(store.owed) == 1


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "task": ({"task": "pol"}, '"task" must be one of poll, backfill, audit'),
    "span of a poll": ({"task": "poll", **SPAN}, 'unknown: "from", "to"; this task takes "time"'),
    "span of an audit": ({"task": "audit", **SPAN}, 'unknown: "from", "to"; this task takes "time"'),
    "from": ({"task": "backfill", "from": "2025-13-01"}, '"from" must be a date, as in'),
    "to": ({"task": "backfill", "to": 20251231}, '"to" must be a date, as in'),
    "order": ({"task": "backfill", "from": SPAN["to"], "to": SPAN["from"]}, "must not be after"),
    "misspelt": ({"task": "backfill", "form": "2025-12-01"}, 'takes "from", "to", "time"'),
}


@pytest.mark.parametrize(("event", "accepted"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_request_is_refused_with_what_is_accepted(event: dict[str, Any], accepted: str) -> None:
    with pytest.raises(RequestError, match=accepted):
        ask(event)
