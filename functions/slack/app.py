"""Queue -> Slack."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from investor_flows.config import AWS, SlackSettings, languages, load, text_reader
from investor_flows.deliveries import DeliveryLog
from investor_flows.dispatch import Dispatcher
from investor_flows.drawing import chart_of
from investor_flows.operations import OpsTopic
from investor_flows.queue import SlackQueue, to_queued
from investor_flows.slack_channels import SlackChannels

logger = Logger()
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@cache
def adapters() -> Dispatcher:
    """Build the real adapters once per warm container, never at import."""
    settings, ssm = load(SlackSettings, os.environ), boto3.client("ssm", config=AWS)
    read_list = text_reader(ssm, settings.slack_channels_parameter, "SlackChannelsParameter")
    return Dispatcher(
        SlackQueue(boto3.client("sqs", config=AWS), settings.slack_queue_url, settings.slack_dead_letter_queue_url),
        SlackChannels(read_list, languages(settings.message_language), settings.slack_api_url, chart_of),
        DeliveryLog(boto3.client("dynamodb", config=AWS), settings.table_name),
        OpsTopic(boto3.client("sns", config=AWS), settings.ops_topic_arn),
    )


def take_record(record: SQSRecord) -> None:
    """Bring one message of the batch on its way, and log what became of it."""
    queued = to_queued(record.raw_event)
    outcome, channels = adapters().take(queued, datetime.now(UTC))
    told = {"outcome": outcome, "channel": ", ".join(channels), "receipt": queued.document["receipt"]}
    logger.info("slack", extra=told)


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Take each message of the batch; those that failed come back later, each at its own time."""
    answer = process_partial_response(event, take_record, processor, context)
    for failure in processor.exceptions:
        logger.warning("slack", extra={"outcome": "comes back later"}, exc_info=failure[1])
    return answer
