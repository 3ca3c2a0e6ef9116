"""An HTTP answer as the simulated J-Quants Pro gives it, and ways to spoil it: its rows, its document, its bytes."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from tests.local.vendor.publication import Row

ROWS = "trades_spec"
JSON = ("Content-Type", "application/json; charset=utf-8")

type Headers = tuple[tuple[str, str], ...]
type Document = dict[str, Any]


class End(StrEnum):
    """What the server does after the last byte of an answer."""

    WAIT = "waits for the next request"
    CLOSE = "closes the connection"
    RESET = "resets the connection"
    HANG = "says nothing more until the client goes"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status line, headers and body. `head` is sent in place of the first two, byte for byte."""

    body: bytes
    status: str = "HTTP/1.1 200 OK"
    headers: Headers = (JSON,)
    head: bytes | None = None
    end: End = End.WAIT

    def sent(self) -> bytes:
        """Every byte of it. A length is told unless the headers tell how the body ends."""
        if self.head is not None:
            return self.head + self.body
        headers = self.headers
        if not {name for name, _ in headers} & {"Content-Length", "Transfer-Encoding"}:
            headers = (*headers, ("Content-Length", str(len(self.body))))
        lines = [self.status, *(f"{name}: {content}" for name, content in headers)]
        return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1") + self.body

    def document(self) -> Document:
        """What a good answer says."""
        content: Document = json.loads(self.body)
        return content


type Spoil = Callable[[Answer], Answer]


def document(change: Callable[[Document], object]) -> Spoil:
    """Send another JSON document; NaN and Infinity are written as Python writes them."""
    return lambda good: replace(good, body=json.dumps(change(good.document())).encode())


def rows(change: Callable[[list[Row]], object]) -> Spoil:
    """Send other rows, or something else in their place."""
    return document(lambda said: {**said, ROWS: change(said[ROWS])})


def newest(change: Callable[[Row], object]) -> Spoil:
    """Change the newest week's row of the two-market total, which comes last."""
    return rows(lambda good: [*good[:-1], change(good[-1])])


def always(content: object) -> Callable[[object], object]:
    """Say this, whatever is good."""
    return lambda _: content


def field(name: str, content: object) -> Spoil:
    """Put something else into a field of the newest row."""
    return newest(lambda row: {**row, name: content})


def literal(name: str, text: str) -> Spoil:
    """Put a text that no JSON writer makes where a field of the newest row has its content."""
    marked = field(name, "@literal@")

    def spoil(good: Answer) -> Answer:
        answer = marked(good)
        return replace(answer, body=answer.body.replace(b'"@literal@"', text.encode()))

    return spoil


def body(change: Callable[[bytes], bytes], *headers: tuple[str, str]) -> Spoil:
    """Send another body, and headers that go with it."""
    return lambda good: replace(good, body=change(good.body), headers=(JSON, *headers))


def bare(content: bytes) -> Spoil:
    """Send these bytes as the body."""
    return body(lambda _: content)


def status(line: str, content: bytes = b"", *headers: tuple[str, str]) -> Spoil:
    """Answer with another status line; nothing of the good answer is left."""
    return lambda good: replace(good, status=line, body=content, headers=headers)
