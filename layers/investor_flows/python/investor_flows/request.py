"""What an event asks for: the task, and the time it goes by. Bad requests say what is accepted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from investor_flows.errors import RequestError


def task_of[Task](event: Mapping[str, Any], tasks: Mapping[str, Task], default: str) -> Task:
    """Choose the task that the event names in `task`."""
    name = event.get("task", default)
    if not isinstance(name, str) or name not in tasks:
        raise RequestError(f'"task" must be one of {", ".join(tasks)}')
    return tasks[name]


def time_of(event: Mapping[str, Any], wall_clock: datetime) -> datetime:
    """The event's own `time` (ISO 8601 with an offset) is the clock where given, else the wall clock."""
    text = event.get("time")
    if text is None:
        return wall_clock
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise RequestError('"time" must be ISO 8601, as in 2026-11-19T18:01:00+09:00') from None
    if moment.tzinfo is None:
        raise RequestError('"time" must carry an offset, as in 2026-11-19T18:01:00+09:00')
    return moment
