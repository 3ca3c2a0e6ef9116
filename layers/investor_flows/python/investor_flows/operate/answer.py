"""Operate: answers operators' requests. Each is a file in `events/`; README, "Operate it", says when to use which."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from investor_flows.errors import RequestError
from investor_flows.operate.desk import Desk
from investor_flows.operate.doctor import doctor
from investor_flows.operate.history_requests import answer_as_of, answer_held, answer_revisions
from investor_flows.operate.message_requests import answer_explain, answer_preview, answer_replay, answer_test
from investor_flows.request import Json, Request, task_of, time_of

LARGEST_ANSWER = 5_500_000
"""Bytes; Lambda takes 6 MB."""

Event = Mapping[str, Any]


def answer(event: Event, desk: Desk, wall_clock: datetime) -> Json:
    """Answer a request. Raises RequestError, which says what is accepted, where nothing was done."""
    task = task_of(event, TASKS)
    answered = task(event, desk, time_of(event, wall_clock))
    if len(json.dumps(answered)) > LARGEST_ANSWER:
        raise RequestError("the answer is larger than Lambda takes: ask for less, as for one receipt or fewer weeks")
    return answered


def _doctor(event: Event, desk: Desk, now: datetime) -> Json:
    Request(event)
    return doctor(desk.patient, now)


def _watch(event: Event, desk: Desk, now: datetime) -> Json:
    Request(event)
    return desk.watch(now)


TASKS: Mapping[str, Callable[[Event, Desk, datetime], Json]] = {
    "explain": answer_explain,
    "doctor": _doctor,
    "preview": answer_preview,
    "replay": answer_replay,
    "test": answer_test,
    "as_of": answer_as_of,
    "revisions": answer_revisions,
    "held": answer_held,
    "watch": _watch,
}
