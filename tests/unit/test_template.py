"""template.yaml, read: what the emulator does not check, because it ignores it (MEASURED), is checked here."""

import json
from dataclasses import fields, replace
from datetime import datetime

import pytest
from investor_flows.announcements import Announcement, Kind, Occasion
from investor_flows.config import AnnounceSettings, OperateSettings, PollSettings, SlackSettings
from investor_flows.items import announcement_item, vintage_item
from investor_flows.model import JST, Vintage
from investor_flows.operate.ways import PAST_SLACK
from investor_flows.request import task_of
from investor_flows.slack import answers
from investor_flows.slack.deliver import LEASE
from investor_flows.slack.dispatch import ATTEMPTS

from tests.unit.builders import a_record
from tests.unit.template import events, functions, resource, resources, template

NOW = datetime(2026, 11, 19, 18, 1, tzinfo=JST)
CALLS_TO_SLACK = 11
"""Of a bot whose last run left everything unknown: two to look the text up and two to post it, as Slack does not take
its blocks; two to look its chart up and three to post it; two for a mark. A webhook posts twice.
"""
SETTINGS = {
    "PollFunction": PollSettings,
    "AnnounceFunction": AnnounceSettings,
    "SlackFunction": SlackSettings,
    "OperateFunction": OperateSettings,
}


# The table.


def test_the_table_outlives_the_stack_and_every_mistake() -> None:
    table = resource("Table")

    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
    assert table["Properties"]["DeletionProtectionEnabled"] is True
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert "SSESpecification" not in table["Properties"]  # AWS's own key encrypts it, free of charge


def test_the_table_is_on_demand_and_nothing_in_it_expires() -> None:
    properties = resource("Table")["Properties"]

    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert "TimeToLiveSpecification" not in properties


def test_the_stream_calls_announce_for_untold_announcements_alone() -> None:
    [event] = events("DynamoDB").values()
    vintage = Vintage(a_record(), NOW)
    owed = Announcement("rel-1", Kind.RELEASE, Occasion.NEW, a_record().published_date, NOW, (vintage.key,))
    silent = replace(owed, occasion=Occasion.HISTORY)

    [pattern] = [json.loads(each["Pattern"]) for each in event["FilterCriteria"]["Filters"]]

    assert resource("Table")["Properties"]["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}
    [(name, accepted)] = pattern["dynamodb"]["NewImage"].items()
    assert announcement_item(owed)[name] == {kind: values[0] for kind, values in accepted.items()}
    assert name not in announcement_item(silent) | vintage_item(vintage)


def test_a_poisoned_announcement_leaves_the_stream_after_some_tries_and_alone() -> None:
    [event] = events("DynamoDB").values()

    assert event["MaximumRetryAttempts"] == 10
    assert event["BisectBatchOnFunctionError"] is True
    assert event["StartingPosition"] == "TRIM_HORIZON"


# Functions.


@pytest.mark.parametrize("name", SETTINGS)
def test_a_function_has_the_variables_of_its_settings_and_no_other(name: str) -> None:
    variables = {each for each in functions()[name]["Environment"]["Variables"] if not each.startswith("POWERTOOLS_")}

    assert variables == {field.name.upper() for field in fields(SETTINGS[name])}


@pytest.mark.parametrize("name", SETTINGS)
def test_every_function_logs_to_a_group_of_its_own_that_forgets(name: str) -> None:
    group = functions()[name]["LoggingConfig"]["LogGroup"]["Ref"]
    groups = resources("AWS::Logs::LogGroup")

    assert groups[group]["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    assert len(groups) == len(SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_function_runs_python_3_13_on_the_chosen_processor(name: str) -> None:
    function = functions()[name]

    assert function["Runtime"] == "python3.13"
    assert function["Architectures"] == [{"Ref": "Architecture"}]
    assert template()["Parameters"]["Architecture"]["Default"] == "arm64"


def test_a_claim_on_a_delivery_outlasts_the_run_that_made_it() -> None:
    assert functions()["SlackFunction"]["Timeout"] < LEASE.total_seconds()


def test_the_queue_hides_a_batch_six_times_as_long_as_a_run_may_take() -> None:
    queue = resources("AWS::SQS::Queue")["SlackQueue"]

    assert queue["VisibilityTimeout"] >= 6 * functions()["SlackFunction"]["Timeout"]
    assert queue["VisibilityTimeout"] > LEASE.total_seconds()


def test_a_run_has_the_time_for_each_message_of_its_batch_though_slack_is_slow_at_every_call() -> None:
    [event] = events("SQS").values()
    timeout = functions()["SlackFunction"]["Timeout"]

    assert event["BatchSize"] * CALLS_TO_SLACK * answers.TIMEOUT < timeout
    assert "MaximumBatchingWindowInSeconds" not in event


def test_a_message_is_given_up_by_the_function_which_says_why_before_the_queue_gives_it_up() -> None:
    assert resources("AWS::SQS::Queue")["SlackQueue"]["RedrivePolicy"]["maxReceiveCount"] == ATTEMPTS


def test_messages_of_a_batch_fail_alone() -> None:
    [event] = events("SQS").values()

    assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_the_readers_topic_is_encrypted_and_the_operators_is_not_since_alarms_may_not_use_that_key() -> None:
    keys = {name: topic.get("KmsMasterKeyId") for name, topic in resources("AWS::SNS::Topic").items()}

    assert keys == {"Topic": "alias/aws/sns", "OpsTopic": None}


def test_queues_are_encrypted_and_keep_messages_two_weeks() -> None:
    for queue in resources("AWS::SQS::Queue").values():
        assert queue["SqsManagedSseEnabled"] is True
        assert queue["MessageRetentionPeriod"] == 14 * 24 * 3600


# Schedules.


def test_schedules_have_no_name_that_a_second_stack_in_the_account_would_have_too() -> None:
    assert all(schedule["OmitName"] is True and "Name" not in schedule for schedule in events("ScheduleV2").values())


def test_schedules_go_by_the_time_in_japan_and_can_be_switched_off() -> None:
    for schedule in events("ScheduleV2").values():
        assert schedule["ScheduleExpressionTimezone"] == "Asia/Tokyo"
        assert schedule["State"] == {"Ref": "ScheduleState"}
        assert schedule["ScheduleExpression"]["Ref"].endswith("Schedule")
        assert schedule["RetryPolicy"]["MaximumRetryAttempts"] == 2


def test_each_schedule_asks_for_a_task_and_audit_and_watch_have_one_of_their_own() -> None:
    tasks = {"poll": "poll", "audit": "audit", "backfill": "backfill", "watch": "watch"}
    asked = {
        schedule["ScheduleExpression"]["Ref"]: task_of(json.loads(schedule["Input"]), tasks, default="")
        for schedule in events("ScheduleV2").values()
    }

    assert asked == {
        "PollSchedule": "poll",
        "SparsePollSchedule": "poll",
        "AuditSchedule": "audit",
        "WatchSchedule": "watch",
    }


# Readers.


def test_where_messages_are_in_both_languages_who_chose_none_gets_japanese() -> None:
    policy = resource("AlertEmailSubscription")["Properties"]["FilterPolicy"]["If"]

    assert policy == ["BothLanguages", {"language": ["ja"]}, {"Ref": "AWS::NoValue"}]
    assert template()["Conditions"]["BothLanguages"] == {"Equals": [{"Ref": "MessageLanguage"}, "both"]}


def test_slack_takes_no_message_that_is_for_e_mail_alone() -> None:
    policy = resource("SlackSubscription")["Properties"]["FilterPolicy"]

    assert policy == {name: [{"exists": False}] for name in PAST_SLACK}


def test_operators_are_told_by_e_mail_where_there_is_an_address_and_in_slack_but_of_no_alarm() -> None:
    email, slack = (resource(name) for name in ("OpsEmailSubscription", "SlackOperationSubscription"))

    assert template()["Conditions"][email["Condition"]]["Or"] == [
        {"Condition": "HasAlertEmail"},
        {"Condition": "HasOpsEmail"},
    ]
    assert email["Properties"]["Endpoint"] == {"If": ["HasOpsEmail", {"Ref": "OpsEmail"}, {"Ref": "AlertEmail"}]}
    assert "FilterPolicy" not in email["Properties"]
    assert slack["Properties"]["TopicArn"] == email["Properties"]["TopicArn"] == {"Ref": "OpsTopic"}
    assert slack["Properties"]["FilterPolicy"] == {"kind": ["operation"]}
