"""The peer of an audit: the answer is parsed, and every item is read back with a number attribute for each figure.

    python -m tests.bench.programs.read_numbers TABLE

Only reading is timed.
"""

import os
import sys

import boto3

from tests.bench.programs.meter import cpu_milliseconds, peak_megabytes, tell


def main() -> None:
    """Read the whole table, as boto3's resource decodes it."""
    table = boto3.resource("dynamodb", endpoint_url=os.environ["AWS_ENDPOINT_URL"]).Table(sys.argv[1])

    def read() -> int:
        page = table.scan()
        count = page["Count"]
        while "LastEvaluatedKey" in page:
            page = table.scan(ExclusiveStartKey=page["LastEvaluatedKey"])
            count += page["Count"]
        return count

    tell(cpu=cpu_milliseconds(read), peak=peak_megabytes())


main()
