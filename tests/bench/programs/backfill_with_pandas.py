"""The peer of a backfill, as a user would write it: the official client, a DataFrame, and a batch writer.

python -m tests.bench.programs.backfill_with_pandas VENDOR TABLE
"""

import os
import sys
from decimal import Decimal

import boto3
import pandas as pd
from jquantsapi import ClientV2

from tests.bench.programs.meter import cpu_milliseconds, peak_megabytes, tell


class ProClient(ClientV2):  # type: ignore[misc] # not installed where mypy runs
    """The official client, turned to J-Quants Pro's path and header."""

    def _base_headers(self) -> dict[str, str]:
        return {"Authorization": self._api_key}

    def trades(self, is_value: str) -> pd.DataFrame:
        """All rows of a measure."""
        query = {"is_value": is_value}
        return pd.DataFrame.from_records(self._get_paginated("/markets/trades_spec", query, data_key="trades_spec"))


def backfill(vendor: str, table: str) -> int:
    """Store every figure as an attribute of its own; count the rows."""
    client = ProClient(api_key="local-key")
    client.JQUANTS_API_BASE = f"{vendor}/v2"
    count = 0
    with boto3.resource("dynamodb", endpoint_url=os.environ["AWS_ENDPOINT_URL"]).Table(table).batch_writer() as batch:
        for is_value in ("true", "false"):
            for row in client.trades(is_value).to_dict("records"):
                figures = {
                    name: Decimal(str(cell))
                    for name, cell in row.items()
                    if not isinstance(cell, str) and pd.notna(cell)
                }
                names = {name: cell for name, cell in row.items() if isinstance(cell, str)}
                key = {"pk": f"{row['Section']}#{is_value}", "sk": f"{row['EndDate']}#{row['PublishedDate']}"}
                batch.put_item(Item={**key, **names, **figures})
                count += 1
    return count


def main() -> None:
    """Fill an empty table."""
    vendor, table = sys.argv[1:]
    cpu = cpu_milliseconds(lambda: backfill(vendor, table))
    tell(cpu=cpu, peak=peak_megabytes())


main()
