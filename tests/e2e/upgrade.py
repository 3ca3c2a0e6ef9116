"""Tables as versions left them, kept in `upgrades/` so that later versions can be tried on them (test_upgrade.py)."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.conftest import World
from tests.local.vendor.exchange import Exchange
from tests.local.vendor.publication import Row

FOLDER = Path(__file__).parent / "upgrades"
IDENTITY = ("Section", "StartDate", "EndDate", "PublishedDate")
SEPARATORS = (",", ":")

type Item = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Fixture:
    """A version's table, and what had been published by then: the rows too, as a later exchange may invent others."""

    version: str
    exchange: Mapping[str, Any]
    items: list[Item]
    rows: list[Row]

    @property
    def now(self) -> datetime:
        """A minute after the newest release."""
        return Exchange.from_state(self.exchange).now

    def of_kind(self, kind: str) -> list[Item]:
        """The items whose sort key begins so."""
        return [item for item in self.items if item["sk"]["S"].startswith(kind)]

    def prepare(self, world: World) -> None:
        """Put the table in place, as an upgrade finds it, and let the vendor publish what it had."""
        known = {_identity(row): row for row in self.rows}
        world.vendor.exchange = Exchange.from_state(self.exchange)
        world.vendor.change_rows = lambda page: [known.get(_identity(row), row) for row in page]
        with world.stream_stopped():
            for item in self.items:
                world.client("dynamodb").put_item(TableName=world.table_name, Item=item)


def fixtures() -> list[Fixture]:
    """The fixtures of all versions."""
    return [read(path) for path in sorted(FOLDER.glob("*.json"))]


def read(path: Path) -> Fixture:
    """Read a fixture; it is named after its version."""
    kept = json.loads(path.read_text())
    rows = [dict(zip(table[0], row, strict=True)) for table in kept["rows"] for row in table[1:]]
    return Fixture(path.stem, kept["exchange"], [_bytes_of_texts(item) for item in kept["items"]], rows)


def write(fixture: Fixture) -> Path:
    """Write a fixture, one item or row a line: of each measure the names of the fields, then the fields."""
    tables = [[row for row in fixture.rows if value == _is_value(row)] for value in (True, False)]
    rows = [_list([list(table[0]), *(list(row.values()) for row in table)]) for table in tables]
    items = _list([_texts_of_bytes(item) for item in fixture.items])
    text = f'{{"exchange": {json.dumps(fixture.exchange)},\n"items": {items},\n"rows": [{",".join(rows)}]}}\n'
    path = FOLDER / f"{fixture.version}.json"
    path.write_text(text)
    return path


def _list(parts: list[Any]) -> str:
    return "[\n" + ",\n".join(json.dumps(part, ensure_ascii=False, separators=SEPARATORS) for part in parts) + "]"


def _is_value(row: Row) -> bool:
    return "TotalSalesValue" in row


def _identity(row: Row) -> tuple[Any, ...]:
    return (*(row[name] for name in IDENTITY), _is_value(row))


def _texts_of_bytes(item: Item) -> Item:
    return {name: _with_binary(value, lambda each: base64.b64encode(each).decode()) for name, value in item.items()}


def _bytes_of_texts(item: Item) -> Item:
    return {name: _with_binary(value, base64.b64decode) for name, value in item.items()}


def _with_binary(value: dict[str, Any], convert: Any) -> dict[str, Any]:
    return {kind: convert(each) if kind == "B" else each for kind, each in value.items()}
