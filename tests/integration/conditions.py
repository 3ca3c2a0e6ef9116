"""The conditions of the adapters' writes, found by reading their source, and the adapters without one of them.

A condition is what is given as ConditionExpression; where a function hands on what its callers give, it is theirs.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import ModuleType

import investor_flows

PACKAGE = Path(investor_flows.__file__).parent
EXPRESSION = "ConditionExpression"
SILENCED = "_always_true"


class UnclearConditionError(Exception):
    """A condition comes from where this module does not look."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the source. It is named by its function and its text, so that its line may move."""

    path: Path
    function: str
    text: str
    number: int  # among the conditions of its file

    @property
    def name(self) -> str:
        """What it is called in a test."""
        return f"{self.path.stem}.{self.function}: {self.text}"


def conditions() -> list[Condition]:
    """Every condition of the package."""
    found: list[Condition] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        places = _places(ast.parse(path.read_text()))
        found += [Condition(path, function, ast.unparse(node), n) for n, (function, node) in enumerate(places)]
    return found


def without(condition: Condition) -> ModuleType:
    """The condition's module, as it would be if the condition let everything pass. Nothing on disk changes."""
    tree = ast.parse(condition.path.read_text())
    _, node = _places(tree)[condition.number]
    _Silence(node).visit(tree)
    name = ".".join(condition.path.relative_to(PACKAGE.parent).with_suffix("").parts)
    module = ModuleType(name)
    vars(module)[SILENCED] = always_true
    exec(compile(ast.fix_missing_locations(tree), condition.path, "exec"), vars(module))  # noqa: S102 - our own source
    return module


def always_true(condition: str) -> str:
    """A condition that every item meets. It keeps the names and values, of which DynamoDB wants each to be used."""
    return f"({condition}) OR NOT ({condition})"


class _Silence(ast.NodeTransformer):
    """Makes one condition always true."""

    def __init__(self, condition: ast.expr) -> None:
        self._condition = condition

    def visit(self, node: ast.AST) -> ast.AST:
        """Replace the condition, leave the rest."""
        if node is self._condition:
            return ast.Call(ast.Name(SILENCED, ast.Load()), [self._condition], [])
        return self.generic_visit(node)


def _places(tree: ast.Module) -> list[tuple[str, ast.expr]]:
    """Each condition with the function that gives it, in the order of the source."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    given = [(function, value) for function in functions for value in _values(function)]
    if len(given) != sum(_is_name(node) or getattr(node, "arg", None) == EXPRESSION for node in ast.walk(tree)):
        raise UnclearConditionError("a condition is given in a way that _pairs does not know")
    found = chain.from_iterable(_givers(function, value, functions) for function, value in given)
    return sorted(found, key=lambda place: (place[1].lineno, place[1].col_offset))


def _values(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a function gives as ConditionExpression: in a dictionary, as an argument, or under that key."""
    for node in ast.walk(function):
        yield from (value for key, value in _pairs(node) if _is_name(key))


def _pairs(node: ast.AST) -> Iterator[tuple[ast.expr | None, ast.expr]]:
    if isinstance(node, ast.Dict):
        yield from zip(node.keys, node.values, strict=True)
    elif isinstance(node, ast.keyword):
        yield ast.Constant(node.arg), node.value
    elif isinstance(node, ast.Assign):
        yield from ((to.slice, node.value) for to in node.targets if isinstance(to, ast.Subscript))


def _is_name(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value == EXPRESSION


def _givers(
    function: ast.FunctionDef, value: ast.expr, functions: list[ast.FunctionDef]
) -> Iterator[tuple[str, ast.expr]]:
    """Where a value comes from: the function itself, or, where it is a parameter, every caller that gives one.

    Of two, one or the other of which is given, each is a condition.
    """
    if isinstance(value, ast.IfExp):
        yield from _givers(function, value.body, functions)
        yield from _givers(function, value.orelse, functions)
        return
    parameters = [each.arg for each in function.args.args]
    if not (isinstance(value, ast.Name) and value.id in parameters):
        yield function.name, value
        return
    position = parameters.index(value.id) - (parameters[0] == "self")
    for caller in functions:
        for call in ast.walk(caller):
            if isinstance(call, ast.Call) and _called(call) == function.name:
                for argument in _arguments(call, position, value.id):
                    yield from _givers(caller, argument, functions)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _arguments(call: ast.Call, position: int, name: str) -> list[ast.expr]:
    """What a call gives for a parameter: one expression, or none where the default is meant."""
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        raise UnclearConditionError(ast.unparse(call))
    return [*call.args[position : position + 1], *(each.value for each in call.keywords if each.arg == name)]
