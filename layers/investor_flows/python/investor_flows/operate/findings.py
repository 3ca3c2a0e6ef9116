"""Findings of the doctor: one line each, well or what to do."""

from collections.abc import Callable
from dataclasses import dataclass

from investor_flows.errors import InvestorFlowsError


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, and what was seen or is to be done."""

    well: bool
    what: str
    says: str

    def __str__(self) -> str:
        """The line as an operator reads it."""
        return f"{'ok' if self.well else 'NOT OK'}: {self.what}: {self.says}"


def well(what: str, says: str) -> Finding:
    """What is as it should be."""
    return Finding(True, what, says)


def ill(what: str, says: str) -> Finding:
    """What is not, and what to do."""
    return Finding(False, what, says)


def looked_at(what: str, look: Callable[[], Finding]) -> Finding:
    """Look; what fails by an error that this package names is a finding too."""
    try:
        return look()
    except InvestorFlowsError as error:
        return ill(what, str(error))
