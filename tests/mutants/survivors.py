"""Mutants that no test finds, by what they change and not by a number, so that a reason outlives other edits."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

PATH = Path(__file__).with_name("survivors.toml")


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """One change of one function: the lines that go, and the lines that come."""

    module: str
    function: str
    before: str
    after: str

    def __str__(self) -> str:
        """As a person reads it, and copies it into survivors.toml."""
        return f'{self.module}.{self.function}\n  before = """{self.before}"""\n  after = """{self.after}"""'


def reasons() -> dict[Mutant, str]:
    """Why each mutant that is known to survive may do so."""
    loaded = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {
        Mutant(module, survivor["function"], survivor["before"], after): survivor["reason"]
        for module, survivors in loaded.items()
        for survivor in survivors
        for after in survivor["after"]
    }
