"""AWS clients that a run seldom needs."""

from functools import cached_property
from typing import Any

import boto3

from investor_flows.config import AWS


def later(service: str) -> Any:
    """A client that is made when it is first asked something: to make one costs a cold start up to 25 ms."""
    return _Later(service)


class _Later:
    def __init__(self, service: str) -> None:
        self._service: Any = service

    @cached_property
    def _client(self) -> Any:
        return boto3.client(self._service, config=AWS)

    def __getattr__(self, name: str) -> Any:
        """What the client has under a name."""
        return getattr(self._client, name)
