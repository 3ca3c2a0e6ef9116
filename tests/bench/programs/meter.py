"""What a measured program tells of itself: its CPU time and its largest memory. Imports next to nothing."""

import json
import time
from collections.abc import Callable
from pathlib import Path


def peak_megabytes() -> float:
    """The largest resident memory of this process so far."""
    status = Path("/proc/self/status").read_text()
    [kilobytes] = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(kilobytes) / 1024


def cpu_milliseconds(work: Callable[[], object], times: int = 1) -> float:
    """The CPU time that a piece of work takes, at its quickest of so many times."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken) * 1000


def tell(**figures: float) -> None:
    """Print the figures, for the process that asked."""
    print(json.dumps(figures))
