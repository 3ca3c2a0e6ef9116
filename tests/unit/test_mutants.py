"""The mutants' own tools: nothing is left out for its decorator, and each reason is for a module that is tried."""

import ast

import pytest

from tests.mutants.__main__ import TESTS
from tests.mutants.survivors import reasons
from tests.mutants.workspace import PACKAGE, path_of, undecorated

DECORATED = """
import functools

def twice(function):
    return lambda number: function(function(number))

@functools.cache
def first(number):
    return number + 1

@twice
def second(number):
    return number + 2

class Pair:
    @property
    def sum(self):
        return 3

    @classmethod
    def of(cls):
        return cls()
"""


def test_a_function_without_its_decorator_is_decorated_all_the_same() -> None:
    names: dict[str, object] = {}

    exec(undecorated(DECORATED), names)  # noqa: S102 - the source above

    first, second, pair = names["first"], names["second"], names["Pair"]
    assert hasattr(first, "cache_info")
    assert second(3) == 7  # type: ignore[operator]
    assert pair.of().sum == 3  # type: ignore[attr-defined]
    assert undecorated(DECORATED).count("@") == 1


@pytest.mark.parametrize("module", TESTS)
def test_each_module_has_tests_and_can_be_laid_out(module: str) -> None:
    source = (PACKAGE / path_of(module)).read_text()

    assert ast.unparse(ast.parse(undecorated(source)))


def test_each_mutant_that_may_live_has_a_reason_and_a_module_that_is_tried() -> None:
    assert {mutant.module for mutant in reasons()} <= set(TESTS)
    assert all(reasons().values())
