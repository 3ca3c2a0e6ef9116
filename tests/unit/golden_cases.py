"""The golden cases and their texts. `python -m tests.unit.golden_cases --write` writes the texts anew."""

import sys
from collections.abc import Callable, Iterator
from functools import cache
from inspect import getmembers, isfunction
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from investor_flows.message import Message
from investor_flows.render import Wording
from investor_flows.summary import Summary

from tests.unit import golden_by_hand, golden_corrections, golden_notices, golden_releases
from tests.unit.scenes import Scene

FOLDER = Path(__file__).parent / "golden"
LANGUAGES = ("ja", "en")


class Case(Protocol):
    """What can be summarised."""

    def summary(self) -> Summary:
        """Summarise the case as the announce function does."""
        ...


def _cases(module: ModuleType, prefix: str) -> Iterator[tuple[str, Callable[[], Case]]]:
    for name, function in getmembers(module, isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            yield f"{prefix}_{name}", function


CASES = dict(
    [
        *_cases(golden_releases, "release"),
        *_cases(golden_corrections, "correction"),
        *_cases(golden_notices, "notice"),
        *_cases(golden_by_hand, "by_hand"),
    ]
)


@cache
def wording(language: str) -> Wording:
    """Build the wording of a language once."""
    return Wording(language)


def told(scene: Scene, language: str) -> Message:
    """The message of a scene."""
    return wording(language).message(scene.summary())


@cache
def summary(case: str) -> Summary:
    """Store and summarise a case once, for both languages."""
    return CASES[case]().summary()


@cache
def message(case: str, language: str) -> Message:
    """Word a case once."""
    return wording(language).message(summary(case))


def text(told: Message) -> str:
    """A message as a person can read and compare it."""
    document: Any = told.document
    parts = {
        "subject": told.subject,
        "e-mail": told.email,
        "Slack text": document["slack"]["text"],
        "Slack blocks": "\n".join(map(_block, document["slack"]["blocks"])),
        "attributes": "\n".join(f"{name}: {value}" for name, value in told.attributes.items()),
    }
    return "\n".join(f"--- {title}\n{part.rstrip()}\n" for title, part in parts.items())


def _block(block: dict[str, Any]) -> str:
    match block:
        case {"type": "table", "rows": rows}:
            lines = [" | ".join(cell["text"] for cell in row) for row in rows]
        case {"elements": elements}:
            lines = [element["text"] for element in elements]
        case _:
            lines = block["text"]["text"].splitlines()
    return "\n".join([f"[{block['type']}]", *(f"  {line}" for line in lines)])


def path(case: str, language: str) -> Path:
    """Where a golden text is kept."""
    return FOLDER / f"{case}.{language}.txt"


def main() -> None:
    """Write every golden text; the ones of cases that are gone are deleted."""
    wanted = {path(case, language) for case in CASES for language in LANGUAGES}
    for stale in set(FOLDER.glob("*.txt")) - wanted:
        stale.unlink()
    for case in CASES:
        for language in LANGUAGES:
            path(case, language).write_text(text(message(case, language)), encoding="utf-8")
    print(f"{len(wanted)} golden texts in {FOLDER}")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.unit.golden_cases --write")
    main()
