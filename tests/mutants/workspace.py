"""A tree of its own in which mutmut finds the package under `src/`, and breaks one module of it.

mutmut leaves decorated functions alone, so there a decorator is a call after the function: `place = property(place)`.
A decorator of the module's own is called with each call of the function, or its mutants would never run.
"""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "layers" / "investor_flows" / "python" / "investor_flows"
WORK = ROOT / ".local" / "mutants"
TAKEN_BY_MUTMUT = {"staticmethod", "classmethod"}

SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = ["src/investor_flows/{path}"]
pytest_add_cli_args = ["-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = {tests}
process_isolation = "forkserver"
use_git_change_detection = false
timeout_constant = 4.0
"""


def path_of(module: str) -> str:
    """Where a module lies in the package: slack.deliver in slack/deliver.py."""
    return f"{module.replace('.', '/')}.py"


def lay_out(module: str, tests: list[str]) -> Path:
    """Make the tree anew for one module and the test files that are to find its mutants."""
    place = WORK / module
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(PACKAGE, place / "src" / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests", place / "tests", ignore=shutil.ignore_patterns("__pycache__", "e2e", "integration"))
    source = place / "src" / PACKAGE.name / path_of(module)
    source.write_text(undecorated(source.read_text()))
    settings = SETTINGS.format(path=path_of(module), tests=tests)
    (place / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text() + settings)
    return place


def undecorated(source: str) -> str:
    """The same module, with each decorated function decorated after it is made."""
    lines, tree = source.splitlines(), ast.parse(source)
    own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for function in sorted(_decorated(tree), key=lambda each: -each.lineno):
        [decorator] = function.decorator_list
        indent, name, call = " " * function.col_offset, function.name, ast.unparse(decorator)
        if call in own:
            call = f"(lambda made: lambda *args, **kwargs: {call}(made)(*args, **kwargs))"
        lines.insert(function.end_lineno or 0, f"{indent}{name} = {call}({name})")
        del lines[decorator.lineno - 1 : decorator.end_lineno]
    return "\n".join(lines) + "\n"


def _decorated(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and len(node.decorator_list) == 1:
            taken = ast.unparse(node.decorator_list[0]) in TAKEN_BY_MUTMUT
            yield from () if taken else (node,)
