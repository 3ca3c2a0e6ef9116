"""Memory of the functions in the real runtime, in a week with a new release: the largest that each ever had."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from investor_flows.store import RecordStore

from tests.bench import package
from tests.bench.child import PYTHON
from tests.bench.cold_start import PROBE
from tests.bench.place import Place
from tests.bench.table import Row, at_most
from tests.e2e.runtime import serving, variables
from tests.local.payloads import stream_event
from tests.local.toolchain import BUILD, ROOT

SUBJECT = "memory"
LIMIT = 64


def rows(place: Place) -> Iterator[Row]:
    """A warm poll that finds a release, and the announcement of it."""
    exchange = place.vendor.exchange
    table = place.filled
    exchange.publish_next_week()
    poll = {"time": exchange.now.isoformat()}
    yield _peak(place, "PollFunction", table, [poll, poll])
    [owed] = RecordStore(place.stack.client("dynamodb"), table).announcements(exchange.newest_published_date)
    yield _peak(place, "AnnounceFunction", table, [stream_event(owed)])


def _peak(place: Place, function: str, table: str, events: list[dict[str, Any]]) -> Row:
    built = [BUILD / function, *(BUILD / layer / "python" for layer in package.layers()[function])]
    settings = variables(place.stack, f"{function}Name") | {"PROBED": "app", "TABLE_NAME": table}
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(function, settings, [*built, ROOT], Path(folder), handler=PROBE, python=PYTHON) as runtime,
    ):
        answers: list[Mapping[str, Any]] = [runtime.invoke(event) for event in events]
    return at_most(SUBJECT, f"{function}, a week with a release", answers[-1]["peak"], "MB", LIMIT)
