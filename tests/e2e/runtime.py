"""The real Lambda runtime without docker: a built function under AWS's runtime interface emulator and client."""

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests import canaries
from tests.local.processes import Process, free_ports
from tests.local.stack import Stack
from tests.local.toolchain import BUILD, EMULATOR_PYTHON, TOOLS, aws_environment

MACHINE = "arm64" if platform.machine() in {"aarch64", "arm64"} else "x86_64"
LAYER = BUILD / "InvestorFlowsLayer" / "python"
SLACK_LAYER = BUILD / "SlackLayer" / "python"
INVOCATIONS = "/2015-03-31/functions/function/invocations"
TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Runtime:
    """One running function."""

    url: str

    def invoke(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Invoke it; an error of the handler comes back with an `errorType`, as on AWS."""
        answer: dict[str, Any] = requests.post(f"{self.url}{INVOCATIONS}", json=event, timeout=TIMEOUT).json()
        return answer


@contextmanager
def running(stack: Stack, function: str, output: str, folder: Path) -> Iterator[Runtime]:
    """Start a built function with the variables that the template gave it.

    Its Python is that of the emulator's environment: like Lambda's, it has boto3 and none of the layer's packages.
    """
    path = (BUILD / function, LAYER, SLACK_LAYER)
    with serving(function, variables(stack, output), path, folder) as runtime:
        yield runtime
    assert canaries.WORD not in Process(function, folder).log.read_text()


@contextmanager
def serving(
    name: str,
    environment: Mapping[str, str],
    path: Sequence[Path],
    folder: Path,
    *,
    handler: str = "app.lambda_handler",
    python: Path = EMULATOR_PYTHON,
) -> Iterator[Runtime]:
    """Start a handler that lies in the first folder of a path; `folder` keeps its log."""
    port, api_port = free_ports(2)
    [rie] = (TOOLS / "sam").glob(f"lib/python*/site-packages/samcli/local/rapid/aws-lambda-rie-{MACHINE}")
    addresses = ["--runtime-interface-emulator-address", f"127.0.0.1:{port}"]
    api = ["--runtime-api-address", f"127.0.0.1:{api_port}", "--log-level", "error"]
    client = ["/bin/sh", "-c", f'cd "{path[0]}" && exec "{python}" -m awslambdaric {handler}']
    process = Process(name, folder)
    settings = {**environment, "PYTHONPATH": os.pathsep.join(map(str, path))}
    process.start([rie, *addresses, *api, *client], settings, port)
    try:
        yield Runtime(f"http://127.0.0.1:{port}")
    finally:
        process.stop()


def variables(stack: Stack, output: str) -> dict[str, str]:
    """What the template sets in a function's environment, and what Lambda does."""
    configuration = stack.client("lambda").get_function_configuration(FunctionName=stack.outputs[output])
    return {
        **aws_environment(stack.endpoint),
        **configuration["Environment"]["Variables"],
        "AWS_LAMBDA_FUNCTION_NAME": output,
        "AWS_LAMBDA_FUNCTION_TIMEOUT": str(configuration["Timeout"]),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(configuration["MemorySize"]),
    }


def event(name: str) -> dict[str, Any]:
    """A payload of the `events` folder."""
    path = Path(__file__).parents[2] / "events" / f"{name}.json"
    payload: dict[str, Any] = json.loads(path.read_text())
    return payload
