"""JSON of another shape, and page keys that lead nowhere."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from tests.integration.answer import ROWS, Answer, Document, Spoil, always, body, document, rows
from tests.integration.bad_answer import BadAnswer, accepted, held, refused

NEITHER = "neither trades_spec nor data holds a list"

NO_LISTS: dict[str, Any] = {
    "null": None,
    "an object": {},
    "an object of rows": {"0": {"Section": "TSEPrime"}},
    "a text": "[]",
    "a number": 0,
    "true": True,
    "false": False,
    "an empty text": "",
}

OTHER_NAMES = ("rows", "result", "Trades_Spec", "TRADES_SPEC", "trades_specs", " trades_spec", "tradesSpec", "Data", "")

NO_DOCUMENTS: dict[str, tuple[Any, str]] = {
    "null": (None, "NoneType"),
    "a number": (7, "int"),
    "a fraction": (7.5, "float"),
    "a text": ("trades_spec", "str"),
    "true": (True, "bool"),
    "an empty list": ([], "list"),
}

OTHER_DOCUMENTS: dict[str, Any] = {
    "an empty object": {},
    "a message": {"message": "Service temporarily unavailable."},
    "an error": {"error": {"code": 500, "message": "Unexpected error."}},
    "errors": {"errors": []},
    "a page key alone": {"pagination_key": "1.2."},
    "a status": {"status": "ok"},
}

WRONG_KEYS: dict[str, Any] = {
    "a number": 7,
    "zero": 0,
    "a fraction": 1.5,
    "true": True,
    "false": False,
    "a list": ["1.2."],
    "an empty list": [],
    "an object": {"key": "1.2."},
    "an empty object": {},
    "half a surrogate": "\ud800",
    "control characters": "1.2.\r\nX-Injected: 1",
}

FOREIGN_KEYS = {
    "of another query": "1.2.",
    "with Japanese": "次.2.",
    "with reserved characters": "&is_value=false#?/",
    "of 60 kB": "1" * 60_000,
    "with a blank": " ",
}


def documents() -> Iterator[BadAnswer]:
    """The rows under another name, or not there, or something else altogether."""
    for name, content in NO_LISTS.items():
        yield refused(f"trades_spec is {name}", rows(always(content)), NEITHER)
    for name in OTHER_NAMES:
        yield refused(f"the rows are under '{name}'", under(name), NEITHER)
    for name, (content, kind) in NO_DOCUMENTS.items():
        words = f"{kind} where an object belongs"
        yield refused(f"the document is {name}", document(always(content)), words)
    for name, content in OTHER_DOCUMENTS.items():
        yield refused(f"the document is {name}", document(always(content)), NEITHER)
    yield refused("the document is the list of rows", document(lambda said: said[ROWS]), "list where an object")
    yield refused("the document is in a list", document(lambda said: [said]), "list where an object")
    yield refused("the document is in a document", document(lambda said: {"data": said}), NEITHER)
    yield refused("the document is a text of itself", body(lambda good: b'"%s"' % good.hex().encode()), "str where")
    yield refused("rows under both names", document(lambda said: said | {"data": said[ROWS][:4]}), "both")
    yield refused("no rows and rows", document(lambda said: {ROWS: [], "data": said[ROWS]}), "both")
    twice = body(lambda good: good[:-1] + b', "trades_spec": []}')
    yield refused("trades_spec comes twice", twice, "trades_spec", "twice")
    yield held("rows in a list of lists", rows(lambda good: [good]), "not an object")
    yield accepted("the rows are under 'data'", under("data"))
    yield accepted("null under the other name", document(lambda said: {"data": None, **said}))
    yield accepted("unknown fields beside the rows", document(lambda said: {"count": 7, **said, "next": {"page": 2}}))


def under(name: str) -> Spoil:
    """Give the rows another name."""
    return document(lambda said: {name: said[ROWS]})


def page_keys() -> Iterator[BadAnswer]:
    """Keys that are no keys, that the vendor does not know, or that never end."""
    for name, key in WRONG_KEYS.items():
        yield refused(f"the page key is {name}", promising(key), "pagination_key")
    for name, key in FOREIGN_KEYS.items():
        yield refused(f"the page key is one {name}", promising(key), "400")
    yield refused("the page key repeats", promising("again.1."), "pagination_key repeats")
    yield refused("the page keys go round", turning(3), "pagination_key repeats")
    yield refused("the page keys never end", turning(10**6), "pages")
    yield refused("empty pages never end", _empty(turning(10**6)), "pages")
    yield accepted("the page key is null", promising(None))
    yield accepted("the page key is an empty text", promising(""))


def promising(key: object) -> Spoil:
    """Promise one more page."""
    return document(lambda said: said | {"pagination_key": key})


def turning(length: int) -> Spoil:
    """Promise one more page, by so many keys in turn; each is answered with the same rows again."""
    numbers = count()

    def more(said: Document) -> Document:
        return said | {"pagination_key": f"again.{length}.{next(numbers) % length}."}

    return document(more)


def _empty(spoil: Spoil) -> Spoil:
    def empty(good: Answer) -> Answer:
        return replace(good, body=document(lambda said: said | {ROWS: []})(spoil(good)).body)

    return empty
