"""What must hold at every step of a state machine: what is stored and told is compared with what was served."""

import sys
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from investor_flows import asof
from investor_flows.asof import Clock
from investor_flows.model import JST, Measure, Vintage, VintageKey

from tests.unit.chances import days_back
from tests.unit.fake_source import FakeSource
from tests.unit.publishing import SECTIONS, TODAY, at, weeks
from tests.unit.reckoning import Series, as_of, reckon, seen_and_published, seen_on
from tests.unit.republishing import Republishing
from tests.unit.virtual_stack import VirtualStack

SERIES = [(section, measure) for section in SECTIONS for measure in Measure]
FIRST, LAST = date(2026, 1, 1), date(2036, 1, 1)


class Witness(RuleBasedStateMachine):
    """A vendor, a deployment in virtual time, and dictionaries of what was seen in its store."""

    def __init__(self, store: Any, log: Any) -> None:
        super().__init__()
        self.vendor = Republishing(weeks(3))
        self.source = FakeSource(windows_on="nothing")
        self.stack = VirtualStack(store, log, at(TODAY))
        self.vintages: dict[VintageKey, Vintage] = {}
        self.answers: dict[tuple[date, Series], list[Vintage]] = {}

    @property
    def today(self) -> date:
        """The day in Japan."""
        return self.stack.now.astimezone(JST).date()

    def move(self, now: datetime) -> None:
        """Let time pass; what our clock says of a day that is over must stay."""
        day = self.today
        self.stack.now = max(now, self.stack.now)
        if self.today > day:
            self.answers |= {(day, series): self._history(series, day, Clock.OURS) for series in SERIES}

    def move_to(self, day: date) -> None:
        """Let time pass to the release time of a day, unless it is over."""
        self.move(at(day))

    def stored(self) -> dict[VintageKey, Vintage]:
        """All vintages of the store."""
        found = (self.stack.kept.vintages(*series, FIRST, LAST) for series in SERIES)
        return {vintage.key: vintage for vintages in found for vintage in vintages}

    @invariant()
    def what_is_stored_was_served_and_is_never_altered(self) -> None:
        """Promise 4, and the half of promise 6 that shows nothing held."""
        stored = self.stored()
        assert self.vintages.items() <= stored.items()
        new = sorted((stored[key] for key in stored.keys() - self.vintages.keys()), key=seen_and_published)
        assert {vintage.record for vintage in new} <= self.vendor.ever
        assert all(vintage.record.published_date <= seen_on(vintage) for vintage in new)
        self.vintages |= {vintage.key: vintage for vintage in new}

    @rule(back=days_back, series=st.sampled_from(SERIES), clock=st.sampled_from(Clock))
    def look_back(self, back: int, series: Series, clock: Clock) -> None:
        """Promise 4, by either clock."""
        day = self.today - timedelta(days=back)
        assert self._history(series, day, clock) == as_of(self.vintages.values(), series, day, clock)

    @rule()
    def come_to_rest(self) -> None:
        """Promises 1, 2 and 6: nothing goes wrong any more, and AWS repeats what it repeats."""
        self.move_to(max(published for _, _, _, published in self.vendor.rows))
        self.source.published = self.vendor.served
        self.stack.come_to_rest(self.source)
        self.what_is_stored_was_served_and_is_never_altered()
        reckon(self.stack, self.vendor, self.vintages.values(), self.today)
        for (day, series), answer in self.answers.items():
            assert self._history(series, day, Clock.OURS) == answer

    def teardown(self) -> None:
        """Every run comes to rest in the end."""
        if sys.exception() is None:
            self.come_to_rest()

    def _history(self, series: Series, day: date, clock: Clock) -> list[Vintage]:
        return asof.as_of(self.stack.kept.vintages(*series, FIRST, LAST), day, clock)
