"""Packages: megabytes unzipped, a function with its layers."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from tests.bench.table import Row, at_most
from tests.local.toolchain import BUILD

SUBJECT = "package"
LIMIT, LIMIT_WHERE_DRAWN = 12, 25
DRAWING = "SlackLayer"
MEGABYTE = 1_000_000


def megabytes(folder: Path) -> float:
    """What the files of a folder come to."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MEGABYTE


def layers() -> Mapping[str, list[str]]:
    """Each function of the built template, and the layers that it names."""
    template = yaml.safe_load((BUILD / "template.yaml").read_text())
    common = template["Globals"]["Function"]["Layers"]
    return {
        name: [layer["Ref"] for layer in (*common, *resource["Properties"].get("Layers", ()))]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


def sizes() -> Mapping[str, float]:
    """Each function with its layers."""
    return {name: sum(megabytes(BUILD / part) for part in (name, *parts)) for name, parts in layers().items()}


def limit(function: str) -> int:
    """Megabytes that a function may have; more where it draws."""
    return LIMIT_WHERE_DRAWN if DRAWING in layers()[function] else LIMIT


def rows(bundled: Path) -> Iterator[Row]:
    """Each function beside the same with everything bundled."""
    other = f"{megabytes(bundled):.1f} MB plain sam build"
    for name, size in sizes().items():
        yield at_most(SUBJECT, name, size, "MB", limit(name), other)
