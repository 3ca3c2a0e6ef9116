"""The peer of the chart: the same weeks in two panels, by matplotlib, as a user would write it."""

import io
import json
import sys
from pathlib import Path
from typing import Any

from tests.bench.programs.meter import cpu_milliseconds, peak_megabytes, tell

AGAIN = 5


def draw(weeks: list[dict[str, Any]]) -> bytes:
    """Bars of each week's net buying, foreigners above, individuals below: 1200 × 675 pixels."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(2, 1, figsize=(12, 6.75), dpi=100, sharex=True)
    for panel, lead in zip(panels, ("Foreigners", "Individuals"), strict=True):
        nets = [week[lead] / 100_000 for week in weeks]
        panel.bar(range(len(nets)), nets, color=["#1f77b4" if net >= 0 else "#d62728" for net in nets])
        panel.set_title(lead)
        panel.axhline(0, color="black", linewidth=1)
    panels[1].set_xticks(range(0, len(weeks), 8), [week["end_date"] for week in weeks[::8]])
    picture = io.BytesIO()
    figure.savefig(picture)
    pyplot.close(figure)
    return picture.getvalue()


def main() -> None:
    """Draw the series of the document in a file."""
    weeks = json.loads(Path(sys.argv[1]).read_text())["series"]["weeks"]
    first = cpu_milliseconds(lambda: draw(weeks))
    tell(first=first, again=cpu_milliseconds(lambda: draw(weeks), AGAIN), peak=peak_megabytes())


main()
