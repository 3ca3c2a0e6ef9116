"""Answers that break HTTP, stop in the middle, never come, or come over a line that cannot be trusted."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.integration.answer import JSON, Answer, End, Spoil
from tests.integration.bad_answer import BadAnswer, Outcome, accepted, refused

UNAVAILABLE = "no whole answer"
OK = b"HTTP/1.1 200 OK\r\n"

HEADS = {
    "without a status line": b"\r\n",
    "without HTTP": b'{"trades_spec": []}\r\n\r\n',
    "of HTTP/0.9": b"<html>\r\n",
    "of HTTP/2": b"HTTP/2 200 OK\r\nContent-Length: 0\r\n\r\n",
    "of ICY": b"ICY 200 OK\r\n\r\n",
    "of a status that is no number": b"HTTP/1.1 OK 200\r\n\r\n",
    "of a status of two digits": b"HTTP/1.1 20 OK\r\n\r\n",
    "of a status of four digits": b"HTTP/1.1 2000 OK\r\n\r\n",
    "of a negative status": b"HTTP/1.1 -200 OK\r\n\r\n",
    "without a status": b"HTTP/1.1\r\n\r\n",
    "of a status line of 100 kB": b"HTTP/1.1 200 " + b"x" * 100_000 + b"\r\n\r\n",
    "of a header of 100 kB": OK + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n",
    "of 200 headers": OK + b"X-Many: 1\r\n" * 200 + b"\r\n",
    "of another protocol": b"220 mail.example ESMTP\r\n",
    "of a TLS alert": b"\x15\x03\x03\x00\x02\x02\x28",
    "of NULs": b"\x00" * 50,
}

PARTS = {"nothing": b"", "half a status line": b"HTTP/1.1 2", "half the headers": OK + b"Content-Ty"}

LENGTHS: dict[str, tuple[Callable[[int], str], str]] = {
    "one byte more": (lambda length: str(length + 1), UNAVAILABLE),
    "far more": (lambda _: str(10**18), UNAVAILABLE),
    "one byte less": (lambda length: str(length - 1), "not JSON"),
    "half": (lambda length: str(length // 2), "not JSON"),
    "nothing": (lambda _: "0", "not JSON"),
    "two lengths": (lambda _: "5, 7", UNAVAILABLE),
}

CHUNKS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut in a chunk": (lambda good: _chunk(good)[:-9], UNAVAILABLE),
    "cut after a chunk": (lambda good: _chunk(good[:999]), UNAVAILABLE),
    "cut in a size": (lambda good: _chunk(good[:999]) + b"1", UNAVAILABLE),
    "of a size that is none": (lambda good: b"size\r\n" + good, UNAVAILABLE),
    "of a negative size": (lambda good: b"-5\r\n" + good, UNAVAILABLE),
    "of a size too large": (lambda good: b"f" * 30 + b"\r\n" + good, UNAVAILABLE),
    "of a size too small": (lambda good: b"5\r\n" + good + b"\r\n0\r\n\r\n", UNAVAILABLE),
    "that are none": (lambda good: good, UNAVAILABLE),
    "that end at once": (lambda _: b"0\r\n\r\n", "not JSON"),
    "that end too early": (lambda good: _chunk(good[:999]) + b"0\r\n\r\n", "not JSON"),
}

CERTIFICATES = ("self_signed", "expired", "not_yet_valid", "elsewhere")


def _chunk(content: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(content), content)


def heads() -> Iterator[BadAnswer]:
    """What comes in place of a status line and headers."""
    for name, head in HEADS.items():
        yield refused(f"a head {name}", silent(head, End.CLOSE), UNAVAILABLE)
    for name, head in PARTS.items():
        for end in (End.CLOSE, End.RESET, End.HANG):
            words = "not JSON" if name == "half the headers" and end is End.CLOSE else UNAVAILABLE
            yield refused(f"{name} comes, then the server {end}", silent(head, end), words)
    yield accepted("an interim answer comes first", lambda good: verbatim(good, b"HTTP/1.1 100 Continue\r\n\r\n"))
    yield accepted("the answer is of HTTP/1.0", lambda good: replace(good, status="HTTP/1.0 200 OK", end=End.CLOSE))
    yield accepted("the reason is missing", lambda good: replace(good, status="HTTP/1.1 200"))


def silent(head: bytes, end: End) -> Spoil:
    """Send these bytes and nothing else."""
    return lambda _: Answer(b"", head=head, end=end)


def verbatim(good: Answer, before: bytes) -> Answer:
    """Send some bytes before the answer."""
    return replace(good, head=before + replace(good, body=b"").sent().replace(b": 0", b": %d" % len(good.body)))


def lengths() -> Iterator[BadAnswer]:
    """Bodies that are not as long as they are said to be, or stop in the middle."""
    for name, (told, words) in LENGTHS.items():
        yield refused(f"the length told is {name}", headed(_length(told), lambda good: good), words)
    for name, (change, words) in CHUNKS.items():
        yield refused(f"chunks {name}", headed(lambda _: ("Transfer-Encoding", "chunked"), change), words)
    whole = headed(lambda _: ("Transfer-Encoding", "chunked"), lambda good: _chunk(good) + b"0\r\n\r\n")
    yield accepted("one chunk", whole)
    for end in (End.CLOSE, End.RESET, End.HANG):
        half = headed(lambda good: ("Content-Length", str(len(good))), lambda good: good[: len(good) // 2], end)
        yield refused(f"half the body comes, then the server {end}", half, UNAVAILABLE)
        none = headed(lambda good: ("Content-Length", str(len(good))), lambda _: b"", end)
        yield refused(f"no body comes, then the server {end}", none, UNAVAILABLE)
    yield refused("without a length, half the body comes", unmeasured(lambda good: good[: len(good) // 2]), "not JSON")
    yield accepted("without a length, the whole body comes", unmeasured(lambda good: good))


def _length(told: Callable[[int], str]) -> Callable[[bytes], tuple[str, str]]:
    return lambda good: ("Content-Length", told(len(good)))


def headed(header: Callable[[bytes], tuple[str, str]], change: Callable[[bytes], bytes], end: End = End.CLOSE) -> Spoil:
    """Tell by a header of one's own how the body ends."""
    return lambda good: replace(good, body=change(good.body), headers=(JSON, header(good.body)), end=end)


def unmeasured(change: Callable[[bytes], bytes]) -> Spoil:
    """Let the end of the connection be the end of the body."""
    return lambda good: Answer(change(good.body), head=OK + b"\r\n", end=End.CLOSE)


def secure_lines() -> Iterator[BadAnswer]:
    """Servers that do not prove who they are, and lines that break."""
    for name in CERTIFICATES:
        words = f"the certificate is {name.replace('_', ' ')}"
        yield BadAnswer(words, lambda good: good, Outcome.REFUSED, ("SSLError",), name)
    for end in (End.CLOSE, End.RESET, End.HANG):
        half = headed(lambda good: ("Content-Length", str(len(good))), lambda good: good[: len(good) // 2], end)
        name = f"half the body comes over TLS, then the server {end}"
        yield BadAnswer(name, half, Outcome.REFUSED, (UNAVAILABLE,), "right")
    cut = unmeasured(lambda good: good[: len(good) // 2])
    yield BadAnswer("without a length, half the body comes over TLS", cut, Outcome.REFUSED, ("GET",), "right")
