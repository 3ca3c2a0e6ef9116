"""Any order of events, with faults at any call, keeps promises 1 to 6: the state machine over stores in memory."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.unit.fake_slack import FakeDeliveries
from tests.unit.fake_store import FakeStore
from tests.unit.machine import Machine


class InMemory(Machine):
    """The machine over a store and a log of its own."""

    def __init__(self) -> None:
        super().__init__(FakeStore(), FakeDeliveries())


def test_whatever_happens_nothing_is_lost_doubled_altered_or_invented() -> None:
    run_state_machine_as_test(InMemory, settings=settings(settings(), stateful_step_count=30))
