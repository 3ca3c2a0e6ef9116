"""One row of the API's JSON, read strictly: a record that keeps its accounts, or a held row with the reason.

Numbers may come as int, whole float, numeric string or null (FACTS 1.4). Anything else holds the row.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from investor_flows.accounts import STORED, Cells, consistent, fault
from investor_flows.intake import HISTORY_BEGINS
from investor_flows.model import GROUPS, INVESTOR_TYPES, Held, Measure, Record

LIMIT = 10**15
"""No cell comes near this: a quadrillion thousand yen is a thousand times Japan's yearly output."""

LONGEST_WEEK = timedelta(days=14)
SATURDAY = 5
LONGEST_NAME = 40
LARGEST_EXTRA = 10_000
"""Characters of unknown fields: a release's transaction holds 4 MB, and one odd row must not burst it."""

_SUFFIX = {Measure.VALUE: "Value", Measure.VOLUME: "Volume"}
_DATES = ("StartDate", "EndDate", "PublishedDate")
_CELLS = tuple(
    f"{name}{figure}"
    for name in INVESTOR_TYPES
    for figure in (("Sales", "Purchases", "Total", "Balance") if name in GROUPS else ("Sales", "Purchases"))
)
_FIELDS = {measure: {cell: f"{cell}{suffix}" for cell in _CELLS} for measure, suffix in _SUFFIX.items()}
_STORED = itemgetter(*STORED)
_KNOWN = {measure: {"Section", *_DATES, *fields.values()} for measure, fields in _FIELDS.items()}


class _Unsound(ValueError):
    """The row cannot be taken; the text is the reason."""

    def __init__(self, reason: str, record: Record | None = None) -> None:
        """`record`: what a person may vouch for."""
        super().__init__(reason)
        self.record = record


def read_row(row: object, measure: Measure) -> Record | Held:
    """Read one row; `measure` is what was asked for. Never raises: a row that cannot be read is held."""
    try:
        return _record(_mapping(row), measure)
    except _Unsound as error:
        return _held(row, measure, str(error), error.record)


def _record(row: Mapping[str, object], measure: Measure) -> Record:
    section = _section(row)
    start, end, published = (_date(row, name) for name in _DATES)
    if reason := _date_fault(start, end, published):
        raise _Unsound(reason)
    cells = _cells(row, _FIELDS[measure])
    figures = _STORED(cells)
    record = Record(section, measure, start, end, published, figures, _extra(row, measure))
    if reason := fault(cells):
        raise _Unsound(reason, record if consistent(cells) else None)
    return record


def _mapping(row: object) -> Mapping[str, object]:
    if not isinstance(row, dict):
        raise _Unsound(f"the row is {type(row).__name__}, not an object")
    return row


def _section(row: Mapping[str, object]) -> str:
    section = row.get("Section")
    if not isinstance(section, str) or not section.isprintable() or not 0 < len(section) <= LONGEST_NAME:
        raise _Unsound("Section is missing or not a name")
    if section != section.strip():
        raise _Unsound("Section begins or ends with a space")
    if "#" in section:
        raise _Unsound("Section holds a #")
    return section


def _date(row: Mapping[str, object], name: str) -> date:
    """Read a date. Real rows say 2017-01-13; the page's field list says YY-MM-DD. Weeks of ISO 8601 are not meant."""
    text = row.get(name)
    if not isinstance(text, str):
        raise _Unsound(f"{name} is missing or not a text")
    full = f"20{text}" if len(text) == len("17-01-13") and text[2:3] == "-" else text
    try:
        return date.fromisoformat(full.replace("W", "-"))
    except ValueError:
        raise _Unsound(f"{name} is not a date: {text[:LONGEST_NAME]!a}") from None


def _date_fault(start: date, end: date, published: date) -> str | None:
    if not start <= end < published:
        return f"StartDate {start}, EndDate {end} and PublishedDate {published} are out of order"
    if end - start > LONGEST_WEEK:
        return f"StartDate {start} to EndDate {end} is not a week"
    if end < HISTORY_BEGINS or end.weekday() >= SATURDAY:
        return f"EndDate {end} is no day of trading since {HISTORY_BEGINS}"
    return None


def _cells(row: Mapping[str, object], names: Mapping[str, str]) -> Cells:
    """Read the figures. A history has half a million, nearly all plain: only the others are looked at one by one."""
    cells: dict[str, Any] = {cell: row.get(name) for cell, name in names.items()}
    odd = [
        cell for cell, raw in cells.items() if raw is not None and (type(raw) is not int or not -LIMIT < raw < LIMIT)
    ]
    return cells | {cell: _number(cells[cell], names[cell]) for cell in odd}


def _number(raw: object, name: str) -> int:
    number = raw if type(raw) is int else _whole(raw)
    if number is None or not -LIMIT < number < LIMIT:
        raise _Unsound(f"{name} is not a whole number below {LIMIT:.0e}")
    return number


def _whole(raw: object) -> int | None:
    """The int that `raw` stands for where it is none itself: 12.0, "12" and "12.0" are 12; all else is None."""
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else None
    if isinstance(raw, str):
        digits = raw.removesuffix(".0")
        plain = len(digits) <= len(str(LIMIT)) and digits.isascii() and digits.removeprefix("-").isdecimal()
        return int(digits) if plain else None
    return None


def _extra(row: Mapping[str, object], measure: Measure) -> str:
    unknown = row.keys() - _KNOWN[measure]
    extra = json.dumps({name: row[name] for name in unknown}, sort_keys=True) if unknown else ""
    if len(extra) > LARGEST_EXTRA:
        raise _Unsound(f"unknown fields of more than {LARGEST_EXTRA} characters")
    return extra


def _held(row: object, measure: Measure, reason: str, record: Record | None) -> Held:
    """Keep what was received, and say whose week it was where that can be read."""
    fields = row if isinstance(row, dict) else {}
    raw = json.dumps(row, sort_keys=True)  # ASCII: no store takes half a surrogate
    return Held(raw, measure, reason, _legible_section(fields), *_legible_week(fields), record)


def _legible_section(fields: Mapping[str, object]) -> str | None:
    try:
        return _section(fields)
    except _Unsound:
        return None


def _legible_week(fields: Mapping[str, object]) -> tuple[date | None, date | None]:
    """Give the week's last day and its publication. Dates that contradict each other are both as good as illegible."""
    start, end, published = (_legible_date(fields, name) for name in _DATES)
    if end and published and _date_fault(start or end, end, published):
        return None, None
    return end, published


def _legible_date(fields: Mapping[str, object], name: str) -> date | None:
    try:
        return _date(fields, name)
    except _Unsound:
        return None
