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

from tests.bench import chart, package, poll
from tests.bench.place import place
from tests.bench.table import HEADINGS, Row, as_markdown, summary, title

RESULTS = Path(__file__).parent / "RESULTS.md"


def measured(wanted: Sequence[str]) -> Iterator[Row]:
    """Every row of the subjects that are wanted; of all where none is named."""
    with tempfile.TemporaryDirectory() as folder, place(Path(folder)) as here:
        subjects: dict[str, Callable[[], Iterable[Row]]] = {
            poll.SUBJECT: lambda: poll.rows(here),
            package.SUBJECT: package.rows,
            chart.SUBJECT: chart.rows,
        }
        for name, rows in subjects.items():
            if name in (wanted or subjects):
                print(f"measuring: {name} ...", file=sys.stderr, flush=True)
                yield from rows()


def machine() -> str:
    """What it was measured on."""
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    name = model[0].partition(": ")[2] if model else platform.machine()
    return f"{os.cpu_count()} × {name}, {platform.system()}, CPython {platform.python_version()}"


def main() -> None:
    """Measure and print; keep the table where it is whole."""
    wanted = sys.argv[1:]
    rows = list(measured(wanted))
    text = as_markdown(HEADINGS, (row.cells for row in rows))
    head = title(datetime.now(UTC), machine())
    if not wanted:
        RESULTS.write_text(f"# Measured side by side\n\n{head}\n\n{text}\n\n{summary(rows)}\n")
    print(f"{text}\n\n{summary(rows)}")


if __name__ == "__main__":
    main()
