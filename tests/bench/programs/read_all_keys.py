"""The peer of the silent poll: it asks for the recent rows, and reads all keys back to see which of them are new.

python -m tests.bench.programs.read_all_keys VENDOR TABLE NOW
"""

import sys
from datetime import timedelta

from investor_flows.model import KNOWN_SECTIONS, Measure

from tests.bench.programs.meter import cpu_milliseconds, peak_megabytes, tell
from tests.bench.programs.product import Product, product


def main() -> None:
    """Poll once, with nothing new."""
    vendor, table, now = sys.argv[1:]
    made = product(vendor, table, now)
    cpu = cpu_milliseconds(lambda: poll(made, table, ProjectionExpression="pk, sk"))
    http, calls = made.session.sent, sum(made.meter.calls.values())
    made.meter.reset()
    poll(made, table)  # AWS counts whole items, whatever is projected; so does this
    tell(cpu=cpu, peak=peak_megabytes(), http=http, read_units=made.meter.read_units, calls=calls)


def poll(made: Product, table: str, **projection: str) -> list[str]:
    """Find the keys of what is new."""
    window = made.now.date() - timedelta(days=42), made.now.date()
    received = [row for measure in Measure for row in made.source.rows(measure, window)]
    pages = made.client.get_paginator("query")
    known: set[tuple[str, str]] = set()
    for series in (f"{section}#{measure}" for section in KNOWN_SECTIONS for measure in Measure):
        asked = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": series}}}
        for page in pages.paginate(TableName=table, **asked, **projection):
            known |= {(item["pk"]["S"], item["sk"]["S"][:21]) for item in page["Items"]}
    keys = ((f"{row.section}#{row.measure}", f"{row.end_date}#{row.published_date}") for row in received)
    return [key[1] for key in keys if key not in known]


main()
