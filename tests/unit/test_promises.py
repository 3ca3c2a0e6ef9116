"""README's promises: each has a number and names the tests that hold it. `make faults` holds five of them at length."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.unit import readme

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+) \|$", re.M)
LINK = re.compile(r"\[`(test_\w+)`\]\((tests/[\w/]+\.py)\)")
ASKED_FOR = 10


@dataclass(frozen=True)
class Promise:
    """One row of README's table."""

    number: int
    text: str
    held_by: str

    @property
    def tests(self) -> list[tuple[str, str]]:
        """The tests that it links to, each with its file."""
        return LINK.findall(self.held_by)


PROMISES = [Promise(int(number), text, held_by) for number, text, held_by in ROW.findall(readme.section("Promises"))]
NAMED = [(promise.number, *named) for promise in PROMISES for named in promise.tests]


def test_every_promise_is_there_in_order() -> None:
    assert [promise.number for promise in PROMISES] == list(range(1, len(PROMISES) + 1))
    assert len(PROMISES) >= ASKED_FOR


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: str(promise.number))
def test_every_promise_is_held_by_tests_and_by_nothing_else(promise: Promise) -> None:
    rest = LINK.sub("", promise.held_by).replace(",", "").strip()

    assert promise.tests
    assert rest == "", "a name that is no link to a test"


@pytest.mark.parametrize(("number", "function", "path"), NAMED, ids=[f"{number}-{name}" for number, name, _ in NAMED])
def test_every_test_that_is_named_is_there(number: int, function: str, path: str) -> None:  # noqa: ARG001 - for the id
    tree = ast.parse((ROOT / path).read_text())

    assert function in [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
