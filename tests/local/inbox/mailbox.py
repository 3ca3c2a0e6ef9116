"""The messages the inbox has taken, in order, in memory and, given a folder, on disk."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import RLock
from time import time_ns
from typing import Any, Literal

from investor_flows.model import JST

from tests.local.web.atomic_file import write_atomically

type Form = Literal["slack", "email"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as its reader got it. Numbers count from 1."""

    number: int
    form: Form
    received_at: str
    content: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Write the message as a JSON document."""
        return asdict(self)


class Mailbox:
    """Takes messages and files, and finds them again after a restart when it has a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self.lock = RLock()
        self.clock: Callable[[], int] = time_ns  # what Slack's time stamps go by
        self._folder = folder
        self._messages = [] if folder is None else _kept(folder)
        self._files: dict[str, bytes] = {}
        self._stamp = _newest(self._messages)

    @property
    def messages(self) -> list[Message]:
        """All messages, oldest first."""
        with self.lock:
            return list(self._messages)

    def add(self, form: Form, content: dict[str, Any]) -> Message:
        """Take a message."""
        with self.lock:
            message = Message(len(self._messages) + 1, form, datetime.now(JST).isoformat(), content)
            self._messages.append(message)
            self._keep(message)
            return message

    def change(self, message: Message, changes: Mapping[str, Any]) -> Message:
        """Put other content in a message, where an edit or a reaction asks for it."""
        with self.lock:
            changed = replace(message, content={**message.content, **changes})
            self._messages[message.number - 1] = changed
            self._keep(changed)
            return changed

    def go_back_to(self, messages: Sequence[Message]) -> None:
        """Have these messages again, as they were: a story begins anew in the middle. Nothing on disk changes."""
        with self.lock:
            self._messages = list(messages)
            self._stamp = _newest(messages)

    def add_file(self, name: str, content: bytes) -> None:
        """Take a file, under a name that nobody else uses."""
        with self.lock:
            self._files[name] = content
            if self._folder:
                write_atomically(self._folder / "files" / name, content)

    def file(self, name: str) -> bytes | None:
        """Give a file back, or None."""
        with self.lock:
            if name in self._files:
                return self._files[name]
            path = self._folder and self._folder / "files" / Path(name).name
            return path.read_bytes() if path and path.is_file() else None

    def stamp(self) -> str:
        """Make a Slack time stamp, later than any before."""
        with self.lock:
            self._stamp = max(self._stamp + 1, self.clock() // 1000)
            return f"{self._stamp // 1_000_000}.{self._stamp % 1_000_000:06d}"

    def _keep(self, message: Message) -> None:
        if self._folder:
            content = json.dumps(message.as_json(), ensure_ascii=False, indent=1).encode()
            write_atomically(self._folder / "messages" / f"{message.number:06d}-{message.form}.json", content)


def _kept(folder: Path) -> list[Message]:
    return [Message(**json.loads(path.read_bytes())) for path in sorted(folder.glob("messages/[0-9]*.json"))]


def _newest(messages: Sequence[Message]) -> int:
    return max((_micros(message) for message in messages), default=0)


def _micros(message: Message) -> int:
    return int(str(message.content.get("ts", "0")).replace(".", ""))
