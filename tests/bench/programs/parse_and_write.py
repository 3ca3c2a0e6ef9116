"""The floor of a backfill and of an audit: json.loads of the whole answer; BatchWriteItem of the items that it makes.

    python -m tests.bench.programs.parse_and_write VENDOR TABLE

Only these two are timed: fetching, checking and comparing count for nothing.
"""

import json
import os
import sys
from datetime import UTC, datetime
from typing import Any

import boto3
import requests
from investor_flows.items import vintage_item
from investor_flows.model import Measure, Record, Vintage
from investor_flows.rows import read_row

from tests.bench.programs.meter import cpu_milliseconds, tell

BATCH = 25


def main() -> None:
    """Time both."""
    vendor, table = sys.argv[1:]
    bodies = {measure: fetch(vendor, measure) for measure in Measure}
    flat = [body for pages in bodies.values() for body in pages]
    parse = cpu_milliseconds(lambda: [json.loads(body) for body in flat], times=3)
    rows = [
        (row, measure) for measure in Measure for body in bodies[measure] for row in json.loads(body)["trades_spec"]
    ]
    items = [
        vintage_item(Vintage(record, datetime.now(UTC)))
        for record in (read_row(*row) for row in rows)
        if isinstance(record, Record)
    ]
    client = boto3.client("dynamodb", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    client.describe_table(TableName=table)  # the connection is made before the clock runs
    write = cpu_milliseconds(lambda: write_all(client, table, items))
    tell(parse=parse, write=write, megabytes=sum(map(len, flat)) / 1_000_000, rows=len(rows))


def fetch(vendor: str, measure: Measure) -> list[bytes]:
    """Every page of the whole history."""
    query = {"is_value": "true" if measure is Measure.VALUE else "false"}
    pages = []
    while True:
        headers = {"Authorization": "local-key"}
        pages.append(requests.get(f"{vendor}/v2/markets/trades_spec", query, headers=headers, timeout=60).content)
        key = json.loads(pages[-1]).get("pagination_key")
        if not key:
            return pages
        query["pagination_key"] = key


def write_all(client: Any, table: str, items: list[dict[str, Any]]) -> None:
    """Write as many at once as DynamoDB takes."""
    for start in range(0, len(items), BATCH):
        requests_ = [{"PutRequest": {"Item": item}} for item in items[start : start + BATCH]]
        client.batch_write_item(RequestItems={table: requests_})


main()
