"""One HTTP request as it came in, and what to answer: well, or badly on purpose."""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.message import Message
from typing import Any

GZIP_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as it came in."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Message
    body: bytes

    def json(self) -> Any:
        """Read the body as JSON; an empty one is an empty object."""
        return json.loads(self.body or b"{}")


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer, and how badly."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    padding: int = 0  # spaces sent before the body
    missing: int = 0  # bytes announced and never sent
    headers_delay: float = 0.0
    body_delay: float = 0.0
    lost: bool = False
    afterwards: Callable[[], None] | None = None


def json_reply(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """Answer with a JSON document."""
    body = json.dumps(content, ensure_ascii=False).encode()
    return Reply(status, body, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})


def text_reply(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """Answer with plain text."""
    return Reply(status, text.encode(), {"Content-Type": "text/plain; charset=utf-8", **(headers or {})})


def compressed(reply: Reply, visit: Visit) -> Reply:
    """Compress an answer for who asked for it."""
    if "gzip" not in visit.headers.get("Accept-Encoding", ""):
        return reply
    headers = {**reply.headers, "Content-Encoding": "gzip"}
    return replace(reply, body=gzip.compress(reply.body, GZIP_LEVEL, mtime=0), headers=headers)
