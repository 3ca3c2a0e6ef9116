"""One run of a chapter: it happens, with one fault or none, and the triggers come until nothing is owed any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from investor_flows.asof import Clock, as_of
from investor_flows.intake import today
from investor_flows.model import Measure, Record
from investor_flows.poll import PATIENCE

from tests.faults.peril import Fault
from tests.faults.scenario import Chapter, Event
from tests.faults.stage import Beginning, Items, Stage
from tests.faults.wire import Call
from tests.local.inbox.mailbox import Message

ROUNDS = 6
REPAIRED_AFTER = 2
NEXT_POLL = PATIENCE + timedelta(minutes=1)
NEWS = ("new", "revised", "restated", "held", "announced", "waiting", "offered_again")
DAY = timedelta(days=1)

Knowledge = tuple[list[Record], ...]


@dataclass(frozen=True)
class Ending:
    """What can be seen from outside after a run."""

    calls: tuple[Call, ...]
    items: Items
    messages: tuple[Message, ...]
    bodies: tuple[str, ...]  # what came through the queue
    earlier: Knowledge
    lost_answers: Mapping[str, int]
    rounds: int  # how often everything had to be triggered
    silent: bool  # a further poll said nothing


def run(stage: Stage, chapter: Chapter, beginning: Beginning, fault: Fault | None = None, number: int = 0) -> Ending:
    """Let a chapter happen; the fault befalls the call of that number."""
    stage.set_back(beginning)
    stage.wire.reset(fault, number)
    rounds = [_settle(stage, event) for event in chapter.events]
    stage.wire.heal()
    silent = _falls_silent(stage)
    stage.triggers.replay()
    stage.readers.await_mail(beginning.mails + stage.wire.acted["SNS Publish"])
    return Ending(
        tuple(stage.wire.calls),
        stage.table.items(),
        tuple(stage.readers.messages),
        tuple(stage.triggers.bodies),
        known_before(stage, beginning),
        dict(stage.wire.lost_answers),
        sum(rounds),
        silent,
    )


def known_before(stage: Stage, beginning: Beginning) -> Knowledge:
    """What the store says was known on the day before a chapter, by the vendor's clock and by ours."""
    day = today(beginning.at) - DAY
    stored = list(stage.table.store.vintages("TokyoNagoya", Measure.VALUE, date.min, day))
    known = (as_of(stored, day, clock) for clock in Clock)
    return tuple([vintage.record for vintage in vintages][-ROUNDS:] for vintages in known)


def _settle(stage: Stage, event: Event) -> int:
    """Trigger until nothing fails, with a repair after two rounds; count the rounds."""
    event.happens(stage.scene)
    stage.clock.at = max(stage.clock.at, stage.vendor.exchange.now) + event.after
    for count in range(1, ROUNDS):
        if stage.triggers.round():
            return count
        if count == REPAIRED_AFTER:
            stage.wire.heal()
        stage.clock.move(NEXT_POLL)
    return ROUNDS


def _falls_silent(stage: Stage) -> bool:
    """Poll until a poll says nothing, which the next one does unless a fault left something to do."""
    for count in range(ROUNDS):
        if count == REPAIRED_AFTER:
            stage.wire.heal()
        stage.clock.move(NEXT_POLL)
        stage.triggers.queue.redrive()
        report = stage.triggers.poll()
        taken = stage.triggers.hand_over()
        if report and taken and not any(report[name] for name in NEWS):
            return True
    return False
