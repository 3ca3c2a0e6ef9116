"""Asks for advisories about every locked package: `python -m tests.local.supply.advisories [pip-audit's options]`.

A known vulnerability is status 1. Where no server answers, that is said and is no failure: nobody could have known.
What is shipped is asked for first; where nothing is known about any of it, the rest is not asked for.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from tests.local.supply.locks import other_locks, shipped_locks
from tests.local.toolchain import ROOT, TOOLS

PIP_AUDIT = TOOLS / "audit" / "bin" / "pip-audit"
QUIETLY = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json", "--timeout", "10")
AT_ONCE = 2


class NoAnswerError(Exception):
    """No server of advisories answered."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the advisories say about the packages of some locks. `silence` says why they say nothing."""

    vulnerable: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    sound: int = 0
    silence: str = ""


def ask(locks: Sequence[Path], options: Sequence[str]) -> Findings:
    """Let pip-audit look each package up. It takes one lock at a time: two may pin one package differently."""
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return findings(list(chain.from_iterable(pool.map(partial(_look_up, options), locks))))
    except NoAnswerError as error:
        return Findings(silence=str(error))


def _look_up(options: Sequence[str], lock: Path) -> list[dict[str, Any]]:
    cache = ("--cache-dir", str(TOOLS / "audit-cache"))
    command = [str(PIP_AUDIT), *QUIETLY, *cache, *options, "--requirement", str(lock)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        raise NoAnswerError((done.stderr.strip() or "no answer").splitlines()[-1][:300])
    dependencies: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    return dependencies


def findings(dependencies: Sequence[dict[str, Any]]) -> Findings:
    """Sort pip-audit's answers."""
    unknown = tuple(sorted({each["name"] for each in dependencies if "skip_reason" in each}))
    known = [each for each in dependencies if "skip_reason" not in each]
    vulnerable = [f"{each['name']} {each['version']}: {_named(each['vulns'])}" for each in known if each["vulns"]]
    reasons = [each["skip_reason"] for each in dependencies if "skip_reason" in each]
    silence = reasons[0] if reasons and not known else ""
    return Findings(tuple(sorted(set(vulnerable))), unknown, len(known) - len(vulnerable), silence)


def _named(vulnerabilities: Sequence[dict[str, Any]]) -> str:
    """Each advisory, and what mends it."""
    return ", ".join(f"{each['id']} (mended in {each['fix_versions'] or 'nothing yet'})" for each in vulnerabilities)


def report(what: str, found: Findings) -> str:
    """What was found, in words."""
    if found.silence:
        return f"advisories: out of reach for what is {what}, so nothing was audited: {found.silence}"
    lines = [f"advisories: {what}: {len(found.vulnerable)} vulnerable, {found.sound} not"]
    lines += [f"  {each}" for each in found.vulnerable]
    return "\n".join(lines + ([f"  not audited: {', '.join(found.unknown)}"] if found.unknown else []))


def main(options: Sequence[str]) -> int:
    """Ask, say what was found, and fail where something is vulnerable."""
    shipped = ask(shipped_locks(), options)
    print(report("shipped", shipped))
    if shipped.silence:
        return 0
    others = ask(other_locks(), options)
    print(report("used for development", others))
    return int(bool(shipped.vulnerable or others.vulnerable))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
