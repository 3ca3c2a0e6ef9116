"""Bodies that are no JSON, are cut, or are far too much."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from functools import cache, partial

from tests.integration.answer import bare, body
from tests.integration.bad_answer import BadAnswer, accepted, refused

NO_JSON = "200, but not JSON"
GZIP = ("Content-Encoding", "gzip")
DEFLATE = ("Content-Encoding", "deflate")

OTHER_BODIES = {
    "empty": b"",
    "a blank": b" ",
    "a line end": b"\r\n",
    "NULs": b"\x00" * 100,
    "an HTML page": b"<!DOCTYPE html><html><body><h1>Scheduled maintenance</h1></body></html>",
    "a login page": b"<html><form action='/login'></form></html>",
    "XML": b"<?xml version='1.0'?><trades_spec/>",
    "a CSV": b"Section,StartDate,EndDate\nTSEPrime,2026-11-09,2026-11-13\n",
    "YAML": b"trades_spec: []\n",
    "a word": b"ok",
    "a Python dict": b"{'trades_spec': []}",
    "JSON with a comment": b'{"trades_spec": [] /* none */}',
    "JSON with a comma too many": b'{"trades_spec": [],}',
    "JSON without quotes": b"{trades_spec: []}",
    "two documents": b'{"trades_spec": []}{"trades_spec": []}',
    "a document and more": b'{"trades_spec": []} ok',
    "JSON lines": b'{"trades_spec": []}\n{"trades_spec": []}\n',
    "a guard before JSON": b')]}\',\n{"trades_spec": []}',
    "JSONP": b'callback({"trades_spec": []})',
    "an opening brace": b"{",
    "a raw line end in a text": b'{"trades_spec": [], "note": "a\nb"}',
    "a raw NUL in a text": b'{"trades_spec": [], "note": "a\x00b"}',
    "bytes that are no UTF-8": b'{"trades_spec": [\xff\xfe]}',
    "Shift JIS": '{"trades_spec": [], "市場": "東証"}'.encode("shift_jis"),
    "MessagePack": b"\x81\xabtrades_spec\x90",
    "a gzip that is not said to be one": gzip.compress(b'{"trades_spec": []}', mtime=0),
    "lists, 100,000 deep": b'{"trades_spec":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "objects, 100,000 deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "an endless opening": b'{"trades_spec":' + b"[" * 100_000,
}

ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


def bodies() -> Iterator[BadAnswer]:
    """What is not the JSON that was asked for."""
    for name, content in OTHER_BODIES.items():
        yield refused(f"the body is {name}", bare(content), NO_JSON)
    for part in (1, 2, 3):
        yield refused(f"the body ends after {part} quarters", body(partial(_quarters, part)), NO_JSON)
    yield refused("the last brace is missing", body(lambda good: good[:-1]), NO_JSON)
    yield refused("the first brace is missing", body(lambda good: good[1:]), NO_JSON)
    yield refused("a byte is turned", body(_turned), NO_JSON)
    for encoding in ENCODINGS:
        yield accepted(f"the body is in {encoding}", body(partial(_encoded, encoding)))
    yield accepted("the body is set out over lines", body(lambda good: json.dumps(json.loads(good), indent=2).encode()))
    yield accepted("1 MB of blanks before the body", body(lambda good: b" " * 1_000_000 + good))
    yield refused("50 MB of blanks before the body", body(lambda good: b" " * 50_000_000 + good), "more than", "bytes")
    yield refused("a text of 50 MB", body(lambda _: b'{"note": "' + b"x" * 50_000_000 + b'"}'), "more than", "bytes")


def _quarters(count: int, good: bytes) -> bytes:
    return good[: count * len(good) // 4]


def _encoded(encoding: str, good: bytes) -> bytes:
    return good.decode().encode(encoding)


def _turned(good: bytes) -> bytes:
    middle = good.index(b'"', len(good) // 2)
    return good[:middle] + b"'" + good[middle + 1 :]


def encoded() -> Iterator[BadAnswer]:
    """Bodies that are not compressed as they say."""
    packed: Callable[[bytes], bytes] = gzip.compress
    yield accepted("compressed by gzip", body(packed, GZIP))
    yield accepted("compressed by deflate", body(zlib.compress, DEFLATE))
    yield accepted("compressed twice and said twice", body(lambda good: packed(packed(good)), _said("gzip, gzip")))
    yield accepted("a compression that nobody knows, and none", body(lambda good: good, _said("rot13")))
    yield refused("compressed twice and said once", body(lambda good: packed(packed(good)), GZIP), NO_JSON)
    yield refused("a cut gzip", body(lambda good: packed(good)[:-200], GZIP), "GET")
    yield refused("a gzip of two bytes", body(lambda good: packed(good)[:2], GZIP), "GET")
    yield refused("a gzip with a wrong checksum", body(_wrong_checksum, GZIP), "no whole answer")
    yield refused("a gzip with a turned byte", body(_wrong_byte, GZIP), "no whole answer")
    yield refused("no gzip, but said to be one", body(lambda good: good, GZIP), "no whole answer")
    yield refused("no deflate, but said to be one", body(lambda good: good, DEFLATE), "no whole answer")
    yield refused("a gzip said to be deflate", body(packed, DEFLATE), "no whole answer")
    yield refused("brotli said, noise sent", body(lambda _: bytes(range(256)), _said("br")), NO_JSON)
    yield refused("a hundred compressions said", body(lambda good: good, _said(", ".join(["gzip"] * 100))), "GET")
    yield refused("a gzip bomb", body(lambda _: gzip_bomb(200_000_000), GZIP), "more than", "bytes")
    yield refused("a gzip bomb of zeros", body(lambda _: gzip_bomb(100_000_000, b"\x00"), GZIP), "more than", "bytes")


@cache
def gzip_bomb(size: int, filling: bytes = b" ") -> bytes:
    """Pack a body of a size that no memory should have to hold."""
    packer, megabyte = zlib.compressobj(wbits=31), filling * 1_000_000
    return b"".join([packer.compress(megabyte) for _ in range(size // 1_000_000)]) + packer.flush()


def _said(encoding: str) -> tuple[str, str]:
    return "Content-Encoding", encoding


def _wrong_checksum(good: bytes) -> bytes:
    packed = gzip.compress(good)
    return packed[:-8] + bytes([packed[-8] ^ 1]) + packed[-7:]


def _wrong_byte(good: bytes) -> bytes:
    packed = gzip.compress(good)
    middle = len(packed) // 2
    return packed[:middle] + bytes([packed[middle] ^ 255]) + packed[middle + 1 :]
