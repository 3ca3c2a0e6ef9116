"""How often a month the schedules of the template fire, and what of it has a fixed price."""

from collections.abc import Mapping
from typing import Any

import yaml

from tests.local.toolchain import BUILD

DAYS = 365.25 / 12
WEEK = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
SCHEDULES = ("PollSchedule", "SparsePollSchedule", "AuditSchedule")


def per_month(cron: str) -> float:
    """How often cron(minutes hours day month weekday year) fires in a month; day, month and year must be open."""
    minutes, hours, day, month, weekday, year = cron.removeprefix("cron(").removesuffix(")").split()
    if (day, month, year) != ("?", "*", "*"):
        raise ValueError(f"{cron}: count the days by hand")
    return _times(minutes, 60) * _times(hours, 24) * _days(weekday) / len(WEEK) * DAYS


def _times(field: str, of: int) -> int:
    start, _, step = field.partition("/")
    if step:
        return len(range(0 if start == "*" else int(start), of, int(step)))
    return of if field == "*" else sum(_span(part) for part in field.split(","))


def _span(part: str) -> int:
    first, _, last = part.partition("-")
    return int(last or first) - int(first) + 1


def _days(field: str) -> int:
    if field == "*":
        return len(WEEK)
    first, _, last = field.partition("-")
    return WEEK.index(last or first) - WEEK.index(first) + 1


def template() -> Mapping[str, Any]:
    """The built template."""
    found: Mapping[str, Any] = yaml.safe_load((BUILD / "template.yaml").read_text())
    return found


def defaults() -> list[float]:
    """How often each of SCHEDULES fires a month by default."""
    parameters = template()["Parameters"]
    return [per_month(parameters[name]["Default"]) for name in SCHEDULES]


def count(kind: str) -> int:
    """How many resources of a kind the template makes at most."""
    return sum(resource["Type"] == kind for resource in template()["Resources"].values())
