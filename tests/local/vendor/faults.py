"""What can go wrong at the vendor. Each fault turns the good reply of one request into a bad one."""

import base64
import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from tests.local.web.visit import Reply, json_reply

SERVED_AGAIN = "again."
MESSAGES = {
    210: "Partial response.",
    400: "Bad request.",
    401: "Unauthorized.",
    403: "The incoming access key is invalid or has no permission.",
    413: "The response is too large. Specify parameters to reduce it.",
    429: "Rate limit exceeded.",
    500: "Unexpected error.",
    502: "Bad gateway.",
    503: "Service unavailable.",
    504: "Gateway timeout.",
}

type Fault = Callable[[Reply], Reply]
type Options = Mapping[str, Any]


def fault_named(name: str, options: Options) -> Fault:
    """Find a fault by its name: a status as a number, or one of FAULTS."""
    if name.isdigit():
        return lambda _: _refused(int(name), options)
    if name not in FAULTS:
        raise ValueError(f"unknown fault {name}; known: a status, {', '.join(FAULTS)}")
    return lambda good: FAULTS[name](good, options)


def _refused(status: int, options: Options) -> Reply:
    """Answer with a status and a message; `retry_after` sets the header."""
    headers = {"Retry-After": str(options["retry_after"])} if "retry_after" in options else {}
    return json_reply({"message": MESSAGES.get(status, "Error.")}, status, headers)


def _html(_: Reply, __: Options) -> Reply:
    page = b"<!DOCTYPE html><html><body><h1>Scheduled maintenance</h1></body></html>"
    return Reply(200, page, {"Content-Type": "text/html; charset=utf-8"})


def _cut_body(good: Reply, _: Options) -> Reply:
    """Announce the whole body, send half of it, hang up."""
    kept = len(good.body) // 2
    return replace(good, body=good.body[:kept], missing=len(good.body) - kept)


def _cut_gzip(good: Reply, _: Options) -> Reply:
    """Send half of a compressed body as if it were all of it."""
    body = good.body if good.headers.get("Content-Encoding") == "gzip" else gzip.compress(good.body)
    return replace(good, body=body[: len(body) // 2], headers={**good.headers, "Content-Encoding": "gzip"})


def _slow_body(good: Reply, options: Options) -> Reply:
    """Stop for `seconds` in the middle of the body."""
    return replace(good, body_delay=float(options.get("seconds", 60)))


def _slow_headers(good: Reply, options: Options) -> Reply:
    """Say nothing for `seconds`."""
    return replace(good, headers_delay=float(options.get("seconds", 60)))


def _repeated_key(good: Reply, _: Options) -> Reply:
    """Promise another page under the same key as always; asked for, it is the first page again."""
    return _with(good, pagination_key=f"{SERVED_AGAIN}1.")


def _endless_key(good: Reply, _: Options) -> Reply:
    """Promise another page under a new key, every time."""
    return _with(good, pagination_key=f"{SERVED_AGAIN}{uuid4()}.")


def _redirect(_: Reply, options: Options) -> Reply:
    """Send the client to `location`."""
    return Reply(int(options.get("status", 302)), b"", {"Location": str(options["location"])})


def _wrong_shape(good: Reply, options: Options) -> Reply:
    """Answer with valid JSON of another shape: `content`, or the rows under a key nobody knows."""
    content = _content(good)
    rows = next((value for value in content.values() if isinstance(value, list)), [])
    return json_reply(options.get("content", {"result": rows}))


def _huge_body(good: Reply, options: Options) -> Reply:
    """Put `size` bytes of blanks before a body that is right."""
    plain = gzip.decompress(good.body) if good.headers.get("Content-Encoding") == "gzip" else good.body
    headers = {name: value for name, value in good.headers.items() if name != "Content-Encoding"}
    return replace(good, body=plain, headers=headers, padding=int(options.get("size", 50_000_000)))


def _lost_answer(good: Reply, _: Options) -> Reply:
    """Hang up without a word."""
    return replace(good, lost=True)


def _replacement(_: Reply, options: Options) -> Reply:
    """Answer with the `status`, `headers` and `body` given; over HTTP the body may come as `body_base64`."""
    body = options.get("body", b"")
    if "body_base64" in options:
        body = base64.b64decode(options["body_base64"])
    content = body.encode() if isinstance(body, str) else bytes(body)
    headers = {"Content-Type": "application/json", **options.get("headers", {})}
    return Reply(int(options.get("status", 200)), content, headers)


def _with(good: Reply, **fields: object) -> Reply:
    return json_reply({**_content(good), **fields})


def _content(good: Reply) -> dict[str, Any]:
    body = gzip.decompress(good.body) if good.headers.get("Content-Encoding") == "gzip" else good.body
    content = json.loads(body)
    return content if isinstance(content, dict) else {}


FAULTS: dict[str, Callable[[Reply, Options], Reply]] = {
    "html": _html,
    "cut_body": _cut_body,
    "cut_gzip": _cut_gzip,
    "slow_body": _slow_body,
    "slow_headers": _slow_headers,
    "repeated_key": _repeated_key,
    "endless_key": _endless_key,
    "redirect": _redirect,
    "wrong_shape": _wrong_shape,
    "huge_body": _huge_body,
    "lost_answer": _lost_answer,
    "replacement": _replacement,
}
