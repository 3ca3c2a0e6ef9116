"""Crash points, shortened: every kind of outside call with every kind of fault once. `make faults` tries them all."""

from collections.abc import Iterator

import pytest

from tests.closing_words import say
from tests.conftest import Deployed
from tests.faults.campaign import Trial, sample, trials
from tests.faults.functions import NAMES
from tests.faults.peril import Peril
from tests.faults.stage import staged
from tests.faults.table import failures, table

FUNCTIONS = {"webhook": NAMES, "bot": ("slack",)}
OUTSIDE = ("J-Quants", "SSM", "DynamoDB", "SNS", "SQS", "Slack")


@pytest.fixture(scope="module")
def printed(pytestconfig: pytest.Config) -> Iterator[list[Trial]]:
    """What was tried; its table is printed at the end of the test run."""
    tried: list[Trial] = []
    yield tried
    say(pytestconfig, f"crash points, one of many (all of them: make faults)\n{table(tried)}")


@pytest.mark.usefixtures("functions_at_rest")
@pytest.mark.parametrize("channel", FUNCTIONS)
def test_whatever_befalls_whichever_call_nothing_is_lost_doubled_or_invented(
    deployed: Deployed, printed: list[Trial], channel: str
) -> None:
    with staged(deployed.stack, channel) as stage:
        tried = list(trials(stage, sample, FUNCTIONS[channel]))

    printed.extend(tried)
    assert failures(tried) == []
    assert {trial.fault.peril for trial in tried} == set(Peril)
    assert {trial.fault.lasts for trial in tried} == {False, True}
    assert {trial.call.service for trial in tried} >= {
        each for each in OUTSIDE if channel == "webhook" or each != "SNS"
    } - {"J-Quants", "SNS"}
