"""Measured programs: each runs in a process of its own, under the Python of `.local/bench`, and prints its figures.

This project's code comes from the built layers, as Lambda gets it. CPU time is compared, never wall time, unless a row
says so: whatever else the machine does then counts little. Rivals take turns, and the best run of each is told, since
others on the machine can only add to it.
"""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.local.toolchain import BUILD, ROOT, TOOLS, aws_environment

PYTHON = TOOLS / "bench" / "bin" / "python"
LAYERS = (BUILD / "InvestorFlowsLayer" / "python", BUILD / "SlackLayer" / "python")
SECONDS = 300

Figures = dict[str, float]


class ProgramError(Exception):
    """A measured program failed; the text is what it printed."""


def figures(
    program: str, *arguments: object, endpoint: str = "", path: Sequence[Path] = LAYERS, **environment: str
) -> Figures:
    """Run one program of `programs/` and return what it measured of itself."""
    command = [str(PYTHON), "-m", f"tests.bench.programs.{program}", *map(str, arguments)]
    variables = {**aws_environment(endpoint), "PYTHONPATH": os.pathsep.join(map(str, [*path, ROOT])), **environment}
    done = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        raise ProgramError(f"{program} {' '.join(map(str, arguments))}:\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}")
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def best(runs: Sequence[Mapping[str, float]]) -> Figures:
    """The smallest of each figure over several runs."""
    return {name: min(run[name] for run in runs) for name in runs[0]}
