"""What template.yaml lets each function do: what it does, and nothing that could alter or delete a vintage."""

import re

import pytest
from investor_flows.operate.subscriber_count import KEY

from tests.unit.template import actions, functions, resources, statements, template

GRANTED = {
    "PollFunction": {
        "ssm:GetParameter",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
    },
    "AnnounceFunction": {
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "sns:Publish",
    },
    "OperateFunction": {
        "dynamodb:BatchGetItem",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "sns:ListSubscriptionsByTopic",
        "sns:Publish",
        "sqs:GetQueueAttributes",
        "sqs:SendMessage",
        "ssm:GetParameter",
    },
    "SlackFunction": {
        "dynamodb:GetItem",
        "dynamodb:UpdateItem",
        "sqs:ChangeMessageVisibility",
        "sns:Publish",
        "sqs:SendMessage",
        "ssm:GetParameter",
    },
}
DESTRUCTIVE = re.compile(r"(?i)delete|batchwrite|partiql|purge|table|restore|export|import")
LEADING_KEYS = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["RELEASE#*"]}}
COUNT_ALONE = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [KEY["pk"]["S"]]}}

EVERY_STATEMENT = [(name, statement) for name in GRANTED for statement in statements(name)]
IDS = [f"{name}-{statement['Sid']}" for name, statement in EVERY_STATEMENT]


def test_every_function_is_looked_at() -> None:
    assert set(functions()) == set(GRANTED)


@pytest.mark.parametrize("name", GRANTED)
def test_a_function_may_do_these_things_and_no_other(name: str) -> None:
    assert {action for statement in statements(name) for action in actions(statement)} == GRANTED[name]


@pytest.mark.parametrize("name", GRANTED)
def test_a_function_has_no_other_source_of_rights(name: str) -> None:
    function = functions()[name]

    assert not {"Role", "Connectors", "PermissionsBoundary"} & set(function)
    assert all(set(policy) <= {"Version", "Statement"} for policy in function["Policies"])


@pytest.mark.parametrize(("name", "statement"), EVERY_STATEMENT, ids=IDS)
def test_no_action_is_a_wildcard_and_none_deletes(name: str, statement: dict[str, object]) -> None:
    for action in actions(statement):
        assert "*" not in action, name
        assert not DESTRUCTIVE.search(action), name
    assert statement["Effect"] == "Allow"
    assert not {"NotAction", "NotResource"} & set(statement)


@pytest.mark.parametrize(("name", "statement"), EVERY_STATEMENT, ids=IDS)
def test_no_resource_is_a_wildcard(name: str, statement: dict[str, object]) -> None:
    granted = statement["Resource"]

    for resource in granted if isinstance(granted, list) else [granted]:
        assert isinstance(resource, dict), name
        assert "*" not in str(resource), name


@pytest.mark.parametrize(("name", "statement"), EVERY_STATEMENT, ids=IDS)
def test_no_vintage_can_be_updated_but_releases_and_the_count_alone(name: str, statement: dict[str, object]) -> None:
    if "dynamodb:UpdateItem" in actions(statement):
        assert actions(statement) == ["dynamodb:UpdateItem"], name
        assert statement["Condition"] == (COUNT_ALONE if name == "OperateFunction" else LEADING_KEYS)


def test_only_poll_puts_items() -> None:
    putting = {name for name in GRANTED if "dynamodb:PutItem" in GRANTED[name]}

    assert putting == {"PollFunction"}


def test_only_the_topics_fill_the_queues_of_slack_and_of_what_is_undelivered() -> None:
    [policy] = resources("AWS::SQS::QueuePolicy").values()
    [statement] = policy["PolicyDocument"]["Statement"]

    assert statement["Principal"] == {"Service": "sns.amazonaws.com"}
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": [{"Ref": "Topic"}, {"Ref": "OpsTopic"}]}}
    assert statement["Action"] == "sqs:SendMessage"


def test_who_publishes_to_a_topic_is_for_iam_to_say_and_alarms_ring_the_operators() -> None:
    policies = resources("AWS::SNS::TopicPolicy").values()
    allowed = {
        (policy["Topics"][0]["Ref"], statement["Sid"]): statement
        for policy in policies
        for statement in policy["PolicyDocument"]["Statement"]
    }
    account = {"AWS": {"Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}

    assert {topic for topic, _ in allowed} == set(resources("AWS::SNS::Topic"))
    assert {name: statement["Principal"] for name, statement in allowed.items()} == {
        ("Topic", "IamDecides"): account,
        ("OpsTopic", "IamDecides"): account,
        ("OpsTopic", "AlarmsRing"): {"Service": "cloudwatch.amazonaws.com"},
    }
    assert all(statement["Resource"] == {"Ref": topic} for (topic, _), statement in allowed.items())
    assert allowed["OpsTopic", "AlarmsRing"]["Condition"] == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    }


ADDRESSES = {
    "https://api.jquants-pro.com": True,
    "http://127.0.0.1:8901": True,
    "http://localhost:8901/": True,
    "http://api.jquants-pro.com": False,
    "http://127.0.0.1.example.com": False,
    "http://127.0.0.1@example.com": False,
    "http://localhost.example.com/": False,
    "ftp://127.0.0.1": False,
    "https://": False,
}


@pytest.mark.parametrize("name", ["JQuantsBaseUrl", "SlackApiUrl"])
@pytest.mark.parametrize(("address", "allowed"), ADDRESSES.items())
def test_secrets_travel_over_https_or_stay_on_this_machine(name: str, address: str, *, allowed: bool) -> None:
    pattern = template()["Parameters"][name]["AllowedPattern"]
    slash = "/" if name == "SlackApiUrl" and not address.endswith("/") else ""

    assert bool(re.fullmatch(pattern, address + slash)) is allowed


def test_no_parameter_is_a_secret_itself() -> None:
    secrets = [
        name for name in template()["Parameters"] if re.search("(?i)key|token|webhook|secret|password|channels", name)
    ]

    assert secrets
    for name in secrets:
        assert name.endswith("Parameter")
        assert re.fullmatch(template()["Parameters"][name]["AllowedPattern"], "/investor-flows/name")
        assert not re.fullmatch(
            template()["Parameters"][name]["AllowedPattern"], "https://hooks.slack.com/services/T/B/x"
        )
        assert not re.fullmatch(template()["Parameters"][name]["AllowedPattern"], "xoxb-1-2-x")
