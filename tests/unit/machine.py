"""A state machine: any order of publishing, polling, announcing and delivering, with faults, against dictionaries.

The store and the log of deliveries are given: in memory here, over the emulator in the integration tests.
"""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from investor_flows.announcements import Occasion
from investor_flows.errors import SourceUnavailable
from investor_flows.intake import Report
from investor_flows.poll import audit, poll

from tests.unit.chances import (
    calls,
    numbers,
    perils,
    polled,
    sections,
    seldom,
    some_rows,
    tasks,
    waits,
    weeks_back,
)
from tests.unit.fake_board import Peril
from tests.unit.virtual_stack import Task
from tests.unit.witness import Witness

MINUTE = timedelta(minutes=1)


class Machine(Witness):
    """Publishes, polls, announces and delivers."""

    # What the vendor does.

    @rule(withheld=some_rows, flawed=some_rows, polled=polled)
    def publish_a_week(self, withheld: set[int], flawed: set[int], polled: bool | None) -> None:
        """The next week comes, or is dated ahead of its day; some rows are broken or kept back."""
        self._polled(polled, self.vendor.publish(withheld, flawed))

    @rule(back=weeks_back, number=numbers, sections=sections, polled=polled)
    def correct(self, back: int, number: int, sections: tuple[str, ...], polled: bool | None) -> None:
        """A week's rows come again under a later date: other figures, or with number 0 the first ones."""
        self._polled(polled, self.vendor.correct(self._end(back), number, sections, self.today))

    @rule(back=weeks_back, number=numbers, sections=sections, flawed=seldom, polled=polled)
    def rewrite(self, back: int, number: int, sections: tuple[str, ...], flawed: bool, polled: bool | None) -> None:
        """A week's newest rows are rewritten under their dates, some so that they fail their accounts."""
        self.vendor.restate(self._end(back), number, sections)
        if flawed:
            self.vendor.flaw(self._end(back), sections)
        self._polled(polled, self.today)

    @precondition(lambda self: self.vendor.broken | self.vendor.withheld)
    @rule()
    def mend_and_release(self) -> None:
        """What is broken is put right, and what was kept back comes."""
        self.vendor.mend()

    # What AWS does.

    @rule(minutes=waits)
    def wait(self, minutes: int) -> None:
        """Time passes."""
        self.move(self.stack.now + minutes * MINUTE)

    @rule(task=tasks, peril=perils, number=calls)
    def poll(self, task: Task, peril: Peril | None, number: int) -> None:
        """A task runs, and something may befall one of its calls."""
        self.stack.fate.befall(peril, number)
        self._poll(task)
        self.stack.fate.spare()

    @rule(task=tasks, other=tasks, number=calls)
    def poll_while_another_polls(self, task: Task, other: Task, number: int) -> None:
        """Another task runs between two calls of one."""
        self.stack.fate.interrupt(number, lambda: self._poll(other))
        self._poll(task)
        self.stack.fate.spare()

    @rule(task=tasks)
    def poll_half_an_answer(self, task: Task) -> None:
        """Promise 5."""
        first = self.stack.kept.progress().last_published is None
        self.source.fail(SourceUnavailable("503"), windowed=first or task is not audit)
        report = self._poll(task)
        self.source.heal()
        assert report is None
        assert self.stored() == self.vintages

    @rule(task=tasks)
    def poll_what_was_polled(self, task: Task) -> None:
        """Promise 3."""
        first = self._poll(task)
        self.stack.fate.calls.clear()
        again = self._poll(task)
        assert first is not None
        assert again is not None
        assert replace(again, last_published=None, hours_overdue=None) == Report(again.rows, waiting=first.waiting)
        assert "add" not in self.stack.fate.calls

    @precondition(lambda self: self.stack.stream)
    @rule(peril=perils, number=calls)
    def announce(self, peril: Peril | None, number: int) -> None:
        """What is in the stream is told, and something may befall one of the calls."""
        self.stack.fate.befall(peril, number)
        self.stack.announce()
        self.stack.fate.spare()

    @precondition(lambda self: self.stack.queue)
    @rule(peril=perils, number=calls)
    def deliver(self, peril: Peril | None, number: int) -> None:
        """What is in the queue is delivered, and something may befall one of the calls."""
        self.stack.fate.befall(peril, number)
        self.stack.deliver()
        self.stack.fate.spare()

    @precondition(lambda self: self.stack.stream)
    @rule()
    def lose_a_stream_record(self) -> None:
        """The stream gives an announcement up, as it does after its retries."""
        self.stack.stream.pop(0)

    @precondition(lambda self: self.stack.announced)
    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        """An operator sends an announcement again, or a message comes twice."""
        owed = [each for each in self.stack.announced if each.occasion is not Occasion.HISTORY]
        self.stack.stream += [data.draw(st.sampled_from(owed))] if owed else []
        self.stack.queue += [replace(letter) for letter in self.stack.queue[:1]]

    # How it is done.

    def _end(self, back: int) -> date:
        return self.vendor.ends[max(-len(self.vendor.ends), -1 - back)]

    def _polled(self, polled: bool | None, day: date) -> None:
        """Let the day come, and a poll look."""
        if polled is not None:
            self.move_to(day)
        if polled:
            self._poll(poll)

    def _poll(self, task: Task) -> Report | None:
        self.source.published = self.vendor.served
        return self.stack.poll(task, self.source)
