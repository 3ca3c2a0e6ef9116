"""Statuses that are no answer, and redirects. The access key follows none."""

from collections.abc import Iterator
from dataclasses import replace

from tests.integration.answer import End, status
from tests.integration.bad_answer import BadAnswer, refused
from tests.integration.bad_bodies import GZIP, gzip_bomb

ELSEWHERE = "http://localhost:{elsewhere}/v2/markets/trades_spec"
MESSAGE = b'{"message": "Error."}'
KEY_HELP = "check the access key"

LATER, NEVER = "not able to answer in full now", "check JQuantsBaseUrl"

STATUSES = {
    **dict.fromkeys((101, 102, 103), NEVER),
    **dict.fromkeys((201, 202, 203, 204, 205, 206, 207, 208, 226), NEVER),
    210: LATER,
    **dict.fromkeys((300, 301, 302, 303, 304, 305, 307, 308), NEVER),
    **dict.fromkeys((400, 402, 404, 405, 406, 407, 408, 409, 410, 411), NEVER),
    **dict.fromkeys((414, 415, 418, 421, 422, 425, 431, 451, 499), NEVER),
    **dict.fromkeys((401, 403), KEY_HELP),
    413: "too large",
    429: "Retry-After none",
    **dict.fromkeys((500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 522, 524, 529, 530, 598, 599), LATER),
    **dict.fromkeys((600, 999), LATER),
}

RETRY_AFTER = {
    "300": "Retry-After 300",
    "0": "Retry-After 0",
    "-1": "429",
    "soon": "429",
    "Thu, 19 Nov 2026 09:05:00 GMT": "429",
    "9" * 5000: "429",
}

TARGETS = {
    "another host, without a scheme": ELSEWHERE.removeprefix("http:"),
    "the same address": "/v2/markets/trades_spec",
    "a mail address": "mailto:nobody@example.invalid",
    "a file": "file:///etc/passwd",
    "half an IPv6 address": "http://[",
    "bytes that are no text": "http://\xff\xfe/",
    "a port that is none": "http://localhost:99999999/",
    "nothing": "",
    "a name and a password": "http://name:password@localhost:{elsewhere}/",
}


def statuses() -> Iterator[BadAnswer]:
    """Every status but 200, with a body that would be good enough."""
    good = b'{"trades_spec": []}'
    for number, words in STATUSES.items():
        bodiless = number < 200 or number in (204, 304)
        spoil = status(f"HTTP/1.1 {number} Whatever", b"" if bodiless else good)
        yield refused(f"status {number}", spoil, str(number), words)
    for after, words in RETRY_AFTER.items():
        spoil = status("HTTP/1.1 429 Too Many Requests", MESSAGE, ("Retry-After", after))
        yield refused(f"status 429, Retry-After {after[:10]}", spoil, words)
    yield refused("status 500 with 50 MB", status("HTTP/1.1 500 Error", b"x" * 50_000_000), "500")
    yield refused("status 403 with a page", status("HTTP/1.1 403 Forbidden", b"<html>"), "403", KEY_HELP)
    yield refused("status 503 without a word", status("HTTP/1.1 503", b""), "503")


def redirects() -> Iterator[BadAnswer]:
    """To a server that must not be asked, and to addresses that are none."""
    there = ("Location", ELSEWHERE)
    for number in (301, 302, 303, 307, 308):
        yield refused(f"redirect {number} to another host", status(f"HTTP/1.1 {number} Moved", b"", there), str(number))
    for name, target in TARGETS.items():
        yield refused(f"redirect to {name}", status("HTTP/1.1 302 Found", b"", ("Location", target)), "302")
    packed = status("HTTP/1.1 302 Found", b"", there, GZIP)
    unending = status("HTTP/1.1 302 Found", b"", there, ("Content-Length", "9"))
    yield refused("a redirect with a gzip bomb", lambda good: replace(packed(good), body=gzip_bomb(200_000_000)), "302")
    yield refused("a redirect whose body never comes", lambda good: replace(unending(good), end=End.HANG), "302")
