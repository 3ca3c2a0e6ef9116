"""`make mutants`: breaks the modules in every way that mutmut knows. What no test finds has a reason in survivors.toml.

Names of modules as arguments: these alone.
"""

import sys
from collections.abc import Iterable

from tests.mutants.outcomes import ALIVE, outcomes
from tests.mutants.survivors import Mutant, reasons
from tests.mutants.workspace import ROOT

TESTS = {
    "revisions": ("test_revisions*", "test_effects*"),
    "corrections": ("test_summary*", "test_effect*"),
    "flows": ("test_flows*",),
    "directions": ("test_flows*",),
    "accounts": ("test_accounts*",),
    "trading_calendar": ("test_trading_calendar*",),
    "releases": (
        "test_release*",
        "test_announcements*",
        "test_poll_corrections*",
        "test_poll_waiting*",
        "test_history*",
    ),
    "owed": ("test_poll*", "test_history*"),
    "poll": ("test_poll*", "test_audit*", "test_backfill*", "test_history*"),
    "announce": ("test_announce.py", "test_announce_*.py"),
    "slack.dispatch": ("test_dispatch*",),
    "slack.deliver": ("test_deliver*",),
    "slack.delivery_steps": ("test_deliver*",),
    "slack.deliveries": ("test_deliveries*",),
}
"""The modules, and the unit tests that have to find their mutants."""

WANTED_PERCENT = 90


def main(names: Iterable[str]) -> int:
    """Try the modules one by one; 0 where enough mutants are found and each other one has a reason."""
    known, failures = reasons(), list[str]()
    print(f"{'module':18}{'mutants':>8}{'found':>8}{'timeout':>9}{'alive':>7}{'found %':>9}")
    for module in names:
        tests = [str(path.relative_to(ROOT)) for each in TESTS[module] for path in ROOT.glob(f"tests/unit/{each}")]
        ends, alive = outcomes(module, sorted(tests))
        found = ends.total() - sum(ends[each] for each in ALIVE)
        percent = 100 * found / ends.total()
        counts = f"{ends.total():8}{found:8}{ends['timeout']:9}{ends.total() - found:7}{percent:9.1f}"
        print(f"{module:18}{counts}", flush=True)
        failures += [f"{module}: fewer than {WANTED_PERCENT} % are found"] if percent < WANTED_PERCENT else []
        failures += _unexplained(module, set(alive), known)
    print("\n".join(failures) or "each mutant that is alive has a reason in tests/mutants/survivors.toml")
    return 1 if failures else 0


def _unexplained(module: str, alive: set[Mutant], known: dict[Mutant, str]) -> list[str]:
    explained = {mutant for mutant in known if mutant.module == module}
    return [f"no test finds {mutant}" for mutant in sorted(alive - explained)] + [
        f"a reason for a mutant that is found, or is none any more: {mutant}" for mutant in sorted(explained - alive)
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or TESTS))
