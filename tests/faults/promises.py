"""What is promised after every run (README, promises 1 to 5), checked from outside against a run without a fault."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from investor_flows.items import to_vintage
from investor_flows.model import Record, VintageKey
from investor_flows.operations import TAG

from tests.faults.run import Ending
from tests.faults.stage import Beginning, Items
from tests.local.inbox.mailbox import Message

UNTOLD = "untold"
APART = ("RELEASE#", "HELD", "PROGRESS")

type Telling = tuple[str, str, str]
"""Form, part and receipt: ("email", "text", "rel-…"), ("slack", "chart", "rel-…")."""


@dataclass(frozen=True)
class Verdict:
    """What came of a run. Only a message doubled by a lost answer is allowed."""

    lost: int
    doubled: int
    doubled_by_lost_answer: int
    kept_back: bool
    broken: tuple[str, ...]

    @property
    def healed(self) -> bool:
        """Whether everything ended as without a fault."""
        return not (self.lost or self.doubled or self.broken)


def judge(ending: Ending, clean: Ending, beginning: Beginning) -> Verdict:
    """Compare a run with the one in which nothing went wrong."""
    told, owed = told_in(ending, beginning), told_in(clean, beginning)
    surplus = told - owed
    doubled, excused = _doubled(surplus, ending)
    kept_back = ending.rounds > clean.rounds
    return Verdict((owed - told).total(), doubled, excused, kept_back, tuple(_broken(ending, clean, beginning)))


def _doubled(surplus: Counter[Telling], ending: Ending) -> tuple[int, int]:
    """Tell messages that came again without need from those whose answer was lost."""
    by_form: Counter[str] = Counter()
    for (form, _, _), count in surplus.items():
        by_form[form] += count
    excused = {form: min(count, ending.lost_answers.get(form, 0)) for form, count in by_form.items()}
    return by_form.total() - sum(excused.values()), sum(excused.values())


def told_in(ending: Ending, beginning: Beginning) -> Counter[Telling]:
    """Everything that readers got since a chapter began, marks on older messages included."""
    documents = [document for document in map(json.loads, ending.bodies) if "slack" in document]  # the rest are reports
    receipts = {_shown(document): document["receipt"] for document in documents}
    before = {message.number: message for message in beginning.messages}
    changed = [message for message in ending.messages if before.get(message.number) != message]
    new = [message for message in changed if message.number not in before]
    to_readers = [message for message in new if not _is_report(message)]
    return Counter([*(part for each in to_readers for part in _parts(each, receipts)), *_marks(changed)])


def _is_report(message: Message) -> bool:
    """Whether operators are told something, in Slack."""
    return str(message.content.get("text", "")).startswith(TAG)


def _parts(message: Message, receipts: dict[str, str]) -> Iterator[Telling]:
    content = message.content
    if message.form == "email":
        yield "email", "text", str(content["receipt"])
    elif "metadata" in content:
        yield "slack", "text", str(content["metadata"]["event_payload"]["receipt"])
    elif "files" in content:
        yield from (("slack", "chart", file["name"]) for file in content["files"])
    else:
        yield "slack", "text", receipts.get(json.dumps(content["blocks"]), "of nobody")


def _shown(document: dict[str, Any]) -> str:
    return json.dumps(document["slack"]["blocks"])


def _marks(messages: Iterable[Message]) -> Iterator[Telling]:
    """The marks on messages that were corrected: each is a line of the text of its own."""
    for message in messages:
        lines = str(message.content.get("text", "")).splitlines()
        yield from (("slack", "mark", line) for line in lines if line.startswith("訂正あり "))


def _broken(ending: Ending, clean: Ending, beginning: Beginning) -> Iterator[str]:
    """Name what else is not as promised."""
    if _vintages(ending.items) != _vintages(clean.items):
        yield "other vintages are stored than without a fault"
    if any(ending.items.get(key) != item for key, item in beginning.items.items() if _is_vintage(key)):
        yield "a stored vintage was altered"
    if ending.earlier != clean.earlier:
        yield "an earlier as_of has changed"
    if _owed(ending.items) != _owed(clean.items):
        yield "other announcements are owed, or other rows held, than without a fault"
    if any(UNTOLD in item for item in ending.items.values()):
        yield "an announcement is still untold"
    if not ending.silent:
        yield "polls do not fall silent"


def _vintages(items: Items) -> dict[VintageKey, Record]:
    stored = [to_vintage(item) for key, item in items.items() if _is_vintage(key)]
    return {vintage.key: vintage.record for vintage in stored}


def _owed(items: Items) -> set[tuple[str, str]]:
    return {key for key in items if key[1].startswith("ANNOUNCEMENT#") or key[0] == "HELD"}


def _is_vintage(key: tuple[str, str]) -> bool:
    return not key[0].startswith(APART)
