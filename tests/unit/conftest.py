"""The unit level has no network: a test that opens a socket fails."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from botocore.stub import Stubber
from hypothesis import HealthCheck, settings
from pytest_socket import disable_socket

from tests.unit.offline import answers, offline_client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_slow_is_fine = [HealthCheck.too_slow, HealthCheck.data_too_large]
_steady = settings(deadline=None, database=None, suppress_health_check=_slow_is_fine, derandomize=True)
settings.register_profile("quick", _steady, max_examples=8)  # make check: the same few examples every time
settings.register_profile("steady", _steady, max_examples=50)  # make test: the same examples every time
settings.register_profile("searching", _steady, max_examples=1000, derandomize=False)  # by hand: new ones each time
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_runtest_setup() -> None:
    """Take the sockets away; pytest-socket gives them back after the test."""
    disable_socket()


@pytest.fixture(scope="session")
def thorough() -> bool:
    """Whether a test of many years takes them all: in `make test`. `make check` takes some."""
    return settings.get_current_profile_name() != "quick"


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no way to an AWS account either."""
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def client() -> "DynamoDBClient":
    """A client of DynamoDB that reaches nobody."""
    return offline_client("dynamodb")  # type: ignore[no-any-return]


@pytest.fixture
def dynamodb(client: "DynamoDBClient") -> Iterator[Stubber]:
    """What DynamoDB will answer; all of it must be asked for."""
    with answers(client) as stubber:
        yield stubber
