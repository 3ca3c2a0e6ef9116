"""Runs a task of the poll function several times against one table, and tells of the last one.

python -m tests.bench.programs.run_task VENDOR TABLE NOW poll [poll ...]
"""

import sys
from functools import partial

from investor_flows.poll import audit, backfill, poll

from tests.bench.programs.meter import cpu_milliseconds, peak_megabytes, tell
from tests.bench.programs.product import product

TASKS = {"poll": poll, "audit": audit, "backfill": backfill}


def main() -> None:
    """Run each task in turn."""
    vendor, table, now, *tasks = sys.argv[1:]
    made = product(vendor, table, now)
    meter, cpu = made.meter, 0.0
    for task in tasks:
        meter.reset()
        made.session.sent = 0
        cpu = cpu_milliseconds(partial(TASKS[task], made.source, made.store, made.now))
    tell(
        cpu=cpu,
        peak=peak_megabytes(),
        http=made.session.sent,
        read_units=meter.read_units,
        write_units=meter.write_units,
        writes=meter.writes,
        calls=sum(meter.calls.values()),
    )


main()
