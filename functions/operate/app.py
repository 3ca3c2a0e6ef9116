"""An operator's request -> its answer."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from investor_flows.config import OperateSettings, load
from investor_flows.operate.answer import answer
from investor_flows.operate.desk import Desk
from investor_flows.operate.wiring import new_desk

logger = Logger()


@cache
def desk() -> Desk:
    """Build the real adapters once per warm container, never at import."""
    return new_desk(load(OperateSettings, os.environ))


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Answer the request that the event names; a bad one raises an error that says what is accepted."""
    answered = answer(event, desk(), datetime.now(UTC))
    logger.info("answered", extra={"task": event["task"], "sent": answered.get("sent")})
    return answered
