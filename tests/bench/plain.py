"""The same code as a plain `sam build` makes it: one folder, a requirements file with everything, boto3 too."""

import shutil
from pathlib import Path

import yaml

from tests.local.toolchain import ROOT, SAM, TOOLS, run

FOLDER = TOOLS / "bench" / "plain"
REQUIREMENTS = Path(__file__).parent / "requirements-plain.txt"
PACKAGES = ("layers/investor_flows/python/investor_flows", "layers/slack/python/chart_fonts")


def build(functions: list[str]) -> Path:
    """Build it, and return the folder of the function; each handler is a module of its own there."""
    code, built = FOLDER / "code", FOLDER / "built"
    shutil.rmtree(FOLDER, ignore_errors=True)
    code.mkdir(parents=True)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, code / Path(package).name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in functions:
        shutil.copy(ROOT / "functions" / name / "app.py", code / f"{name}_app.py")
    shutil.copy(REQUIREMENTS, code / "requirements.txt")
    template = FOLDER / "template.yaml"
    template.write_text(yaml.safe_dump(_template(code)))
    run([SAM, "build", "--template-file", template, "--build-dir", built])
    return built / "Function"


def _template(code: Path) -> dict[str, object]:
    function = {"CodeUri": str(code), "Handler": "poll_app.lambda_handler", "Runtime": "python3.13"}
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {"Function": {"Type": "AWS::Serverless::Function", "Properties": function}},
    }
