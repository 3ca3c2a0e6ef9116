"""template.yaml, read: the dashboard shows every function, queue and alarm, within what is free."""

import json
import re
from typing import Any

import pytest

from tests.unit.template import PATH, functions, resources, template

FUNCTIONS = PATH.parent / "functions"


def widgets(kind: str) -> list[dict[str, Any]]:
    """The widgets of a type; a reference reads as it is written."""
    [dashboard] = resources("AWS::CloudWatch::Dashboard").values()
    body = json.loads(dashboard["DashboardBody"]["Sub"])
    return [widget["properties"] for widget in body["widgets"] if widget["type"] == kind]


def metrics() -> list[list[Any]]:
    return [metric for widget in widgets("metric") for metric in widget["metrics"]]


def counted() -> set[str]:
    """The metrics that the functions make themselves."""
    handlers = FUNCTIONS.glob("*/app.py")
    return {name for path in handlers for name in re.findall(r'add_metric\("(\w+)"', path.read_text())}


@pytest.mark.parametrize("name", functions())
@pytest.mark.parametrize("metric", ["Errors", "Duration"])
def test_errors_and_durations_of_every_function_are_shown(name: str, metric: str) -> None:
    assert ["AWS/Lambda", metric, "FunctionName", f"${{{name}}}", {"label": name}] in metrics()


@pytest.mark.parametrize("name", resources("AWS::SQS::Queue"))
def test_the_depth_of_every_queue_is_shown(name: str) -> None:
    depth = ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", f"${{{name}.QueueName}}", {"label": name}]

    assert depth in metrics()


def test_every_alarm_is_shown() -> None:
    [widget] = widgets("alarm")

    assert widget["alarms"] == [f"${{{name}.Arn}}" for name in resources("AWS::CloudWatch::Alarm")]


def test_custom_metrics_are_three_at_most_and_shown() -> None:
    variables = template()["Globals"]["Function"]["Environment"]["Variables"]
    shown = {metric[1] for metric in metrics() if metric[0] == variables["POWERTOOLS_METRICS_NAMESPACE"]}

    assert len(counted()) <= 3
    assert shown == counted()
    assert {tuple(metric[2:]) for metric in metrics() if metric[1] in shown} == {
        ("service", f"${{{variables['POWERTOOLS_SERVICE_NAME']['Ref']}}}")
    }


def test_one_dashboard_of_fifty_metrics_is_free() -> None:
    assert len(resources("AWS::CloudWatch::Dashboard")) == 1
    assert len(metrics()) <= 50


def test_the_queries_ask_for_lines_and_fields_that_the_functions_log() -> None:
    queries = " ".join(widget["query"] for widget in widgets("log"))
    handlers = "".join(path.read_text() for path in FUNCTIONS.glob("*/app.py"))

    assert set(re.findall(r"message = '(\w+)'", queries)) == {"polled", "slack"}
    assert all(f'"{line}", extra=' in handlers for line in ("polled", "slack"))
    assert all(f'"{field}": ' in handlers for field in ("channel", "outcome", "receipt"))


def test_every_reference_is_to_something_that_is_there() -> None:
    [dashboard] = resources("AWS::CloudWatch::Dashboard").values()
    named = re.findall(r"\$\{(\w+)[.}]", dashboard["DashboardBody"]["Sub"])

    assert set(named) <= set(template()["Resources"])
    assert set(re.findall(r"\$\{(AWS::\w+)\}", dashboard["DashboardBody"]["Sub"])) == {"AWS::Region", "AWS::StackName"}
