"""The built artefacts, in the real Lambda runtime."""

import base64
import json
import subprocess
from pathlib import Path

import pytest

from tests.bench import package
from tests.conftest import World
from tests.e2e.runtime import LAYER, SLACK_LAYER, event, running
from tests.local.toolchain import BUILD, EMULATOR_PYTHON, aws_environment

FUNCTIONS = ("PollFunction", "AnnounceFunction", "SlackFunction", "OperateFunction")
COUNT_COMPILED = """
import importlib.machinery, json
compiled, compile_source = [], importlib.machinery.SourceFileLoader.source_to_code
def counting(loader, data, path, **options):
    compiled.append(path)
    return compile_source(loader, data, path, **options)
importlib.machinery.SourceFileLoader.source_to_code = counting
import app
print(json.dumps(compiled))
"""


def test_the_built_poll_stores_and_announces_in_the_real_runtime(world: World, tmp_path: Path) -> None:
    payload = event("poll") | {"time": world.vendor.exchange.now.isoformat()}

    with running(world.stack, "PollFunction", "PollFunctionName", tmp_path) as runtime:
        answers = [runtime.invoke(payload), runtime.invoke(payload)]

    assert [answer["announced"] for answer in answers] == [1, 0]
    world.await_messages("slack", 1)


def test_the_built_announce_reads_the_stream_s_payload_in_the_real_runtime(world: World, tmp_path: Path) -> None:
    with running(world.stack, "AnnounceFunction", "AnnounceFunctionName", tmp_path) as runtime:
        answer = runtime.invoke(event("announce"))

    assert answer == {"told": []}  # the table does not know the announcement, so nobody is owed it


def test_the_built_slack_posts_the_queue_s_payload_in_the_real_runtime(world: World, tmp_path: Path) -> None:
    with running(world.stack, "SlackFunction", "SlackFunctionName", tmp_path) as runtime:
        answers = [runtime.invoke(event("slack")), runtime.invoke(event("slack"))]

    assert answers == [{"batchItemFailures": []}] * 2
    assert len(world.await_messages("slack", 1)) == 1


def test_the_built_operate_draws_a_preview_and_finds_all_well_in_the_real_runtime(world: World, tmp_path: Path) -> None:
    world.poll()
    world.await_messages("slack", 1)

    with running(world.stack, "OperateFunction", "OperateFunctionName", tmp_path) as runtime:
        [shown] = runtime.invoke(event("preview"))["messages"]
        findings = runtime.invoke(event("doctor"))["findings"]

    assert base64.b64decode(shown["png"]["base64"]).startswith(b"\x89PNG")
    assert any(line.startswith("ok: Slack channel webhook: ") for line in findings)


@pytest.mark.usefixtures("deployed")
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_cold_start_compiles_no_module_of_the_layer(function: str) -> None:
    environment = aws_environment() | {"PYTHONPATH": f"{BUILD / function}:{LAYER}:{SLACK_LAYER}"}

    done = subprocess.run(
        [EMULATOR_PYTHON, "-c", COUNT_COMPILED], env=environment, capture_output=True, text=True, check=True
    )

    assert [path for path in json.loads(done.stdout) if str(LAYER) in path] == []


@pytest.mark.usefixtures("deployed")
def test_the_layer_has_no_boto3_and_no_test_data() -> None:
    names = {path.name for path in LAYER.iterdir()}

    assert not names & {"boto3", "botocore", "tests"}
    assert {"investor_flows", "requests", "jinja2", "aws_lambda_powertools"} <= names


@pytest.mark.usefixtures("deployed")
def test_no_package_is_larger_than_its_limit() -> None:
    too_large = {name: size for name, size in package.sizes().items() if size > package.limit(name)}

    assert too_large == {}
