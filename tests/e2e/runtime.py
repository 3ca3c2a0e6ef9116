"""The real Lambda runtime without docker: a built function under AWS's runtime interface emulator and client."""

import json
import os
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests.local.processes import Process, free_ports
from tests.local.stack import Stack
from tests.local.toolchain import BUILD, EMULATOR_PYTHON, TOOLS, aws_environment

MACHINE = "arm64" if platform.machine() in {"aarch64", "arm64"} else "x86_64"
LAYER = BUILD / "InvestorFlowsLayer" / "python"
CHART_LAYER = BUILD / "ChartLayer" / "python"
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
    port, api_port = free_ports(2)
    [rie] = (TOOLS / "sam").glob(f"lib/python*/site-packages/samcli/local/rapid/aws-lambda-rie-{MACHINE}")
    addresses = ["--runtime-interface-emulator-address", f"127.0.0.1:{port}"]
    api = ["--runtime-api-address", f"127.0.0.1:{api_port}", "--log-level", "error"]
    command = f'cd "{BUILD / function}" && exec "{EMULATOR_PYTHON}" -m awslambdaric app.lambda_handler'
    client = ["/bin/sh", "-c", command]
    process = Process(function, folder)
    process.start([rie, *addresses, *api, *client], _environment(stack, function, output), port)
    try:
        yield Runtime(f"http://127.0.0.1:{port}")
    finally:
        process.stop()


def _environment(stack: Stack, function: str, output: str) -> dict[str, str]:
    configuration = stack.client("lambda").get_function_configuration(FunctionName=stack.outputs[output])
    return {
        **aws_environment(stack.endpoint),
        **configuration["Environment"]["Variables"],
        "PYTHONPATH": os.pathsep.join(str(path) for path in (BUILD / function, LAYER, CHART_LAYER)),
        "AWS_LAMBDA_FUNCTION_NAME": function,
        "AWS_LAMBDA_FUNCTION_TIMEOUT": str(configuration["Timeout"]),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(configuration["MemorySize"]),
    }


def event(name: str) -> dict[str, Any]:
    """A payload of the `events` folder."""
    path = Path(__file__).parents[2] / "events" / f"{name}.json"
    payload: dict[str, Any] = json.loads(path.read_text())
    return payload
