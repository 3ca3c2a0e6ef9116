"""Runs the AWS emulator (ministack) in its own environment, and saves its state every few seconds.

ministack itself saves at SIGTERM only, so a kill would cost everything since the start. Here it costs seconds.
Where CALLS names a file, every check of a caller's rights is written there: who asked for what, and whether IAM let it.
Started by stack.py as a script; settings come in the environment (GATEWAY_PORT, STATE_DIR, ...).
"""

import asyncio
import json
import os
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import ministack.app as ministack
from ministack.core import iam_evaluator, persistence

SAVE_SECONDS = 2.0
FIRST = ("lambda", "dynamodb", "sns", "sqs")
"""Saved in this order. What reads a queue or a stream is saved before it, so a kill repeats steps and skips none."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class SavingApp:
    """The emulator's application; saves while there are requests, and is done before the emulator's own last save."""

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self._app = app
        self._requests = 0
        self._stopped = threading.Event()
        self._saving = threading.Thread(target=self._keep_saving, daemon=True)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "lifespan" and persistence.PERSIST_STATE:
            self._saving.start()
            receive = self._stopping(receive)
        await self._app(scope, receive, send)
        self._requests += scope["type"] == "http" and not scope["path"].startswith("/_ministack")

    def _stopping(self, receive: Receive) -> Receive:
        async def watched() -> Message:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self._stopped.set()
                await asyncio.to_thread(self._saving.join)
            return message

        return watched

    def _keep_saving(self) -> None:
        saved = 0
        while not self._stopped.wait(SAVE_SECONDS):
            if self._requests != saved:
                saved = self._requests
                save()


def save() -> None:
    """Write every service's state beside the last one, then put it in its place at once."""
    services = ministack._build_persistence_save_dict()  # ministack is pinned; it has no API for it
    kept = Path(persistence.STATE_DIR)
    aside = kept / "next"
    persistence.STATE_DIR = str(aside)
    try:
        order = sorted(services, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
        persistence.save_all({name: services[name] for name in order})
    finally:
        persistence.STATE_DIR = str(kept)
    for file in aside.glob("*.json"):
        file.replace(kept / file.name)


def forget_stream_positions(state: Path) -> None:
    """Let mappings begin at the stream's start: the stream itself begins anew, and they would wait for old numbers."""
    if state.exists():
        kept = json.loads(state.read_text())
        kept["payload"]["dynamodb_stream_positions"] = {}
        state.write_text(json.dumps(kept))


def record_calls(path: Path) -> None:
    """Write down each check where the emulator makes it: one item of a transaction is one check."""
    enforce, record = iam_evaluator.enforce, path.open("a", buffering=1)

    def enforced(key: str, action: str, service: str, region: str, resource_arn: str = "*", **context: Any) -> Any:
        refusal = enforce(key, action, service, region, resource_arn=resource_arn, **context)
        call = {"caller": iam_evaluator.caller_arn(), "action": action, "resource": resource_arn}
        record.write(json.dumps({**call, "refused": refusal is not None}) + "\n")
        return refusal

    iam_evaluator.enforce = enforced


def main() -> None:
    """Serve until SIGTERM."""
    if "CALLS" in os.environ:
        record_calls(Path(os.environ["CALLS"]))
    forget_stream_positions(Path(persistence.STATE_DIR) / "lambda.json")
    ministack.app = SavingApp(ministack.app)
    ministack.main()


if __name__ == "__main__":
    main()
