"""The documented parameters of the simulated endpoint, read, checked, applied. The page key's form is invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zlib import crc32

from investor_flows.model import Measure

from tests.local.vendor.faults import SERVED_AGAIN
from tests.local.vendor.publication import Publication
from tests.local.vendor.synthesis import SECTIONS


class Window(StrEnum):
    """What `from` and `to` are compared with; nobody here knows which one the real vendor takes."""

    PUBLISHED = "published"
    PERIOD = "period"


class BadParameter(Exception):
    """A parameter that the endpoint refuses."""


@dataclass(frozen=True, slots=True)
class Query:
    """One request's parameters."""

    measure: Measure
    section: str | None
    since: date | None
    until: date | None
    offset: int
    checksum: int

    def selects(self, row: Publication, window: Window) -> bool:
        """Tell whether the row is asked for, by published date or by the last day of its week."""
        day = row.published_date if window is Window.PUBLISHED else row.week.end_date
        if self.section not in (None, row.section):
            return False
        return (self.since or date.min) <= day <= (self.until or date.max)

    def key(self, offset: int) -> str:
        """Make the key of the page that starts at an offset; it fits this query only."""
        return f"{offset}.{self.checksum}."


def read(parameters: Mapping[str, str]) -> Query:
    """Read the parameters, or say which of them is wrong."""
    checksum = crc32(repr(sorted((name, value) for name, value in parameters.items() if name != KEY)).encode())
    return Query(
        measure=_measure(parameters.get("is_value", "true")),
        section=_section(parameters.get("section")),
        since=_day("from", parameters.get("from")),
        until=_day("to", parameters.get("to")),
        offset=_offset(parameters.get(KEY), checksum),
        checksum=checksum,
    )


KEY = "pagination_key"


def _measure(told: str) -> Measure:
    if told not in ("true", "false"):
        raise BadParameter("'is_value' must be true or false.")
    return Measure.VALUE if told == "true" else Measure.VOLUME


def _section(told: str | None) -> str | None:
    if told is not None and told not in SECTIONS:
        raise BadParameter("'section' is not a section name.")
    return told


def _day(name: str, told: str | None) -> date | None:
    """Read 20210901 or 2021-09-01, and no other form."""
    if told is None:
        return None
    digits = told.replace("-", "")
    try:
        day = date.fromisoformat(digits)
    except ValueError:
        raise BadParameter(f"'{name}' must be YYYYMMDD or YYYY-MM-DD.") from None
    if told not in (digits, day.isoformat()) or len(digits) != len("YYYYMMDD"):
        raise BadParameter(f"'{name}' must be YYYYMMDD or YYYY-MM-DD.")
    return day


def _offset(told: str | None, checksum: int) -> int:
    if told is None or told.startswith(SERVED_AGAIN):
        return 0
    offset, _, rest = told.partition(".")
    if not offset.isdigit() or rest != f"{checksum}.":
        raise BadParameter("'pagination_key' does not belong to this request.")
    return int(offset)
