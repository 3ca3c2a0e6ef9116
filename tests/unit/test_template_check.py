"""The template as checkov gets it, and what its answer means."""

import json

from tests.local.supply.plain_template import plain_template
from tests.local.supply.template_check import faults
from tests.unit.template import template

FAILED = {"check_id": "CKV_AWS_28", "resource": "AWS::DynamoDB::Table.Table", "check_name": "backup"}


def test_the_plain_template_is_the_template_with_merges_and_tags_written_out() -> None:
    plain = plain_template()

    assert plain["Resources"].keys() == template()["Resources"].keys()
    addresses = [{"Condition": "HasAlertEmail"}, {"Condition": "HasOpsEmail"}]
    assert plain["Conditions"]["HasAnyEmail"] == {"Fn::Or": addresses}
    assert plain["Outputs"]["TableName"]["Value"] == {"Ref": "Table"}
    assert plain["Resources"]["TopicDeadLetterQueue"] == plain["Resources"]["PollDeadLetterQueue"]
    assert {"Fn::GetAtt": ["PollDeadLetterQueue", "Arn"]} in plain["Resources"]["PollFunction"]["Properties"][
        "EventInvokeConfig"
    ]["DestinationConfig"]["OnFailure"].values()
    assert "<<" not in json.dumps(plain)


def test_what_failed_is_named_and_what_passed_is_not() -> None:
    answer = {"summary": {"passed": 9, "failed": 1}, "results": {"failed_checks": [FAILED]}}

    assert faults(answer) == ["CKV_AWS_28 AWS::DynamoDB::Table.Table: backup"]
    assert faults({"summary": {"passed": 9}, "results": {"failed_checks": []}}) == []


def test_a_template_that_could_not_be_read_does_not_pass() -> None:
    unread = {"summary": {"passed": 9, "parsing_errors": 1}, "results": {"failed_checks": []}}

    assert faults(unread) == faults({"passed": 0, "failed": 0}) == ["checkov could not read the template"]
