"""The same state machine over the real store and log of deliveries, on the emulator: a few runs of it."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from investor_flows.slack.deliveries import DeliveryLog
from investor_flows.store import RecordStore

from tests.conftest import Deployed, wipe
from tests.integration.conftest import Table
from tests.unit.machine import Machine

FEW = settings(
    max_examples=4,
    stateful_step_count=25,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_whatever_happens_nothing_is_lost_doubled_altered_or_invented(deployed: Deployed, table: Table) -> None:
    class OverTheEmulator(Machine):
        def __init__(self) -> None:
            wipe(deployed.stack)
            super().__init__(RecordStore(table.client, table.name), DeliveryLog(table.client, table.name))

    run_state_machine_as_test(OverTheEmulator, settings=FEW)
