"""`make bench`: measures this project beside its peers, prints the table and writes RESULTS.md.

python -m tests.bench chart package    measures these subjects only, and writes nothing
"""

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import chart, cold_start, cost, history, memory, messages, package, poll, stream
from tests.bench.place import Place, place
from tests.bench.readme import HEADING, RESULTS
from tests.bench.table import HEADINGS, Row, as_markdown, summary, title


def measured(place: Place, wanted: Sequence[str]) -> Iterator[Row]:
    """Every row of the subjects that are wanted; of all where none is named."""
    bundled = cold_start.build() if not wanted or {"cold start", "package"} & set(wanted) else Path()
    subjects: dict[str, Callable[[], Iterable[Row]]] = {
        "history": lambda: history.rows(place),
        "poll": lambda: poll.rows(place),
        "messages": lambda: messages.rows(place),
        "memory": lambda: memory.rows(place),
        "chart": chart.rows,
        "cold start": lambda: cold_start.rows(place, bundled),
        "package": lambda: package.rows(bundled),
        "stream": lambda: stream.rows(place),
    }
    for name, rows in subjects.items():
        if name in (wanted or subjects):
            print(f"measuring: {name} ...", file=sys.stderr, flush=True)
            yield from rows()


def machine() -> str:
    """What it was measured on."""
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    name = model[0].partition(": ")[2] if model else platform.machine()
    load = f"load {os.getloadavg()[2]:.0f} of other work and this"
    return f"{os.cpu_count()} × {name}, {platform.system()}, CPython {platform.python_version()}, {load}"


def main() -> None:
    """Measure and print; keep the tables where they are whole."""
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, place(Path(folder)) as here:
        rows, month = list(measured(here, wanted)), ""
        if not wanted or cost.SUBJECT in wanted:
            priced, month = cost.rows(here, here.filled)
            rows += priced
    text = as_markdown(HEADINGS, (row.cells for row in rows))
    head = title(datetime.now(UTC), machine())
    page = f"# Measured side by side\n\n{head}\n\n{text}\n\n{summary(rows)}\n\n{HEADING}\n\n{month}\n"
    if not wanted:
        RESULTS.write_text(page)
    print(page)


if __name__ == "__main__":
    main()
