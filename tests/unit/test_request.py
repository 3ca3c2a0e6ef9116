"""What an event asks for: the task and the time; anything else is refused with what is accepted."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from investor_flows.errors import RequestError
from investor_flows.request import task_of, time_of

TASKS = {"poll": 1, "backfill": 2, "audit": 3}
WALL_CLOCK = datetime(2026, 11, 19, 9, 1, tzinfo=UTC)
EVENTS = Path(__file__).parents[2] / "events"


@pytest.mark.parametrize(("event", "task"), [({}, 1), ({"task": "poll"}, 1), ({"task": "audit"}, 3)])
def test_the_task_is_the_one_named_or_the_default(event: dict[str, Any], task: int) -> None:
    assert task_of(event, TASKS, default="poll") == task


@pytest.mark.parametrize("task", ["", "POLL", "poll ", None, 1, [], {}, ["poll"]])
def test_a_task_that_is_not_there_is_refused_with_those_that_are(task: object) -> None:
    with pytest.raises(RequestError, match="poll, backfill, audit"):
        task_of({"task": task}, TASKS, default="poll")


@pytest.mark.parametrize("task", TASKS)
def test_there_is_an_event_for_every_task(task: str) -> None:
    event = json.loads((EVENTS / f"{task}.json").read_text())

    assert task_of(event, TASKS, default="") == TASKS[task]
    assert time_of(event, WALL_CLOCK).tzinfo


@pytest.mark.parametrize("event", [{}, {"time": None}])
def test_without_a_time_the_wall_clock_goes(event: dict[str, Any]) -> None:
    assert time_of(event, WALL_CLOCK) is WALL_CLOCK


@pytest.mark.parametrize(
    "time", ["2026-11-19T18:01:00+09:00", "2026-11-19T09:01:00Z", "2026-11-19T09:01+00:00", "20261119T180100+0900"]
)
def test_the_time_of_the_event_goes_where_it_is_given(time: str) -> None:
    assert time_of({"time": time}, WALL_CLOCK + timedelta(days=1)) == WALL_CLOCK


@pytest.mark.parametrize("time", ["", "now", "2026-11-31T00:00:00Z", "18:01", 1795078860, [], {}, True])
def test_a_time_that_is_none_is_refused_with_an_example(time: object) -> None:
    with pytest.raises(RequestError, match=r"ISO 8601, as in \d{4}-"):
        time_of({"time": time}, WALL_CLOCK)


@pytest.mark.parametrize("time", ["2026-11-19T18:01:00", "2026-11-19"])
def test_a_time_without_an_offset_is_refused(time: str) -> None:
    with pytest.raises(RequestError, match="offset"):
        time_of({"time": time}, WALL_CLOCK)
