"""The table of `make bench`: one line a target, with this project's figure, the figure beside it and the verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

HEADINGS = ("subject", "what", "this project", "beside", "ratio", "target", "verdict")
MET, MISSED, KNOWN = "met", "**missed**", ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `met` is None for a figure that is shown to be known and has no target of its own."""

    subject: str
    what: str
    ours: str
    beside: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        """Whether the target is met; nothing where there is none."""
        return KNOWN if self.met is None else MET if self.met else MISSED

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as texts, in the order of HEADINGS."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return self.subject, self.what, self.ours, self.beside, ratio, self.target, self.verdict


def amount(number: float, unit: str) -> str:
    """A figure with its unit, with as many digits as tell something."""
    digits = 0 if number >= 100 or number == int(number) else 1 if number >= 10 else 2 if number >= 0.1 else 4
    return f"{number:,.{digits}f} {unit}".strip()


def at_most(subject: str, what: str, ours: float, unit: str, limit: float, beside: str = "") -> Row:
    """A target that is an amount."""
    return Row(subject, what, amount(ours, unit), beside, None, f"≤ {amount(limit, unit)}", ours <= limit)


def at_least(subject: str, what: str, ours: float, unit: str, limit: float, beside: str = "") -> Row:
    """A target that is a rate."""
    return Row(subject, what, amount(ours, unit), beside, None, f"≥ {amount(limit, unit)}", ours >= limit)


def beside(subject: str, what: str, ours: float, unit: str, other: tuple[str, float], limit: float | None) -> Row:
    """A target that is a ratio to something measured in the same run; without a limit it is only shown."""
    name, theirs = other
    ratio = ours / theirs
    target = "" if limit is None else f"≤ {limit:g} ×"
    met = None if limit is None else ratio <= limit
    return Row(subject, what, amount(ours, unit), f"{amount(theirs, unit)} {name}", ratio, target, met)


def as_markdown(headings: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table that reads well as text, too."""
    rows = [tuple(headings), *map(tuple, lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(headings))]
    texts = ["| " + " | ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)) + " |" for row in rows]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([texts[0], rule, *texts[1:]])


def summary(rows: Sequence[Row]) -> str:
    """How many targets are met, and the name of each that is missed."""
    judged = [row for row in rows if row.met is not None]
    missed = [f"{row.subject}: {row.what}" for row in judged if not row.met]
    told = f"{len(judged) - len(missed)} of {len(judged)} targets met."
    return f"{told} Missed: {'; '.join(missed)}." if missed else told


def title(now: datetime, machine: str) -> str:
    """When and where the table was measured."""
    return f"Measured on {now:%Y-%m-%d %H:%M} UTC by `make bench`, {machine}."
