"""Schedule, or an operator's request -> poll."""

import os
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from investor_flows.addresses import https
from investor_flows.config import AWS, PollSettings, load, secret_reader
from investor_flows.jquants import JQuantsClient
from investor_flows.poll_requests import TASKS
from investor_flows.request import task_of, time_of
from investor_flows.sessions import session
from investor_flows.store import RecordStore

logger = Logger()
metrics = Metrics()


@cache
def adapters() -> tuple[JQuantsClient, RecordStore]:
    """Build the real adapters once per warm container, never at import."""
    settings = load(PollSettings, os.environ)
    ssm = boto3.client("ssm", config=AWS)
    read_key = secret_reader(ssm, settings.jquants_api_key_parameter, "JQuantsApiKeyParameter")
    base_url = https(settings.jquants_base_url, "JQuantsBaseUrl")
    source = JQuantsClient(base_url, read_key, settings.jquants_auth_scheme, session())
    return source, RecordStore(boto3.client("dynamodb", config=AWS), settings.table_name)


@logger.inject_lambda_context
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Do the task that the event names (poll where it names none), and answer with its counts."""
    task = task_of(event, TASKS, default="poll")
    report = task(event, *adapters(), time_of(event, datetime.now(UTC)))
    metrics.add_metric("HeldRecords", MetricUnit.Count, report.held)
    if report.hours_overdue is not None:
        metrics.add_metric("HoursOverdue", MetricUnit.Count, report.hours_overdue)
    log = logger.warning if report.held or report.unknown_sections or report.doubts else logger.info
    log("polled", extra=asdict(report))
    return asdict(report)
