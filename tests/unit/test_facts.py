"""FACTS.md: what is known of the vendor and its data. The code cites it by section."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECTIONS = re.findall(r"^## (\d+)\.", (ROOT / "FACTS.md").read_text(), re.MULTILINE)
CITING = [path for folder in ("functions", "layers", "tests") for path in (ROOT / folder).rglob("*.py")]


def test_every_section_that_is_cited_is_there() -> None:
    cited = {number for path in CITING for number in re.findall(r"FACTS (\d+)", path.read_text())}

    assert cited
    assert cited <= set(SECTIONS)
