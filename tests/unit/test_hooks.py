"""What runs before a commit is a part of `make check`, by the same programs."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
QUICK = {"ruff", "ruff-format", "mypy", "import-linter", "zizmor"}


def test_each_hook_is_a_line_of_make_check() -> None:
    [local] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    hooks = {hook["id"]: hook["entry"] for hook in local["hooks"]}

    recipe = re.findall(r"^\t(.*)$", (ROOT / "Makefile").read_text().replace("$(TOOLS)", ".local"), re.MULTILINE)

    assert local["repo"] == "local"
    assert set(hooks) == QUICK
    assert set(hooks.values()) <= set(recipe)
