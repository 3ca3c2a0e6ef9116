"""The inbox as a web page: messages as their reader sees them, newest first. It needs no script to be read.

GET /?form=slack   only Slack or only e-mail        GET /?before=40   messages older than number 40

Nothing on it comes from elsewhere: the policy in its headers allows its own style, script and pictures alone.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.local.inbox.letter import Letter, in_threads, language_of
from tests.local.inbox.mailbox import Mailbox, Message
from tests.local.inbox.slack_markup import mrkdwn, plain, text_object, words
from tests.local.web.visit import Reply

PAGE = 20
PNG = b"\x89PNG\r\n\x1a\n"
NAMES = {"slack": "Slack", "email": "E-mail"}
NUMBER = re.compile("[0-9]{1,9}")
FIGURE = re.compile(r"[+\-−▲]?¥?\d[\d,.%兆億百万千円株bnmk]*")


@dataclass(frozen=True, slots=True)
class View:
    """Which messages somebody wants to see."""

    form: str = ""
    before: int | None = None

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> "View":
        """Read an address; what makes no sense asks for nothing special."""
        form, before = query.get("form", ""), query.get("before", "")
        return cls(form if form in NAMES else "", int(before) if NUMBER.fullmatch(before) else None)

    def letters(self, messages: Sequence[Message]) -> list[Letter]:
        """Everything asked for, newest first."""
        wanted = [message for message in messages if self.form in ("", message.form)]
        return [letter for letter in in_threads(wanted) if self.before is None or letter.number < self.before]


def page(mailbox: Mailbox, query: Mapping[str, str], *, synthetic: bool) -> Reply:
    """Show the messages that an address asks for."""
    view, messages = View.asked(query), mailbox.messages
    letters = view.letters(messages)
    shown = letters[:PAGE]
    template = _pages().get_template("inbox.html.j2")
    html = template.render(
        view=view,
        synthetic=synthetic,
        letters=shown,
        anchors={each.number for letter in shown for each in (letter, *letter.quiet_replies)},
        older=shown[-1].number if len(letters) > PAGE else None,
        newest=len(messages),
        counts={form: sum(message.form == form for message in messages) for form in NAMES},
        names=NAMES,
        documents=_documents(mailbox, shown),
        sizes=_sizes(mailbox, shown),
    )
    return Reply(200, html.encode(), {"Content-Type": "text/html; charset=utf-8", **_policy()})


@cache
def _pages() -> Environment:
    folder = Path(__file__).with_name("templates")
    pages = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"plain": plain, "mrkdwn": mrkdwn, "text_object": text_object, "words": words}
    pages.filters |= {"language": language_of}
    pages.tests |= {"figure": FIGURE.fullmatch}
    return pages


@cache
def _policy() -> dict[str, str]:
    """What a browser may do with the page: hostile text that became markup after all would still do nothing."""
    allowed = {
        "default-src": "'none'",
        "style-src": _digest("inbox.css"),
        "script-src": _digest("inbox.js"),
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in allowed.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }


def _digest(name: str) -> str:
    content = _pages().get_template(name).render()
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _documents(mailbox: Mailbox, letters: Sequence[Letter]) -> dict[int, str]:
    """The JSON documents that the inbox has, each under the newest message with its receipt."""
    found = dict[int, str]()
    newest = {letter.receipt: letter.number for letter in reversed(letters)}
    for receipt, number in newest.items():
        document = receipt and mailbox.file(f"{receipt}.json")
        if document:
            found[number] = json.dumps(json.loads(document), ensure_ascii=False, indent=1)
    return found


def _sizes(mailbox: Mailbox, letters: Sequence[Letter]) -> dict[str, tuple[int, int]]:
    """Width and height of each picture, so that nothing moves when it arrives."""
    shown = [each for letter in letters for each in (letter, *letter.replies)]
    names = [str(file["stored_as"]) for letter in shown for file in letter.content.get("files", ())]
    pictures = {name: mailbox.file(name) or b"" for name in names}
    return {name: _size(picture) for name, picture in pictures.items() if picture.startswith(PNG)}


def _size(picture: bytes) -> tuple[int, int]:
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
