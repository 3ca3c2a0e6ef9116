"""Every golden case as its reader sees it: texts, blocks and pictures in `.local/messages/` (`make messages`)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from investor_flows.chart import draw

from tests.unit.golden_cases import CASES, LANGUAGES, message, text

FOLDER = Path(".local/messages")


def write(case: str, language: str, folder: Path = FOLDER) -> Iterator[Path]:
    """Write a case: its text, Slack's blocks, for Slack's Block Kit Builder, and its chart where it has one."""
    told = message(case, language)
    document: Any = told.document
    yield _written(folder / f"{case}.{language}.txt", text(told).encode())
    yield _written(
        folder / f"{case}.{language}.json", json.dumps(document["slack"], ensure_ascii=False, indent=2).encode()
    )
    if document["series"]["weeks"]:
        yield _written(folder / f"{case}.{language}.png", draw(document["series"], language))


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def main() -> None:
    """Write every case in both languages, and print an index."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        print(f"{case}: {(CASES[case].__doc__ or '').strip()}", flush=True)
        for language in LANGUAGES:
            written = list(write(case, language))
            print(f"  {language}  {message(case, language).subject}")
            print(f"      {'  '.join(path.name for path in written)}", flush=True)
    print(f"{len(CASES)} cases in {FOLDER.resolve()}")


if __name__ == "__main__":
    main()
