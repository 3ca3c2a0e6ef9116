"""Draws the chart of a message, as the function that posts to Slack does: once with its imports, then again."""

import json
import sys
from pathlib import Path

from tests.bench.programs.meter import cpu_milliseconds, peak_megabytes, tell

AGAIN = 5


def main() -> None:
    """Draw the series of the document in a file."""
    document = json.loads(Path(sys.argv[1]).read_text())

    def draw() -> bytes:
        from investor_flows.chart import draw

        return draw(document["series"], document["language"])

    first = cpu_milliseconds(draw)
    tell(first=first, again=cpu_milliseconds(draw, AGAIN), peak=peak_megabytes())


main()
