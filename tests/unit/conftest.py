"""The unit level has no network: a test that opens a socket fails."""

import pytest
from pytest_socket import disable_socket


def pytest_runtest_setup() -> None:
    """Take the sockets away; pytest-socket gives them back after the test."""
    disable_socket()


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no way to an AWS account either."""
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
