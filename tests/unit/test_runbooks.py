"""The runbooks in README.md: one for each alarm, whole, and named by it."""

import re

import pytest

from tests.unit import readme
from tests.unit.template import resources, template

ALARMS = resources("AWS::CloudWatch::Alarm")
PARTS = ("Means", "Readers miss", "Look at", "Send")


def test_every_runbook_belongs_to_an_alarm() -> None:
    runbooks = [title for title in readme.headings(3) if title.endswith("Alarm")]

    assert sorted(runbooks) == sorted(ALARMS)


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_names_its_runbook(name: str) -> None:
    assert ALARMS[name]["AlarmDescription"].endswith(f"What to do is in the README under {name}.")


@pytest.mark.parametrize("name", ALARMS)
def test_a_runbook_says_what_it_means_what_readers_miss_what_to_look_at_and_what_to_send(name: str) -> None:
    runbook = readme.section(name)

    assert [line[4 : line.index("**:")] for line in runbook.splitlines() if line.startswith("- **")] == list(PARTS)


def test_slack_s_letters_are_redriven_to_a_queue_that_is_named() -> None:
    """They were sent to the dead-letter queue, not moved there: AWS would not know where they came from."""
    [redrive] = re.findall(r"^aws sqs start-message-move-task (.+)$", readme.section("Runbooks"), re.MULTILINE)

    named = dict(re.findall(r"--(\w+)-arn (\w+)", redrive))
    outputs = {name.upper() for name in template()["Outputs"]}
    assert named.keys() == {"source", "destination"}
    assert {name.replace("_", "") for name in named.values()} <= outputs
