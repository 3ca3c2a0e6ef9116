"""README.md, read: its sections, and the commands that stand in it."""

import re
from functools import cache
from pathlib import Path

PATH = Path(__file__).parents[2] / "README.md"


@cache
def text() -> str:
    """The whole of it."""
    return PATH.read_text()


def section(title: str) -> str:
    """What stands under a heading, up to the next one of its own level or above."""
    heading = re.search(rf"^(#+) {re.escape(title)}$", text(), re.M)
    assert heading, f"README has no section {title}"
    rest = text()[heading.end() :]
    end = re.search(rf"^#{{1,{len(heading[1])}}} ", rest, re.M)
    return rest[: end.start()] if end else rest


def headings(level: int) -> list[str]:
    """The headings of a level, in order."""
    return re.findall(rf"^{'#' * level} (.+)$", text(), re.M)
