"""Packages: megabytes unzipped, a function with its layers."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from tests.bench.table import Row, at_most
from tests.local.toolchain import BUILD

SUBJECT = "package"
LIMITS = {"PollFunction": 12, "AnnounceFunction": 12, "SlackFunction": 25}
MEGABYTE = 1_000_000


def megabytes(folder: Path) -> float:
    """What the files of a folder come to."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MEGABYTE


def sizes(built: Path = BUILD) -> Mapping[str, float]:
    """Each function of the built template with the layers that it names."""
    template = yaml.safe_load((built / "template.yaml").read_text())
    common = template["Globals"]["Function"]["Layers"]
    layers = {
        name: [layer["Ref"] for layer in (*common, *resource["Properties"].get("Layers", ()))]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    return {name: sum(megabytes(built / part) for part in (name, *parts)) for name, parts in layers.items()}


def rows(bundled: float | None = None) -> Iterator[Row]:
    """Each function beside the same with everything bundled."""
    other = "" if bundled is None else f"{bundled:.1f} MB plain sam build"
    for name, size in sizes().items():
        yield at_most(SUBJECT, name, size, "MB", LIMITS[name], other)
