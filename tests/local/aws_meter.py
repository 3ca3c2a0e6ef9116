"""Counts what a boto3 client asks of AWS: its calls, and DynamoDB's read and write units as AWS counts them.

The emulator tells units, but not by size. So the items themselves are measured: a read unit is 4 KB (half as much where
the read need not be consistent), a write unit 1 KB, in a transaction everything costs twice.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

READ_BLOCK, WRITE_BLOCK = 4096, 1024
INDEXED = "untold"
"""An item with this attribute is in the table's one index as well: another write."""


class AwsMeter:
    """The calls of the clients that it is attached to."""

    def __init__(self) -> None:
        self._asked: Mapping[str, Any] = {}
        self.reset()

    def reset(self) -> None:
        """Count from zero again."""
        self.calls: Counter[str] = Counter()
        self.queries: Counter[str] = Counter()
        self.read_units = self.write_units = 0.0
        self.items_read = self.items_written = self.bytes_read = 0

    def attach(self, client: Any) -> None:
        """Count every call of a client from now on."""
        client.meta.events.register("before-parameter-build", self._ask)
        client.meta.events.register("after-call", self._count)

    @property
    def writes(self) -> int:
        """Calls that could have written."""
        reading = ("Get", "Query", "BatchGet", "Scan")
        return sum(count for name, count in self.calls.items() if not name.startswith(reading))

    def _ask(self, params: Mapping[str, Any], **_: object) -> None:
        self._asked = params

    def _count(self, parsed: Mapping[str, Any], model: Any, **_: object) -> None:
        self.calls[model.name] += 1
        if model.service_model.service_name == "dynamodb":
            self._count_units(model.name, parsed)

    def _count_units(self, operation: str, answer: Mapping[str, Any]) -> None:
        asked, rate = self._asked, 1.0 if self._asked.get("ConsistentRead") else 0.5
        match operation:
            case "Query":
                self.queries[next(iter(asked["ExpressionAttributeValues"].values()))["S"]] += 1
                self._read([sum(map(size, answer["Items"]))], rate, len(answer["Items"]))
            case "GetItem":
                self._read([size(answer.get("Item", {}))], rate, 1)
            case "BatchGetItem":
                self._read_batch(asked, answer)
            case "PutItem":
                self._write([asked["Item"]], 1)
            case "UpdateItem":
                self._write([asked["Key"]], 1)  # its size is not known here; ours are all below one unit
            case "TransactWriteItems":
                self._write([each["Put"]["Item"] for each in asked["TransactItems"]], 2)

    def _read_batch(self, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        for table, items in answer["Responses"].items():
            consistent = asked["RequestItems"][table].get("ConsistentRead")
            self._read([size(item) for item in items], 1.0 if consistent else 0.5, len(items))

    def _read(self, sizes: Iterable[int], rate: float, items: int) -> None:
        known = list(sizes)
        self.read_units += sum(rate * max(1, math.ceil(each / READ_BLOCK)) for each in known)
        self.bytes_read += sum(known)
        self.items_read += items

    def _write(self, items: Iterable[Mapping[str, Any]], rate: int) -> None:
        for item in items:
            self.write_units += rate * (max(1, math.ceil(size(item) / WRITE_BLOCK)) + (INDEXED in item))
            self.items_written += 1


def size(item: Mapping[str, Mapping[str, Any]]) -> int:
    """Bytes of an item as AWS counts them, within a few."""
    return sum(len(name.encode()) + _value_size(*next(iter(value.items()))) for name, value in item.items())


def _value_size(kind: str, value: Any) -> int:
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            return len(value) // 2 + 2
        case "B":
            return len(value)
        case "SS":
            return sum(len(each.encode()) for each in value)
        case _:
            return 1
