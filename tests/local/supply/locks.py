"""The locks: which there are, and what each pins."""

import re
from pathlib import Path

from tests.local.toolchain import ROOT

PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
SHIPPED = "layers"


def shipped_locks() -> list[Path]:
    """The locks of what a deploy takes to AWS."""
    return sorted((ROOT / SHIPPED).glob("*/requirements.txt"))


def other_locks() -> list[Path]:
    """The locks of what tests, builds and checks."""
    return sorted(ROOT.glob("requirements*.txt")) + sorted((ROOT / "tests").rglob("requirements*.txt"))


def packages(lock: Path) -> dict[tuple[str, str], set[str]]:
    """The hashes of each package and version that a lock pins."""
    pinned: dict[tuple[str, str], set[str]] = {}
    for line in lock.read_text().splitlines():
        if found := PINNED.match(line):
            name, version = found.groups()
            hashes = pinned.setdefault((name, version), set())
        hashes.update(HASH.findall(line))
    return pinned
