"""What can be done to the simulated exchange, as plain data: kept in its state file, sent over HTTP, and replayed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from investor_flows.model import Measure

MEASURES = tuple(Measure)

type Names = str | Iterable[str] | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing done. What is left out means: the newest week (or the next, where that makes sense), all, both."""

    name: str
    end_date: date | None = None
    sections: tuple[str, ...] | None = None
    measures: tuple[Measure, ...] = MEASURES
    published_date: date | None = None
    field: str = "ForeignersBalance"
    by: int = 1_000

    def as_json(self) -> dict[str, Any]:
        """Write the operation as a JSON document."""
        return {
            "name": self.name,
            "end_date": self.end_date and self.end_date.isoformat(),
            "sections": self.sections and list(self.sections),
            "measures": list(self.measures),
            "published_date": self.published_date and self.published_date.isoformat(),
            "field": self.field,
            "by": self.by,
        }

    @classmethod
    def from_json(cls, name: str, told: Mapping[str, Any]) -> "Operation":
        """Read the operation of a JSON document; `section` and `measure` may be given for a single one."""
        return cls(
            name,
            end_date=_date(told.get("end_date")),
            sections=names(told.get("sections", told.get("section"))),
            measures=measures(told.get("measures", told.get("measure"))),
            published_date=_date(told.get("published_date")),
            field=str(told.get("field", cls.__dataclass_fields__["field"].default)),
            by=int(told.get("by", cls.__dataclass_fields__["by"].default)),
        )


def names(told: Names) -> tuple[str, ...] | None:
    """One name or several, as a tuple; None stays None and means all."""
    if told is None:
        return None
    return (told,) if isinstance(told, str) else tuple(told)


def measures(told: Names) -> tuple[Measure, ...]:
    """One measure or several; None means both."""
    return tuple(Measure(name) for name in names(told) or MEASURES)


def _date(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
