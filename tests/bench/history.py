"""The whole history since 2008, value and volume, all sections: stored by a backfill, and compared by an audit."""

from collections.abc import Iterator

from tests.bench.child import Figures, best, figures
from tests.bench.place import Place
from tests.bench.table import Row, at_most, beside

BACKFILL, AUDIT = "backfill", "audit"
TIMES = 3
LARGEST_BACKFILL = 128
ROUNDS = 3


def rows(place: Place) -> Iterator[Row]:
    """Backfill and audit beside their floors and their peers. The peers are slow, once is enough for them."""
    runs = [_round(place) for _ in range(ROUNDS)]
    ours, audit, floor = (best([run[part] for run in runs]) for part in (BACKFILL, AUDIT, "floor"))
    pandas, numbers = _peers(place)
    together = floor["parse"] + floor["write"]
    megabytes = f"{floor['megabytes']:.1f} MB"
    yield beside(BACKFILL, f"CPU of {megabytes}", ours["cpu"], "ms", ("json.loads + BatchWriteItem", together), TIMES)
    yield beside(BACKFILL, "CPU", ours["cpu"], "ms", ("pandas, official client, batch_writer", pandas["cpu"]), None)
    other = f"{pandas['peak']:.0f} MB pandas"
    yield at_most(BACKFILL, "peak memory", ours["peak"], "MB", LARGEST_BACKFILL, other)
    yield beside(AUDIT, "CPU, nothing changed", audit["cpu"], "ms", ("json.loads", floor["parse"]), TIMES)
    yield beside(AUDIT, "CPU", audit["cpu"], "ms", ("decoding number attributes", numbers["cpu"]), None)
    yield at_most(AUDIT, "writes, nothing changed", audit["writes"], "", 0)
    yield Row(AUDIT, "read units", f"{audit['read_units']:,.0f}")
    yield Row(AUDIT, "peak memory", f"{audit['peak']:.0f} MB")


def _round(place: Place) -> dict[str, Figures]:
    """Fill a table, audit a full one twice, and measure the floor beside it."""
    vendor, now, endpoint = place.vendor.url, place.vendor.exchange.now.isoformat(), place.stack.endpoint
    with place.table() as table, place.table() as spare:
        ours = figures("run_task", vendor, table, now, "poll", endpoint=endpoint)
        floor = figures("parse_and_write", vendor, spare, endpoint=endpoint)
        audit = figures("run_task", vendor, place.filled, now, "audit", "audit", endpoint=endpoint)
    return {BACKFILL: ours, AUDIT: audit, "floor": floor}


def _peers(place: Place) -> tuple[Figures, Figures]:
    with place.table() as table:
        pandas = figures("backfill_with_pandas", place.vendor.url, table, endpoint=place.stack.endpoint)
        return pandas, figures("read_numbers", table, endpoint=place.stack.endpoint)
