"""The local stack keeps its state: a stop costs nothing, a kill costs seconds and loses nothing."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import canaries
from tests.conftest import API_KEY_PARAMETER, SHORT_SINCE, SLACK_PARAMETER, World
from tests.local.inbox.server import Inbox
from tests.local.processes import free_ports, wait_until
from tests.local.stack import Stack
from tests.local.vendor.exchange import Exchange
from tests.local.vendor.server import Vendor

RESTART_SECONDS = 30


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[World]:
    """A stack of its own that keeps its state, with the first release told."""
    [port] = free_ports(1)
    stack = Stack(tmp_path, port)
    with Vendor(Exchange(published_since=SHORT_SINCE)) as vendor, Inbox() as inbox:
        stack.parameters |= {"JQuantsBaseUrl": vendor.url, "SlackChannelsParameter": SLACK_PARAMETER}
        try:
            stack.start()
            stack.deploy()
            stack.put_secret(API_KEY_PARAMETER, vendor.key)
            stack.put_secret(SLACK_PARAMETER, f"{inbox.url}/slack/webhook/{canaries.HOOK}")
            world = World(stack, vendor, inbox)
            world.poll()
            world.await_messages("slack", 1)
            yield world
        finally:
            stack.stop()


def test_after_a_stop_and_a_start_nothing_is_told_again_and_a_new_week_is_told(kept: World) -> None:
    kept.stack.stop()
    kept.stack.start()

    again = kept.poll()
    kept.vendor.exchange.publish_next_week()
    new = kept.poll()

    assert (again["new"], again["announced"], new["announced"]) == (0, 0, 1)
    assert len(kept.await_messages("slack", 2)) == 2


def test_after_a_kill_nothing_is_lost_and_what_is_told_again_has_the_same_receipt(kept: World) -> None:
    kept.vendor.exchange.publish_next_week()
    kept.poll()
    kept.await_messages("slack", 2)

    os.kill(kept.stack.process.pid or 0, signal.SIGKILL)
    wait_until(lambda: kept.stack.process.pid is None, RESTART_SECONDS, "the emulator survived a kill")
    kept.stack.start()
    told_again = kept.poll()["announced"]

    texts = [message["text"] for message in kept.await_messages("slack", 2 + told_again)]
    assert len(set(texts)) == 2
