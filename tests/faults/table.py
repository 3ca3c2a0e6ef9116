"""The table of a campaign: for each kind of call and in all, what was tried and what came of it."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from tests.faults.campaign import Trial

HEADINGS = ("call", "points", "runs", "lost", "doubled", "doubled*", "held", "healed", "broken")
LEGEND = """\
points    calls at which a fault was placed; runs: each with its faults, one at a time
lost      messages that a reader who is owed them did not get
doubled   messages that came twice although no answer was lost; doubled*: where one was lost after the channel acted
held      runs in which the fault kept something back until the triggers came again
healed    runs that ended as the one without a fault: stored, told, and silent
broken    runs that broke another promise: altered, invented, still untold, or not silent"""

type Line = tuple[str | int, ...]


def table(trials: Sequence[Trial]) -> str:
    """Write the table, with its legend."""
    ordered = sorted(trials, key=_kind)
    lines = [_line(kind, list(same)) for kind, same in groupby(ordered, key=_kind)]
    return "\n".join(_columns([HEADINGS, *lines, _line("in all", trials)])) + f"\n\n{LEGEND}"


def failures(trials: Iterable[Trial]) -> list[str]:
    """Each run that broke a promise, in words."""
    return [str(trial) for trial in trials if not trial.verdict.healed]


def _kind(trial: Trial) -> str:
    return str(trial.call)


def _line(name: str, trials: Sequence[Trial]) -> Line:
    verdicts = [trial.verdict for trial in trials]
    return (
        name,
        len({(trial.channel, trial.chapter, trial.number) for trial in trials}),
        len(trials),
        sum(verdict.lost for verdict in verdicts),
        sum(verdict.doubled for verdict in verdicts),
        sum(verdict.doubled_by_lost_answer for verdict in verdicts),
        sum(verdict.kept_back for verdict in verdicts),
        sum(verdict.healed for verdict in verdicts),
        sum(bool(verdict.broken) for verdict in verdicts),
    )


def _columns(lines: Sequence[Line]) -> list[str]:
    """Align names left and numbers right."""
    widths = [max(len(str(line[place])) for line in lines) for place in range(len(HEADINGS))]
    return [
        "  ".join(
            str(cell).rjust(width) if place else str(cell).ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
