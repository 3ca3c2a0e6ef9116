"""A month in Tokyo: measured calls, sizes and times, as often as the default schedules ask for them, at list prices.

Lambda's processor share grows with memory, so measured CPU time is stretched by it; imports run before the share
applies. What cannot be measured here is written down in the constants.
"""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench import prices, schedule
from tests.bench.child import PYTHON, Figures, figures
from tests.bench.cold_start import PROBE
from tests.bench.place import Place
from tests.bench.prices import PRICED_ON
from tests.bench.table import Row, as_markdown, at_most
from tests.e2e.runtime import LAYER, SLACK_LAYER, serving, variables
from tests.local.toolchain import BUILD, ROOT

SUBJECT = "cost"
HANDLERS = tuple((ROOT / "functions").glob("*/app.py"))
LIMIT = 0.05
MEMORY_GB = 0.25
SHARE = 256 / 1769
"""Of one processor, at 256 MB."""

VENDOR_SECONDS = 0.25
"""Waiting for one answer of J-Quants Pro: a guess."""

AWS_SECONDS = 0.01
RUNTIME_SECONDS = 0.15
"""From the start of the sandbox to the first import: a guess."""

LIFETIME_MINUTES = 10
"""Idle time after which Lambda ends a container: so a sparse poll is always cold: a guess."""

PLATFORM_LOG_BYTES = 900
RELEASES = 365.25 / 12 / 7
DELIVERIES = 4  # to e-mail and Slack: runs of announce and slack, chart included
DELIVERY_SECONDS = 4.0
SQS_POLLS = 5 * 3 * 60 * 24 * 365.25 / 12  # five pollers, each asking every 20 seconds


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of each kind takes."""

    start: Figures  # of the poll function
    warm: Figures
    first: Figures
    audit: Figures
    release: Figures
    log_bytes: float
    table_gigabytes: float


def rows(place: Place, table: str) -> tuple[list[Row], str]:
    """The row of the table, and the month by service."""
    lines = dict(_services(_measure(place, table)))
    total = sum(lines.values())
    text = as_markdown(
        ("service", "USD a month"), [*((n, f"{usd:.4f}") for n, usd in lines.items()), ("sum", f"{total:.4f}")]
    )
    close, sparse, _ = schedule.defaults()
    polls = f"{close + sparse:,.0f} polls a month"
    priced = f"List prices of Tokyo as known on {PRICED_ON}, {polls}, no free tier taken off.\n\n{text}\n\n{fixed()}"
    return [at_most(SUBJECT, "a month in Tokyo, metered", total, "USD", LIMIT, polls)], priced


def fixed() -> str:
    """What has a fixed price, and how many of it are always free."""
    alarms = schedule.count("AWS::CloudWatch::Alarm")
    dashboards = schedule.count("AWS::CloudWatch::Dashboard")
    metrics = len({name for path in HANDLERS for name in re.findall(r'add_metric\("(\w+)"', path.read_text())})
    polling = SQS_POLLS * prices.SQS_REQUEST
    free = f"{prices.FREE_ALARMS}, {prices.FREE_METRICS} and {prices.FREE_DASHBOARDS} are always free in an account"
    beyond = f"beyond, {prices.ALARM_MONTH:.2f} USD an alarm and {prices.METRIC_MONTH:.2f} USD a metric"
    return (
        f"Not in the sum: alarms ({alarms}), metrics of our own ({metrics}) and dashboards ({dashboards}), of which "
        f"{free} ({beyond}), and Lambda's asking of the Slack queue, about {SQS_POLLS / 1e6:.2f} million requests of "
        f"the million that is always free (beyond, {polling:.2f} USD)."
    )


def _measure(place: Place, table: str) -> Measured:
    def run(*tasks: str) -> Figures:
        now = place.vendor.exchange.now.isoformat()
        return figures("run_task", place.vendor.url, table, now, *tasks, endpoint=place.stack.endpoint)

    run("poll")
    first, warm, audit = run("poll"), run("poll", "poll", "poll"), run("audit", "audit")
    start, log_bytes = _logged(place, table)
    place.vendor.exchange.publish_next_week()
    size = place.stack.client("dynamodb").describe_table(TableName=table)["Table"]["TableSizeBytes"]
    return Measured(start, warm, first, audit, run("poll"), log_bytes, size / 1e9)


def _logged(place: Place, table: str) -> tuple[Figures, float]:
    """A cold start of the poll function, and the bytes that a silent poll logs in it."""
    settings = variables(place.stack, "PollFunctionName") | {"PROBED": "app", "TABLE_NAME": table}
    with tempfile.TemporaryDirectory() as folder:
        path = (BUILD / "PollFunction", LAYER, SLACK_LAYER, ROOT)
        with serving("PollFunction", settings, path, Path(folder), handler=PROBE, python=PYTHON) as runtime:
            start = runtime.invoke({"cold": True})
            before = Path(folder, "PollFunction.log").stat().st_size
            runtime.invoke({"time": place.vendor.exchange.now.isoformat()})
            return start, Path(folder, "PollFunction.log").stat().st_size - before


def _services(found: Measured) -> Iterator[tuple[str, float]]:
    close, sparse, audits = schedule.defaults()
    polls, cold = close + sparse, sparse + close / 60
    runs = polls + audits + RELEASES * DELIVERIES
    yield "Lambda, time", _gigabyte_seconds(found, polls, cold, audits) * prices.LAMBDA_GB_SECOND
    yield "Lambda, requests", runs * prices.LAMBDA_REQUEST
    yield "EventBridge Scheduler", (polls + audits) * prices.SCHEDULER_INVOCATION
    yield "DynamoDB, reads", _reads(found, polls, audits) * prices.DYNAMODB_READ_UNIT
    yield "DynamoDB, writes", RELEASES * 2 * found.release["write_units"] * prices.DYNAMODB_WRITE_UNIT
    stored = prices.DYNAMODB_GB_MONTH + prices.DYNAMODB_BACKUP_GB_MONTH
    yield "DynamoDB, storage and backup", found.table_gigabytes * stored
    logged = runs * (found.log_bytes + PLATFORM_LOG_BYTES) / 1e9
    yield "CloudWatch Logs", logged * (prices.LOGS_GB + 3 * prices.LOGS_GB_MONTH)  # kept for 90 days
    yield "KMS, for the key in SSM", cold * prices.KMS_REQUEST
    yield "SNS and SQS, of releases", RELEASES * (prices.SNS_PUBLISH + prices.SNS_EMAIL + 10 * prices.SQS_REQUEST)


def _gigabyte_seconds(found: Measured, polls: float, cold: float, audits: float) -> float:
    warm = _seconds(found.warm)
    first = RUNTIME_SECONDS + found.start["imported"] / 1000
    first += (found.start["ready"] - found.start["imported"]) / 1000 / SHARE + _seconds(found.first)
    seconds = (polls - cold) * warm + cold * first + audits * _seconds(found.audit)
    return MEMORY_GB * (seconds + RELEASES * DELIVERIES * DELIVERY_SECONDS)


def _seconds(run: Figures) -> float:
    """What Lambda bills for a run: its CPU time at the processor's share, and its waiting."""
    return run["cpu"] / 1000 / SHARE + run["http"] * VENDOR_SECONDS + run["calls"] * AWS_SECONDS


def _reads(found: Measured, polls: float, audits: float) -> float:
    return (
        polls * found.warm["read_units"]
        + audits * found.audit["read_units"]
        + RELEASES * 2 * found.release["read_units"]
    )
