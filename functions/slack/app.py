"""Queue -> Slack."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import Any

import boto3
import requests
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from investor_flows.config import AWS, SlackSettings, https, load, secret_reader, secret_url_reader
from investor_flows.deliver import Outcome, Queued, deliver_queued
from investor_flows.deliveries import DeliveryLog
from investor_flows.delivery_steps import Channel
from investor_flows.drawing import chart_of
from investor_flows.queue import SlackQueue
from investor_flows.slack_webhook import Webhook

logger = Logger()
metrics = Metrics()
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


def channel(settings: SlackSettings) -> Channel:
    """A bot where there is a token, else the incoming webhook, which needs none of slack_sdk."""
    ssm = boto3.client("ssm", config=AWS)
    webhook, token = settings.slack_webhook_parameter, settings.slack_bot_token_parameter
    if token == "none":  # noqa: S105 - the name of a parameter
        return Webhook(secret_url_reader(ssm, webhook, "SlackWebhookParameter"), requests.Session())
    from investor_flows.slack_bot import bot

    api_url = https(settings.slack_api_url, "SlackApiUrl")
    return bot(secret_reader(ssm, token, "SlackBotTokenParameter"), api_url, settings.slack_channel, chart_of)


@cache
def adapters() -> dict[str, Any]:
    """Build the real adapters once per warm container, never at import."""
    settings, sqs = load(SlackSettings, os.environ), boto3.client("sqs", config=AWS)
    return {
        "queue": SlackQueue(sqs, settings.slack_queue_url, settings.slack_dead_letter_queue_url),
        "channel": channel(settings),
        "deliveries": DeliveryLog(boto3.client("dynamodb", config=AWS), settings.table_name),
    }


def deliver_record(record: SQSRecord) -> None:
    """Deliver one message of the batch, and log what became of it."""
    queued = Queued(record.body, record.receipt_handle, int(record.attributes.approximate_receive_count))
    outcome = deliver_queued(queued, **adapters(), now=datetime.now(UTC))
    metrics.add_metric("SlackRefused", MetricUnit.Count, outcome is Outcome.REFUSED)
    logger.info("slack", extra={"outcome": outcome, "receipt": record.json_body.get("receipt")})


@logger.inject_lambda_context
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Deliver each message of the batch; those that failed come back later, each at its own time."""
    answer = process_partial_response(event, deliver_record, processor, context)
    for failure in processor.exceptions:
        logger.warning("slack", extra={"outcome": "comes back later"}, exc_info=failure[1])
    return answer
