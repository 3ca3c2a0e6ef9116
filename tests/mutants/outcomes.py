"""Runs mutmut over one module, and says what became of each mutant."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.mutants.survivors import Mutant
from tests.mutants.workspace import ROOT, lay_out

PROCESSES = 2
ALIVE = ("survived", "no tests")
UNKNOWN = ("not checked", "skipped")


class Unfinished(Exception):
    """mutmut did not come to an end; the message is what it said."""


def outcomes(module: str, tests: list[str]) -> tuple[Counter[str], list[Mutant]]:
    """Try every mutant of a module: how many met which end, and those that no test finds."""
    place = lay_out(module, tests)
    _mutmut(place, "run", "--max-children", str(PROCESSES))
    ends = dict(line.strip().split(": ") for line in _mutmut(place, "results", "--all", "true").splitlines())
    if not ends or set(UNKNOWN) & set(ends.values()):
        raise Unfinished(f"{module}: mutants that were not tried")
    alive = [_mutant(module, name, _mutmut(place, "show", name)) for name, end in ends.items() if end in ALIVE]
    return Counter(ends.values()), alive


def _mutant(module: str, name: str, shown: str) -> Mutant:
    """Read a mutant from its name, `…poll.x__take__mutmut_3` or `….xǁRunǁtake__mutmut_3`, and its difference."""
    function = name.rpartition("__mutmut_")[0].rpartition(f"{module}.x")[2].removeprefix("_").lstrip("ǁ")
    lines = [line for line in shown.splitlines() if not line.startswith(("---", "+++", "#"))]
    before, after = (" ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
    return Mutant(module, function.replace("ǁ", "."), before, after)


def _mutmut(place: Path, *arguments: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    bytecode = {"PYTHONPYCACHEPREFIX": str(ROOT / ".local" / "bytecode")}
    done = subprocess.run(
        [Path(sys.executable).with_name("mutmut"), *arguments],
        cwd=place,
        env=kept | bytecode | {"HYPOTHESIS_PROFILE": "quick"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unfinished(f"mutmut {arguments[0]}: {done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout
