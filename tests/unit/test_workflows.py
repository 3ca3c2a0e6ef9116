"""What GitHub runs: a version is deployed after all tests, with the fewest rights; zizmor looks at the rest."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
TARGETS = set(re.findall(r"^\.PHONY: (\w+)$", (ROOT / "Makefile").read_text(), re.MULTILINE))


def jobs(workflow: str) -> dict[str, Any]:
    """The jobs of a workflow by name."""
    loaded: dict[str, Any] = yaml.safe_load((WORKFLOWS / workflow).read_text())["jobs"]
    return loaded


def changelog_step() -> str:
    """The script that looks for a version in the changelog."""
    [script] = [step["run"] for step in jobs("deploy.yml")["deploy"]["steps"] if "CHANGELOG.md" in step.get("run", "")]
    return str(script)


def test_a_version_is_deployed_after_check_and_test() -> None:
    deploy = jobs("deploy.yml")

    assert deploy["deploy"]["needs"] == "check"
    assert deploy["check"]["uses"].endswith("/check.yml")
    assert jobs("check.yml")["check"]["strategy"]["matrix"]["command"] == ["check", "test"]


def test_only_the_deploy_in_production_gets_a_token_for_aws() -> None:
    permissions = {
        (path.name, name): (job["permissions"], job.get("environment"))
        for path in WORKFLOWS.iterdir()
        for name, job in jobs(path.name).items()
    }

    assert permissions.pop(("deploy.yml", "deploy")) == ({"contents": "read", "id-token": "write"}, "production")
    assert set(map(str, permissions.values())) == {str(({"contents": "read"}, None))}


def test_workflows_run_what_the_makefile_has() -> None:
    steps = [step for path in WORKFLOWS.iterdir() for job in jobs(path.name).values() for step in job.get("steps", ())]
    commands = {command for step in steps for command in re.findall(r"make (\w+)", step.get("run", ""))}

    assert commands == {"build"}
    assert commands | set(jobs("check.yml")["check"]["strategy"]["matrix"]["command"]) <= TARGETS


@pytest.mark.parametrize(
    ("section", "found"),
    [
        ("## 1.20.3 (2026-12-01)", True),
        ("## 1.20.3 (unreleased)", False),
        ("## 1.20.30 (2026-12-01)", False),
        ("## 11.20.3 (2026-12-01)", False),
        ("see 1.20.3 (2026-12-01)", False),
    ],
)
def test_a_tag_is_deployed_only_where_the_changelog_has_a_dated_section_for_it(
    tmp_path: Path, section: str, found: bool
) -> None:
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{section}\n- News.\n")

    done = subprocess.run(
        ["bash", "-e", "-c", changelog_step()],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "GITHUB_REF_NAME": "v1.20.3"},
        stdout=subprocess.DEVNULL,
        check=False,
    )

    assert (done.returncode == 0) is found
