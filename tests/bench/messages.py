"""Statistics and messages of a release, from the whole history, beyond its chart."""

from collections.abc import Iterator

from tests.bench.child import figures
from tests.bench.place import Place
from tests.bench.table import Row, at_most

SUBJECT = "messages"
QUERIES = 2
"""At most so many of one series; a test counts them one by one."""


def rows(place: Place) -> Iterator[Row]:
    """The newest release of a full table, in the memory of a warm function."""
    told = place.vendor.url, place.filled, place.vendor.exchange.now.isoformat()
    found = figures("word_release", *told, endpoint=place.stack.endpoint)
    reading = f"{found['reading']:.0f} ms to read the series once"
    yield at_most(SUBJECT, "CPU of a release, warm", found["cpu"], "ms", 50, reading)
    series, units = found["series"], f"{found['units']:.0f} read units"
    yield at_most(SUBJECT, f"queries, of {series:.0f} series", found["queries"], "", QUERIES * series, units)
