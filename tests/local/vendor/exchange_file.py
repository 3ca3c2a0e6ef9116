"""The simulated exchange's state on disk, so that a restarted vendor goes on where it was."""

import json
from pathlib import Path

from tests.local.vendor.exchange import Exchange
from tests.local.web.atomic_file import write_atomically


def kept(path: Path | None) -> Exchange | None:
    """Build the exchange that was kept, if one was."""
    if path is None or not path.exists():
        return None
    return Exchange.from_state(json.loads(path.read_bytes()))


def keep(exchange: Exchange, path: Path | None) -> None:
    """Keep the exchange, if there is a place for it."""
    if path:
        write_atomically(path, json.dumps(exchange.state(), indent=1).encode())
