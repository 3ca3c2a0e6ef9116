"""Fixtures of all levels: one emulator a session, filled by `sam deploy` from template.yaml, wiped before each test."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import batched
from typing import Any
from uuid import uuid4

import pytest

from tests import canaries
from tests.closing_words import said
from tests.local.inbox.server import Inbox
from tests.local.processes import free_ports, wait_until
from tests.local.stack import Stack
from tests.local.vendor.exchange import Exchange
from tests.local.vendor.server import Vendor

API_KEY_PARAMETER = "/investor-flows/jquants-api-key"
SLACK_PARAMETER = "/investor-flows/slack"
SHORT_SINCE = date(2026, 6, 4)
DELIVERY_SECONDS = 60
DELETED_AT_ONCE = 25
LEVELS = ("unit", "integration", "e2e")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests of each level passed; pytest's own line gives the sum."""
    passed = [report.nodeid.split("/")[1] for report in terminalreporter.stats.get("passed", ())]
    for text in (*said(config), ", ".join(f"{level}: {passed.count(level)} passed" for level in LEVELS)):
        terminalreporter.write_line(text)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand on what was said to the process that prints."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["said"] = said(session.config)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what a process said that ran tests."""
    said(node.config).extend(getattr(node, "workeroutput", {}).get("said", ()))


@dataclass(frozen=True)
class Deployed:
    """The deployed template, and the addresses that it was deployed with."""

    stack: Stack
    vendor_port: int
    inbox_port: int


@dataclass(frozen=True)
class World:
    """The deployed template with everything empty, a vendor with a short history and an inbox."""

    stack: Stack
    vendor: Vendor
    inbox: Inbox

    def client(self, service: str) -> Any:
        """A client of the emulator with all rights."""
        return self.stack.client(service)

    @property
    def table_name(self) -> str:
        """The table of the deployed template."""
        return self.stack.outputs["TableName"]

    def poll(self, at: datetime | None = None, **event: Any) -> dict[str, Any]:
        """Invoke the deployed poll just after the newest release, or at another time."""
        return self.stack.invoke("poll", {"time": (at or self.vendor.exchange.now).isoformat(), **event})

    def await_messages(self, form: str, count: int) -> list[dict[str, Any]]:
        """Wait until the inbox has so many messages of a form, and return them."""

        def taken() -> list[dict[str, Any]]:
            return [message.content for message in self.inbox.messages if message.form == form]

        wait_until(lambda: len(taken()) >= count, DELIVERY_SECONDS, f"fewer than {count} {form} messages came")
        return taken()

    def await_letters(self, queue: str, count: int) -> list[dict[str, Any]]:
        """Wait until a queue has so many messages, and return them; the queue is named by its output."""
        sqs, letters = self.client("sqs"), list[dict[str, Any]]()

        def found() -> bool:
            answer = sqs.receive_message(
                QueueUrl=self.stack.outputs[queue], MessageAttributeNames=["All"], WaitTimeSeconds=1
            )
            letters.extend(answer.get("Messages", ()))
            return len(letters) >= count

        wait_until(found, DELIVERY_SECONDS, f"fewer than {count} messages in {queue}")
        return letters

    def send(self, queue: str, body: str) -> None:
        """Put a message into a queue that is named by its output."""
        self.client("sqs").send_message(QueueUrl=self.stack.outputs[queue], MessageBody=body)

    def await_empty(self, queue: str) -> None:
        """Wait until a queue holds no message, neither waiting nor in work."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        sqs, url = self.client("sqs"), self.stack.outputs[queue]

        def empty() -> bool:
            counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
            return all(counts[name] == "0" for name in names)

        wait_until(empty, DELIVERY_SECONDS, f"{queue} did not empty")

    def restart_functions(self) -> None:
        """End the warm containers, as a deploy does: a changed setting of no meaning is enough."""
        self.change_functions(RESTARTED=uuid4().hex)

    def change_functions(self, **settings: str) -> None:
        """Change variables of the functions, as a deploy with other parameters does."""
        client = self.client("lambda")
        for output in ("PollFunctionName", "AnnounceFunctionName", "SlackFunctionName"):
            name = self.stack.outputs[output]
            variables = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
            client.update_function_configuration(FunctionName=name, Environment={"Variables": variables | settings})

    def count_errors(self, output: str) -> float:
        """The metric that the alarm on failing polls looks at, over the last hour."""
        dimensions = [{"Name": "FunctionName", "Value": self.stack.outputs[output]}]
        now = datetime.now(UTC)
        answer = self.client("cloudwatch").get_metric_statistics(
            Namespace="AWS/Lambda",
            MetricName="Errors",
            Dimensions=dimensions,
            StartTime=now - timedelta(hours=1),
            EndTime=now + timedelta(minutes=1),
            Period=3600,
            Statistics=["Sum"],
        )
        return float(sum(point["Sum"] for point in answer["Datapoints"]))

    @contextmanager
    def stream_stopped(self) -> Iterator[None]:
        """Keep the table's stream from calling the announce function."""
        self._switch_stream(on=False)
        yield
        self._switch_stream(on=True)

    def _switch_stream(self, *, on: bool) -> None:
        client = self.client("lambda")
        name = self.stack.outputs["AnnounceFunctionName"]
        [mapping] = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=on)


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Build and deploy template.yaml once, with IAM enforced."""
    port, vendor_port, inbox_port = free_ports(3)
    stack = Stack(tmp_path_factory.mktemp("stack"), port, persistent=False)
    stack.parameters |= {
        "JQuantsBaseUrl": f"http://127.0.0.1:{vendor_port}",
        "SlackChannelsParameter": SLACK_PARAMETER,
    }
    with ExitStack() as undo:
        undo.callback(stack.stop)
        stack.start()
        stack.deploy()
        yield Deployed(stack, vendor_port, inbox_port)
        assert canaries.found_in_logs(stack) == set()


@pytest.fixture
def world(deployed: Deployed) -> Iterator[World]:
    """An empty table, empty queues, an empty inbox, and a vendor whose history is short."""
    with open_world(deployed) as world:
        yield world


@contextmanager
def open_world(deployed: Deployed) -> Iterator[World]:
    """Empty everything, and let a vendor and an inbox begin."""
    stack = deployed.stack
    wipe(stack)
    with (
        Vendor(Exchange(published_since=SHORT_SINCE), port=deployed.vendor_port, key=canaries.KEY) as vendor,
        Inbox(port=deployed.inbox_port) as inbox,
    ):
        stack.put_secret(API_KEY_PARAMETER, vendor.key)
        stack.put_secret(SLACK_PARAMETER, f"{inbox.url}/slack/webhook/{canaries.HOOK}")
        stack.subscribe("http", f"{inbox.url}/email")
        yield World(stack, vendor, inbox)
        assert canaries.found_in_data(stack, inbox) == set()


def wipe(stack: Stack) -> None:
    """Empty the table and all queues, as only an operator can."""
    dynamodb, sqs, table = stack.client("dynamodb"), stack.client("sqs"), stack.outputs["TableName"]
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, ProjectionExpression="pk, sk")
    deletions = [{"DeleteRequest": {"Key": item}} for page in pages for item in page["Items"]]
    for batch in batched(deletions, DELETED_AT_ONCE, strict=False):
        dynamodb.batch_write_item(RequestItems={table: list(batch)})
    for url in sqs.list_queues().get("QueueUrls", ()):
        sqs.purge_queue(QueueUrl=url)
