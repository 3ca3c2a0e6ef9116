"""Lets checkov look at template.yaml, with the exceptions of .checkov.yaml.

    python -m tests.local.supply.template_check

Checkov itself ends well where it could read nothing; here that is a failure.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.local.supply.plain_template import plain_template
from tests.local.toolchain import ROOT, TOOLS

CHECKOV = TOOLS / "audit" / "bin" / "checkov"
OPTIONS = ("--config-file", str(ROOT / ".checkov.yaml"), "--output", "json")


def look_at(template: Mapping[str, Any]) -> dict[str, Any]:
    """What checkov says about a template."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.json"
        path.write_text(json.dumps(template, indent=1))
        command = [str(CHECKOV), *OPTIONS, "--file", str(path)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def faults(answer: Mapping[str, Any]) -> list[str]:
    """What is wrong with a template, one line each."""
    summary = answer.get("summary", answer)  # without a summary it found nothing to check
    if summary.get("parsing_errors") or not summary["passed"]:
        return ["checkov could not read the template"]
    return [
        f"{each['check_id']} {each['resource']}: {each['check_name']}" for each in answer["results"]["failed_checks"]
    ]


def main() -> int:
    """Say what is wrong; status 1 where anything is."""
    answer = look_at(plain_template())
    found = faults(answer)
    print("\n".join(found or [f"checkov: {answer['summary']['passed']} checks passed"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
