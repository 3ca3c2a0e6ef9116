"""Answers that repeat the access key, as an echo service or a proxy's error page does. No error may repeat it again."""

from collections.abc import Iterator

from tests.integration.answer import End, bare, status
from tests.integration.bad_answer import KEY, BadAnswer, refused
from tests.integration.bad_connections import UNAVAILABLE, silent
from tests.integration.bad_documents import promising

SENT = KEY.encode()

STATUSES = ("302 Found", "401 Unauthorized", "403 Forbidden", "413 Too Large", "429 Too Many", "500 Error")


def echoes() -> Iterator[BadAnswer]:
    """The key in each place that an error might show."""
    yield refused("the body is the key", bare(SENT), "not JSON")
    yield refused("the body is a text with the key", bare(b'"Authorization: %s"' % SENT), "str where an object")
    yield refused("the page key is the access key", promising(KEY), "400")
    for line in STATUSES:
        headers = [(name, KEY) for name in ("Location", "Retry-After", "Server")]
        echo = status(f"HTTP/1.1 {line} for {KEY}", SENT, *headers)
        yield refused(f"{line}, for the key", echo, line[:3])
    lines = {
        "the status line": b"%s\r\n\r\n" % SENT,
        "the status": b"HTTP/1.1 %s\r\n\r\n" % SENT,
        "the version": b"HTTP/%s 200 OK\r\n\r\n" % SENT,
        "the length": b"HTTP/1.1 200 OK\r\nContent-Length: 5, %s\r\n\r\n" % SENT,
        "a size of a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n" % SENT,
    }
    for name, head in lines.items():
        words = "not JSON" if name == "the length" else UNAVAILABLE
        yield refused(f"{name} is the key", silent(head, End.CLOSE), words)
