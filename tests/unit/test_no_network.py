"""The unit level has no network."""

import socket

import pytest
from pytest_socket import SocketBlockedError


def test_a_socket_cannot_be_opened() -> None:
    with pytest.warns(UserWarning, match="socket"), pytest.raises(SocketBlockedError):
        socket.socket()
