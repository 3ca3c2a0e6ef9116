"""What stands around the local stack: the simulated J-Quants Pro and the inbox, as processes of their own."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests.local.processes import Process
from tests.local.toolchain import ROOT, aws_environment

KEY = "local-key"
TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class SimulatedVendor:
    """The simulated J-Quants Pro. Its exchange is steered over HTTP and keeps its state in a file."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def process(self) -> Process:
        """Its process."""
        return Process("vendor", self.folder)

    def start(self, *options: str) -> None:
        """Start it where it does not run."""
        state: list[str | Path] = ["--state", self.folder / "vendor.json", "--key", KEY]
        _start("tests.local.vendor.server", self.process, self.port, *state, *options)

    def do(self, operation: str, **how: Any) -> None:
        """Let the exchange publish, correct, restate, ..."""
        answer = requests.post(f"{self.url}/_exchange/{operation}", json=how, timeout=TIMEOUT)
        answer.raise_for_status()

    def state(self) -> dict[str, Any]:
        """What the exchange has published, and the time just after its newest release."""
        told: dict[str, Any] = requests.get(f"{self.url}/_exchange/state", timeout=TIMEOUT).json()
        return told


@dataclass(frozen=True, slots=True)
class RunningInbox:
    """The inbox: what Slack and the e-mail subscriber get."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def webhook(self) -> str:
        """Its incoming webhook."""
        return f"{self.url}/slack/webhook/T000/B000/local"

    @property
    def process(self) -> Process:
        """Its process."""
        return Process("inbox", self.folder)

    def start(self) -> None:
        """Start it where it does not run."""
        _start("tests.local.inbox.server", self.process, self.port, "--folder", self.folder / "inbox")

    def messages(self, after: int = 0) -> list[dict[str, Any]]:
        """The messages taken since a number."""
        answer = requests.get(f"{self.url}/messages", params={"after": after}, timeout=TIMEOUT)
        told: list[dict[str, Any]] = json.loads(answer.content)
        return told


@dataclass(frozen=True, slots=True)
class RunningProgram:
    """A program that subscribes to the topic; see programs.py."""

    folder: Path
    port: int

    @property
    def process(self) -> Process:
        """Its process."""
        return Process("programs", self.folder)

    def start(self, endpoint: str, inbox: RunningInbox) -> None:
        """Start it where it does not run; its queue is there."""
        _start("tests.local.programs", self.process, self.port, "--endpoint", endpoint, "--inbox", inbox.url)


def _start(module: str, process: Process, port: int, *options: str | Path) -> None:
    if process.pid is None:
        command = [sys.executable, "-m", module, "--port", str(port), *options]
        process.start(command, aws_environment() | {"PYTHONPATH": str(ROOT)}, port)
