"""What can befall an outside call, and for how long."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product


class Peril(StrEnum):
    """What befalls a call."""

    FAILS = "fails before it acts"
    LOSES = "acts, and its answer is lost"
    HANGS_BEFORE = "hangs until the timeout, and has not acted"
    HANGS_AFTER = "hangs until the timeout, and has acted"
    DIES_BEFORE = "the process dies before it"
    DIES_AFTER = "the process dies after it"

    @property
    def acts(self) -> bool:
        """Whether the call is carried out all the same."""
        return self in (Peril.LOSES, Peril.HANGS_AFTER, Peril.DIES_AFTER)

    @property
    def kills(self) -> bool:
        """Whether the process ends."""
        return self in (Peril.DIES_BEFORE, Peril.DIES_AFTER)


@dataclass(frozen=True, slots=True)
class Fault:
    """A peril that befalls one call, or every call to that service from then on until it is repaired."""

    peril: Peril
    lasts: bool

    def __str__(self) -> str:
        """How it reads in a report."""
        return f"{self.peril}, {'until repaired' if self.lasts else 'once'}"


FAULTS = tuple(Fault(peril, lasts) for peril, lasts in product(Peril, (False, True)))
