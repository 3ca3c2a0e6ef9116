"""The real tools of `make check` and `make sbom`: each finds what it is there for."""

import json
import subprocess
from collections.abc import Mapping
from typing import Any

import pytest

from tests.local.processes import free_ports
from tests.local.supply.advisories import main
from tests.local.supply.locks import packages, shipped_locks
from tests.local.supply.plain_template import plain_template
from tests.local.supply.template_check import faults, look_at
from tests.local.toolchain import ROOT, TOOLS
from tests.local.web.loopback import Loopback
from tests.local.web.visit import Reply, Visit, json_reply

ADVISORY = {
    "id": "GHSA-made-up",
    "affected": [
        {
            "package": {"name": "checkov", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}],
        }
    ],
}


class Advisories(Loopback):
    """A server of advisories that knows some packages to be vulnerable."""

    def __init__(self, known: Mapping[str, dict[str, Any]]) -> None:
        super().__init__()
        self._known = known

    def answer(self, visit: Visit) -> Reply:
        """Answer as OSV does."""
        advisory = self._known.get(visit.json()["package"]["name"])
        return json_reply({"vulns": [advisory]} if advisory else {})


def asked(url: str) -> int:
    """The status of asking a server of advisories about every lock."""
    return main(["-s", "osv", "--osv-url", url])


def test_every_locked_package_is_asked_about_and_a_vulnerable_one_fails(capsys: pytest.CaptureFixture[str]) -> None:
    with Advisories({"checkov": ADVISORY}) as server:
        status = asked(server.url)

    told, names = capsys.readouterr().out, {visit.json()["package"]["name"] for visit in server.visits}
    assert status == 1
    assert "shipped: 0 vulnerable" in told
    assert "GHSA-made-up (mended in ['99.0'])" in told
    assert names >= {"jinja2", "resvg-py", "checkov", "aws-sam-cli", "ministack", "uv", "pytest"}


def test_where_nobody_answers_that_is_said_and_fails_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    [port] = free_ports(1)

    status = asked(f"http://127.0.0.1:{port}")

    assert status == 0
    assert "nothing was audited" in capsys.readouterr().out


def test_a_fault_in_the_template_is_found() -> None:
    faulty = plain_template()
    faulty["Resources"]["Table"]["Properties"]["PointInTimeRecoverySpecification"] = {}

    assert [line.split()[0] for line in faults(look_at(faulty))] == ["CKV_AWS_28"]


def test_the_bill_of_materials_names_every_shipped_package_with_version_and_hashes() -> None:
    subprocess.run(["make", "sbom"], cwd=ROOT, check=True, capture_output=True)

    bill = json.loads((TOOLS / "sbom" / "investor-flows.cdx.json").read_text())
    listed = {(each["name"], each["version"]): hashes(each) for each in bill["components"]}
    shipped = {pinned: found for lock in shipped_locks() for pinned, found in packages(lock).items()}
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "investor-flows"
    assert listed == shipped


def hashes(component: Mapping[str, Any]) -> set[str]:
    """The hashes of a component's files."""
    return {each["content"] for file in component["externalReferences"] for each in file.get("hashes", ())}
