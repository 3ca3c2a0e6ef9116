"""AWS clients that reach nobody, and what they will answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.stub import Stubber


def offline_client(service: Any) -> Any:
    """A client of a service; nothing listens at its other end."""
    return boto3.client(service, "ap-northeast-1", aws_access_key_id="test", aws_secret_access_key="test")


@contextmanager
def answers(client: Any) -> Iterator[Stubber]:
    """What a client will be answered; all of it must be asked for."""
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()
