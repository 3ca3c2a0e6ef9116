"""The stack on one machine: the emulator, filled by `sam build` and `sam deploy` from template.yaml."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from tests.local.processes import Process, StackError
from tests.local.toolchain import EMULATOR_PYTHON, REGION, ROOT, aws_environment, build, deploy

STACK_NAME = "investor-flows"
FUNCTIONS = {
    "poll": "PollFunctionName",
    "announce": "AnnounceFunctionName",
    "slack": "SlackFunctionName",
    "operate": "OperateFunctionName",
}
POLL_MINUTES = 15
QUIET = {"ScheduleState": "DISABLED"}


@dataclass
class Stack:
    """One emulator with the deployed template. `folder` keeps its state, its log and its pid."""

    folder: Path
    port: int
    persistent: bool = True
    parameters: dict[str, str] = field(default_factory=lambda: dict(QUIET))
    recorded: bool = False

    @property
    def endpoint(self) -> str:
        """Where the emulator answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def calls(self) -> Path:
        """The record of who asked AWS for what, where this stack is `recorded` (emulator.py)."""
        return self.folder / "calls.jsonl"

    @property
    def process(self) -> Process:
        """The emulator's process."""
        return Process("emulator", self.folder)

    def start(self) -> None:
        """Start the emulator with the state that it had."""
        if self.process.pid is None:
            command = [EMULATOR_PYTHON, ROOT / "tests" / "local" / "emulator.py"]
            self.process.start(command, self._environment(), self.port)

    def stop(self) -> None:
        """Stop the emulator; it saves its state."""
        self.process.stop()

    def deploy(self) -> None:
        """Build and deploy template.yaml with this stack's parameters."""
        deploy(build(), self.endpoint, STACK_NAME, self.parameters)
        self.__dict__.pop("outputs", None)

    def trigger_functions(self, *, on: bool) -> None:
        """Let the table's stream and the queue of Slack call their functions, or no more."""
        client = self.client("lambda")
        for mapping in client.list_event_source_mappings()["EventSourceMappings"]:
            client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=on)

    def put_secret(self, name: str, secret: str) -> None:
        """Put a SecureString where a parameter of the template says that it is."""
        self.client("ssm").put_parameter(Name=name, Value=secret, Type="SecureString", Overwrite=True)

    def subscribe(self, protocol: str, endpoint: str) -> None:
        """Subscribe to the topic by hand, as any reader may; twice is once."""
        self.client("sns").subscribe(TopicArn=self.outputs["TopicArn"], Protocol=protocol, Endpoint=endpoint)

    def open_queue(self, name: str) -> str:
        """Make an SQS queue that the topic may fill, as a program's owner would by hand; return its ARN."""
        sqs = self.client("sqs")
        url = sqs.create_queue(QueueName=name)["QueueUrl"]
        arn: str = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        allowed = {
            "Effect": "Allow",
            "Principal": {"Service": "sns.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": self.outputs["TopicArn"]}},
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
        return arn

    def take_messages(self, queue: str, count: int) -> list[dict[str, Any]]:
        """Take so many of the topic's JSON documents out of a queue, in the order of their arrival."""
        sqs, taken = self.client("sqs"), list[dict[str, Any]]()
        url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        while len(taken) < count:
            for message in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=10).get("Messages", ()):
                taken.append(json.loads(json.loads(message["Body"])["Message"]))
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return taken

    @cached_property
    def outputs(self) -> dict[str, str]:
        """The outputs of the template."""
        [stack] = self.client("cloudformation").describe_stacks(StackName=STACK_NAME)["Stacks"]
        return {each["OutputKey"]: each["OutputValue"] for each in stack["Outputs"]}

    def invoke(self, function: str, event: Mapping[str, Any]) -> dict[str, Any]:
        """Invoke one function, and return its answer; raise StackError with its error where it failed."""
        if function not in FUNCTIONS:
            raise StackError(f"FUNCTION must be one of {', '.join(FUNCTIONS)}")
        answer = self.client("lambda").invoke(
            FunctionName=self.outputs[FUNCTIONS[function]], Payload=json.dumps(event).encode()
        )
        payload: dict[str, Any] = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise StackError(f"{function} failed: {payload.get('errorType')}: {payload.get('errorMessage')}")
        return payload

    def client(self, service: str) -> Any:
        """A boto3 client of the emulator, as an operator with all rights."""
        config = Config(read_timeout=POLL_MINUTES * 60, retries={"total_max_attempts": 1})
        return self._session.client(service, endpoint_url=self.endpoint, config=config)  # type: ignore[call-overload]

    @cached_property
    def _session(self) -> boto3.Session:
        return boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION)

    def _environment(self) -> dict[str, str]:
        state, scratch = self.folder / "emulator", self.folder / "tmp"
        scratch.mkdir(parents=True, exist_ok=True)
        kept = str(int(self.persistent))
        record = {"CALLS": str(self.calls)} if self.recorded else {}
        return aws_environment(self.endpoint) | {
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_HOST": "127.0.0.1",
            "MINISTACK_REGION": REGION,
            "AUTH": "true",
            "PERSIST_STATE": kept,
            "STATE_DIR": str(state),
            "S3_PERSIST": kept,
            "S3_DATA_DIR": str(state / "s3"),
            "TMPDIR": str(scratch),
            "SFTP_ENABLED": "0",
            "IOT_MTLS_ENABLED": "0",
            "LOG_LEVEL": "INFO",
            **record,
        }
