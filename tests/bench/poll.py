"""A poll with nothing new: what it asks of others, whatever the length of the history."""

from collections.abc import Iterator
from datetime import date

from tests.bench.child import Figures, figures
from tests.bench.place import Place
from tests.bench.table import Row, at_most
from tests.local.vendor.exchange import Exchange
from tests.local.vendor.server import Vendor

SUBJECT = "poll"
TENTH = date(2025, 1, 9)
"""Published since this day, the history is a tenth as long."""


def rows(place: Place) -> Iterator[Row]:
    """Counts of the whole history and of a tenth of it, and of a poll that reads all keys back."""
    with Vendor(Exchange(published_since=TENTH)) as vendor, place.table() as table:
        tenth = _silent(place, vendor, table)
    with place.table() as table:
        ours = _silent(place, place.vendor, table)
        exchange = place.vendor.exchange
        peer = figures(
            "read_all_keys", place.vendor.url, table, exchange.now.isoformat(), endpoint=place.stack.endpoint
        )
    reading = "reading all keys"
    yield at_most(SUBJECT, "HTTP requests", ours["http"], "", 2, f"{peer['http']:.0f} {reading}")
    yield at_most(SUBJECT, "DynamoDB read units", ours["read_units"], "", 1, f"{peer['read_units']:.0f} {reading}")
    yield at_most(SUBJECT, "DynamoDB calls", ours["calls"], "", 2, f"{peer['calls']:.0f} {reading}")
    yield at_most(SUBJECT, "writes", ours["writes"], "", 0)
    yield at_most(SUBJECT, "more of any of these with 10 × history", _growth(tenth, ours), "", 0)
    yield Row(SUBJECT, "CPU, warm", f"{ours['cpu']:.1f} ms", f"{peer['cpu']:.0f} ms {reading}")


def _silent(place: Place, vendor: Vendor, table: str) -> Figures:
    """Fill a table, poll twice, and tell of the second poll, when the function is warm."""
    now = vendor.exchange.now.isoformat()
    return figures("run_task", vendor.url, table, now, "poll", "poll", "poll", endpoint=place.stack.endpoint)


def _growth(tenth: Figures, whole: Figures) -> float:
    return sum(abs(whole[name] - tenth[name]) for name in ("http", "read_units", "write_units", "calls"))
