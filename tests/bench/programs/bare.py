"""The floor of a cold start: a logger and one client, and nothing to do."""

from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger

logger = Logger()


@cache
def adapters() -> Any:
    """Build the one client."""
    return boto3.client("dynamodb")
