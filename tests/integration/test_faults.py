"""Crash points, shortened: every kind of outside call with every kind of fault once. `make faults` tries them all."""

import pytest

from tests.conftest import Deployed
from tests.faults.campaign import Trial, sample, trials
from tests.faults.functions import NAMES
from tests.faults.peril import Peril
from tests.faults.stage import staged
from tests.faults.table import failures, table

FUNCTIONS = {"webhook": NAMES, "bot": ("slack",)}
OUTSIDE = ("J-Quants", "SSM", "DynamoDB", "SNS", "SQS", "Slack")


class Printed:
    """Prints the table at the end of the test run."""

    def __init__(self) -> None:
        self.trials: list[Trial] = []

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print what was tried."""
        terminalreporter.write_line(f"crash points, one of many (all of them: make faults)\n{table(self.trials)}")


@pytest.fixture(scope="module")
def printed(pytestconfig: pytest.Config) -> Printed:
    printed = Printed()
    pytestconfig.pluginmanager.register(printed)
    return printed


@pytest.mark.usefixtures("functions_at_rest")
@pytest.mark.parametrize("channel", FUNCTIONS)
def test_whatever_befalls_whichever_call_nothing_is_lost_doubled_or_invented(
    deployed: Deployed, printed: Printed, channel: str
) -> None:
    with staged(deployed.stack, channel) as stage:
        tried = list(trials(stage, sample, FUNCTIONS[channel]))

    printed.trials += tried
    assert failures(tried) == []
    assert {trial.fault.peril for trial in tried} == set(Peril)
    assert {trial.fault.lasts for trial in tried} == {False, True}
    assert {trial.call.service for trial in tried} >= {
        each for each in OUTSIDE if channel == "webhook" or each != "SNS"
    } - {"J-Quants", "SNS"}
