"""README.md, read: the filter policies and the commands of a section, so that what is written is what is tested."""

import json
import re
import shlex
from typing import Any

from tests.unit.readme import section


def policies() -> dict[str, dict[str, Any]]:
    """The filter policies, by what their reader wants."""
    rows = re.findall(r"^\| (.+?) \| `(\{.+\})` \|$", section("Subscribe"), re.MULTILINE)
    return {wish: json.loads(policy) for wish, policy in rows}


def commands(title: str, service: str) -> list[list[str]]:
    """The command lines of a section that call a service with the AWS CLI, in words."""
    blocks = re.findall(r"^```\n(.+?)^```$", section(title), re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line) for line in lines if line.startswith(f"aws {service} ")]
