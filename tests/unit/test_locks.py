"""The locks: every package by version and hash, from wherever the machine gets its packages."""

import re
from pathlib import Path

import pytest

from tests.local.supply.locks import HASH, PINNED, other_locks, packages, shipped_locks
from tests.local.toolchain import ROOT

LOCKS = shipped_locks() + other_locks()
MADE_HERE = {".local", ".aws-sam", ".git"}


def name(lock: Path) -> str:
    return str(lock.relative_to(ROOT))


def test_every_lock_is_looked_at_and_make_lock_writes_it() -> None:
    present = {path for path in ROOT.rglob("requirements*.txt") if not MADE_HERE & set(path.relative_to(ROOT).parts)}
    written = set(re.findall(r"-o (\S+)", (ROOT / "Makefile").read_text().partition("\nlock:")[2].partition("\n\n")[0]))

    assert set(LOCKS) == present
    assert {name(lock) for lock in LOCKS} == written


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_a_lock_has_nothing_but_exact_versions_and_their_hashes(lock: Path) -> None:
    lines = lock.read_text().splitlines()

    assert lines
    for line in lines:
        assert PINNED.match(line) or HASH.search(line), line
    assert all(hashes for hashes in packages(lock).values())


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_a_lock_names_no_host_and_no_index(lock: Path) -> None:
    text = lock.read_text()

    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--(?!hash=))", text, re.MULTILINE)
    assert " @ " not in text


@pytest.mark.parametrize("lock", shipped_locks(), ids=name)
def test_what_is_shipped_is_what_is_tested(lock: Path) -> None:
    assert packages(lock).keys() <= packages(ROOT / "requirements-dev.txt").keys()
