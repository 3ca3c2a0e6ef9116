"""What an event asks for: the task, the time it goes by, and its fields. Bad requests say what is accepted."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from investor_flows.errors import RequestError

EVERYWHERE = ("task", "time")
LONGEST_TEXT = 500
SHOWN = 60
LATEST = "latest"
FINGERPRINT, MARK = r"[0-9a-f]{16}", "0123456789abcdef"
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)  # the calendar knows no other years

type Json = dict[str, Any]


def task_of[Task](event: object, tasks: Mapping[str, Task], default: str = "") -> Task:
    """Choose the task that the event names in `task`."""
    if not isinstance(event, Mapping):
        raise RequestError(f'the event must be a JSON object, as in {{"task": "{next(iter(tasks))}"}}')
    name = event.get("task", default)
    if not isinstance(name, str) or name not in tasks:
        raise RequestError(f'"task" must be one of {", ".join(tasks)}{_was(name)}')
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
    if not FIRST < moment.date() < LAST:
        raise RequestError(f'"time" must be between {FIRST} and {LAST}, as in 2026-11-19T18:01:00+09:00')
    return moment


class Request:
    """The fields of an event, each checked as it is read. A field that the task does not know is refused."""

    def __init__(self, event: Mapping[str, Any], *known: str) -> None:
        """`known`: the fields of the task. A misspelt one must not be as good as none."""
        self._fields = {name: value for name, value in event.items() if value is not None}
        if unknown := [name for name in event if name not in (*EVERYWHERE, *known)]:
            raise RequestError(f"unknown: {_names(unknown)}; this task takes {_names([*known, 'time'])}")

    def __contains__(self, name: str) -> bool:
        """Whether the event has the field; null is as good as absent."""
        return name in self._fields

    def day(self, name: str, default: date) -> date:
        """A date."""
        given = self._fields.get(name, default.isoformat())
        try:
            day = date.fromisoformat(given)
        except (TypeError, ValueError):
            day = date.min
        if not FIRST <= day <= LAST:
            raise RequestError(f'"{name}" must be a date, as in "{default}"{_was(given)}')
        return day

    def day_or_latest(self, name: str, latest: date) -> date:
        """A date, or the word `latest`, which is as good as no field."""
        return latest if self._fields.get(name) == LATEST else self.day(name, latest)

    def span(self, last: date, reach: timedelta) -> tuple[date, date]:
        """The first and the last day, in `from` and `to`; unless told, up to `last` and as long as `reach`."""
        end = self.day("to", last)
        first = self.day("from", max(FIRST, end - reach))
        if first > end:
            raise RequestError(f'"from" must not be after "to"; these were {first} and {end}')
        return first, end

    def choice(self, name: str, accepted: Sequence[str], default: str) -> str:
        """One of several words."""
        given = self._fields.get(name, default)
        if not isinstance(given, str) or given not in accepted:
            raise RequestError(f'"{name}" must be one of {", ".join(accepted)}{_was(given)}')
        return given

    def choices(self, name: str, accepted: Sequence[str]) -> tuple[str, ...]:
        """Some of several words, in their usual order; all of them where the event names none."""
        given = self._fields.get(name, list(accepted))
        wanted = [given] if isinstance(given, str) else given
        if not isinstance(wanted, list) or not wanted or any(each not in accepted for each in wanted):
            raise RequestError(f'"{name}" must be a list of some of {", ".join(accepted)}{_was(given)}')
        return tuple(each for each in accepted if each in wanted)

    def text(self, name: str, example: str) -> str:
        """A text that must be there."""
        given = self._fields.get(name, "")
        if not isinstance(given, str) or not given.strip() or len(given) > LONGEST_TEXT or not given.isprintable():
            raise RequestError(
                f'"{name}" must be one line of at most {LONGEST_TEXT} characters, as in "{example}"{_was(given)}'
            )
        return given.strip()

    def fingerprint(self) -> str:
        """The fingerprint of a held row."""
        given = self._fields.get("fingerprint")
        if not isinstance(given, str) or not re.fullmatch(FINGERPRINT, given):
            raise RequestError(f'"fingerprint" must be one that events/held.json lists, as in "{MARK}"{_was(given)}')
        return given


def _names(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _was(given: object) -> str:
    """Repeat what was given, where it was."""
    return f"; this was {repr(given)[:SHOWN]}" if given else ""
