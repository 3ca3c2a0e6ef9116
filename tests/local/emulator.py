"""Runs the AWS emulator (ministack) in its own environment, and saves its state every few seconds.

ministack itself saves at SIGTERM only, so a kill would cost everything since the start. Here it costs seconds.
Started by stack.py as a script; settings come in the environment (GATEWAY_PORT, STATE_DIR, ...).
"""

import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import ministack.app as ministack
from ministack.core.persistence import PERSIST_STATE, save_all

SAVE_SECONDS = 2.0
Scope = MutableMapping[str, Any]


class CountingApp:
    """The emulator's application; counts requests, so that an idle emulator saves nothing."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app
        self.requests = 0

    async def __call__(self, scope: Scope, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        """Pass the request on."""
        await self._app(scope, receive, send)
        self.requests += scope["type"] == "http" and not scope["path"].startswith("/_ministack")


def keep_saving(app: CountingApp, stopped: threading.Event) -> None:
    """Save whenever there were requests since the last save; a save that met a change is made again."""
    saved = 0
    while not stopped.wait(SAVE_SECONDS):
        if app.requests != saved:
            saved = app.requests
            save_all(ministack._build_persistence_save_dict())


def main() -> None:
    """Serve until SIGTERM."""
    app, stopped = CountingApp(ministack.app), threading.Event()
    ministack.app = app
    if PERSIST_STATE:
        threading.Thread(target=keep_saving, args=(app, stopped), daemon=True).start()
    ministack.main()
    stopped.set()


if __name__ == "__main__":
    main()
