"""README.md, tried by a newcomer: every command that needs no AWS account runs as it is written, on a copy."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local.processes import port_taken
from tests.local.toolchain import ROOT, TOOLS, build
from tests.unit import readme

FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^(?:make|aws|sam|git) .*$", re.M)
IN_TEXT = re.compile(r"`make (\w+)[^`]*`")
ENVIRONMENTS = ("uv", "venv", "sam", "emulator")
RUN_ELSEWHERE = {
    "make test": "it runs this test",
    "make check": "CI runs it beside this test",
    "make faults": "it takes minutes; a part of it is a test of its own",
    "make bench": "it takes minutes, and times nothing that a test may judge",
    "make mutants": "it takes an hour",
}
LAST = "make down"
PORTS = range(21_000, 30_000, 4)
"""A stack takes four in a row; below those that the system gives to connections."""


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    """A copy of the checkout with its environments, a state of its own and a port of its own."""
    build()
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".local", ".git", ".*_cache", "__pycache__"))
    for lock in (copy / "pyproject.toml", *copy.rglob("requirements*.txt")):
        os.utime(lock, (0, 0))  # older than the environments, which are this checkout's and stay as they are
    (copy / ".local").mkdir()
    for name in ENVIRONMENTS:
        (copy / ".local" / name).symlink_to(TOOLS / name)
    shutil.copytree(TOOLS / "build", copy / ".local" / "build")  # it is made of the same sources
    yield copy
    _run(LAST, copy)


def test_every_command_that_needs_no_account_runs_as_it_is_written(checkout: Path) -> None:
    commands = [command for command in _commands() if command.startswith("make ")]

    done = {command: _run(command, checkout) for command in commands if command not in {*RUN_ELSEWHERE, LAST}}

    failed = [f"$ {command}\n{answer.stdout[-3000:]}" for command, answer in done.items() if answer.returncode]
    assert not failed, "\n".join(failed)
    assert {"make demo", "make up"} <= set(done)


def test_every_command_in_the_text_is_one_of_the_makefile() -> None:
    targets = set(re.findall(r"^\.PHONY: (\w+)$", (ROOT / "Makefile").read_text(), re.M))

    assert set(IN_TEXT.findall(readme.text())) <= targets


def test_every_file_that_the_readme_names_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", readme.text())
    named = re.findall(r"\b(?:events|tests|functions|layers)/[\w/.-]+\.\w+", readme.text())

    assert [path for path in {*links, *named} if not (ROOT / path).exists()] == []


def _commands() -> list[str]:
    blocks = [block.replace("\\\n", "") for block in FENCED.findall(readme.text())]
    return [command for block in blocks for command in COMMAND.findall(block)]


def _run(command: str, checkout: Path) -> subprocess.CompletedProcess[str]:
    port = checkout / "port"
    if not port.exists():
        port.write_text(str(next(base for base in PORTS if not any(port_taken(base + n) for n in range(PORTS.step)))))
    environment = {**os.environ, "LOCAL_PORT": port.read_text(), "SCHEDULES": "off"}
    for name in ("LOCAL_STATE", "MAKEFLAGS", "MAKELEVEL"):
        environment.pop(name, None)
    return subprocess.run(
        ["bash", "-c", command],
        cwd=checkout,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
