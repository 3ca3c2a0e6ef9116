"""template.yaml, read: what an operator sets, and what an operator is told."""

import pytest

from tests.unit.template import template, texts

OUTPUTS = [
    "TableName",
    "TopicArn",
    "OpsTopicArn",
    "PollFunctionName",
    "AnnounceFunctionName",
    "SlackFunctionName",
    "OperateFunctionName",
    "SlackQueueUrl",
    "SlackDeadLetterQueueUrl",
    "AnnounceDeadLetterQueueUrl",
]
PARAMETERS = [
    "JQuantsBaseUrl",
    "JQuantsAuthScheme",
    "JQuantsApiKeyParameter",
    "SlackChannelsParameter",
    "AlertEmail",
    "OpsEmail",
    "MessageLanguage",
    "HeadlineSection",
    "PollSchedule",
    "AuditSchedule",
    "WatchSchedule",
    "ScheduleState",
    "LogRetentionDays",
    "Architecture",
]


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_output_that_operators_need_is_there(name: str) -> None:
    assert template()["Outputs"][name]["Description"]


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_that_operators_need_is_there_with_a_default(name: str) -> None:
    parameter = template()["Parameters"][name]

    assert parameter["Description"]
    assert "Default" in parameter


def test_every_parameter_is_in_one_group() -> None:
    groups = template()["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]

    assert sorted(name for group in groups for name in group["Parameters"]) == sorted(template()["Parameters"])


@pytest.mark.parametrize(
    ("name", "default", "values"),
    [
        ("MessageLanguage", "ja", ["ja", "en", "both"]),
        ("JQuantsAuthScheme", "raw", ["raw", "bearer"]),
        ("ScheduleState", "ENABLED", ["ENABLED", "DISABLED"]),
        ("HeadlineSection", "TokyoNagoya", None),
    ],
)
def test_choices_are_those_of_the_program(name: str, default: str, values: list[str] | None) -> None:
    parameter = template()["Parameters"][name]

    assert (parameter["Default"], parameter.get("AllowedValues")) == (default, values)


def test_every_parameter_is_used() -> None:
    body = {name: part for name, part in template().items() if name not in ("Parameters", "Metadata")}
    used = " ".join(texts(body))

    assert [name for name in template()["Parameters"] if name not in used] == []
