"""Queue -> Slack."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from investor_flows.clients import later
from investor_flows.config import AWS, SlackSettings, languages, load, text_reader
from investor_flows.drawing import chart_of
from investor_flows.operations import OpsTopic
from investor_flows.slack.channels import SlackChannels
from investor_flows.slack.deliver import Outcome
from investor_flows.slack.deliveries import DeliveryLog
from investor_flows.slack.dispatch import Dispatcher
from investor_flows.slack.queue import SlackQueue, to_queued

logger = Logger()


@cache
def adapters() -> Dispatcher:
    """Build the real adapters once per warm container, never at import."""
    settings, ssm = load(SlackSettings, os.environ), boto3.client("ssm", config=AWS)
    read_list = text_reader(ssm, settings.slack_channels_parameter, "SlackChannelsParameter")
    return Dispatcher(
        SlackQueue(later("sqs"), settings.slack_queue_url, settings.slack_dead_letter_queue_url),
        SlackChannels(read_list, languages(settings.message_language), settings.slack_api_url, chart_of),
        DeliveryLog(boto3.client("dynamodb", config=AWS), settings.table_name),
        OpsTopic(later("sns"), settings.ops_topic_arn),
    )


def take_record(record: Mapping[str, Any]) -> bool:
    """Bring one message of the batch on its way, and log what became of it; False where it must come back."""
    try:
        queued = to_queued(record)
        told = {"receipt": queued.document["receipt"]}  # what has none is not ours, and goes to nobody
        outcome, channels = adapters().take(queued, datetime.now(UTC))
    except Exception:  # whatever it is, the queue keeps the message and brings it back
        logger.warning("slack", extra={"outcome": "comes back later"}, exc_info=True)
        return False
    log = logger.warning if outcome is Outcome.UNNOTED else logger.info
    log("slack", extra={"outcome": outcome, "channel": ", ".join(channels), **told})
    return True


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Take each message of the batch; those that failed come back later, each at its own time.

    Powertools' batch utility does the same; to import it would take a tenth of a cold start.
    """
    failed = [record["messageId"] for record in event["Records"] if not take_record(record)]
    return {"batchItemFailures": [{"itemIdentifier": each} for each in failed]}
