"""The chart: drawn by this project, and by matplotlib."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.child import best, figures
from tests.bench.table import Row, at_most, beside
from tests.local.toolchain import ROOT

SUBJECT = "chart"
ROUNDS = 3


def rows() -> Iterator[Row]:
    """Time and memory of a picture of 52 weeks."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        [record] = json.loads((ROOT / "events" / "slack.json").read_text())["Records"]
        file.write(record["body"])
        file.flush()
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(figures("draw_chart", Path(file.name)))
            theirs.append(figures("draw_with_matplotlib", Path(file.name)))
    mine, peer = best(ours), best(theirs)
    yield at_most(SUBJECT, "CPU of a picture, warm", mine["again"], "ms", 200, f"{peer['again']:.0f} ms matplotlib")
    yield beside(SUBJECT, "CPU of the first picture", mine["first"], "ms", ("matplotlib", peer["first"]), None)
    yield at_most(SUBJECT, "peak memory", mine["peak"], "MB", 40, f"{peer['peak']:.0f} MB matplotlib")
