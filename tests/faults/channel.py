"""The campaign of one channel, on a stack of its own, in a process of its own."""

import sys
from _thread import interrupt_main
from contextlib import ExitStack
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from tests.faults.campaign import Trial, everything, trials
from tests.faults.functions import NAMES
from tests.faults.stage import staged
from tests.local.processes import free_ports
from tests.local.settings import SLACK_PARAMETER
from tests.local.stack import QUIET, Stack

FUNCTIONS = {"webhook": NAMES, "bot": ("announce", "slack")}
"""Whose calls are tried: a poll knows no channel, so one story is enough for its calls."""

SAID_EVERY = 200


def campaign(channel: str) -> list[Trial]:
    """Try everything by one channel, on a stack of its own."""
    Thread(target=_end_with_parent, daemon=True).start()
    with ExitStack() as undo:
        folder = undo.enter_context(TemporaryDirectory(prefix="faults-"))
        [port] = free_ports(1)
        stack = Stack(
            Path(folder), port, persistent=False, parameters=QUIET | {"SlackChannelsParameter": SLACK_PARAMETER}
        )
        undo.callback(stack.stop)
        stack.start()
        stack.deploy()
        stack.trigger_functions(on=False)
        stage = undo.enter_context(staged(stack, channel))
        done: list[Trial] = []
        for trial in trials(stage, everything, FUNCTIONS[channel]):
            done.append(trial)
            _say(channel, done)
        return done


def _end_with_parent() -> None:
    """Where the parent is killed, leave as by Ctrl-C, so that the stack is stopped too."""
    if parent := parent_process():
        wait([parent.sentinel])
        interrupt_main()


def _say(channel: str, done: list[Trial]) -> None:
    if not done[-1].verdict.healed:
        print(done[-1], file=sys.stderr, flush=True)
    if len(done) % SAID_EVERY == 0:
        print(f"{channel}: {len(done)} runs, now in chapter: {done[-1].chapter}", file=sys.stderr, flush=True)
