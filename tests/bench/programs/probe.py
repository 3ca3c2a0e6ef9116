"""A handler around a function's own, in the real runtime: what its cold start took, and its memory after an event.

PROBED names the module with the function's handler. An event {"cold": true} only builds the adapters.
"""

import time

BEGUN = time.process_time()

import importlib  # noqa: E402 - the clock goes first
import os  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

probed = importlib.import_module(os.environ["PROBED"])
build = getattr(probed, "adapters", None) or probed.desk


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Tell of the start; of the memory, when the function's own handler has had the event."""
    entered = time.process_time()
    build()
    ready = time.process_time()
    answer = None if event.get("cold") else probed.lambda_handler(event, context)
    status = Path("/proc/self/status").read_text()
    [kilobytes] = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return {
        "imported": 1000 * (entered - BEGUN),
        "ready": 1000 * (ready - BEGUN),
        "peak": int(kilobytes) / 1024,
        "answer": answer,
    }
