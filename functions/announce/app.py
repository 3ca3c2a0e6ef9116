"""Table stream -> announce."""

import os
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from investor_flows.announce import Outcome, announce, announce_all
from investor_flows.config import AWS, AnnounceSettings, languages, load
from investor_flows.items import to_announcement
from investor_flows.recall import Recall
from investor_flows.render import Wording
from investor_flows.store import RecordStore
from investor_flows.topic import SnsTopic

logger = Logger()


@cache
def adapters() -> dict[str, Any]:
    """Build the real adapters once per warm container, never at import."""
    settings = load(AnnounceSettings, os.environ)
    return {
        "store": RecordStore(boto3.client("dynamodb", config=AWS), settings.table_name),
        "topic": SnsTopic(boto3.client("sns", config=AWS), settings.topic_arn),
        "wordings": {language: Wording(language) for language in languages(settings.message_language)},
        "headline_section": settings.headline_section,
    }


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Tell every announcement of the batch; raise if one could not be told, so that the stream brings it back."""
    images = [record["dynamodb"]["NewImage"] for record in event["Records"]]
    found = adapters()
    tell = partial(announce, **found, history=Recall(found["store"]), now=datetime.now(UTC))
    told = announce_all(map(to_announcement, images), tell)
    log = logger.warning if Outcome.UNNOTED in dict(told).values() else logger.info
    log("announced", extra={"receipts": told})
    return {"told": [receipt for receipt, outcome in told if outcome is not Outcome.TOLD_BEFORE]}
