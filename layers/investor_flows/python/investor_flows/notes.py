"""Notes of what a channel has taken. The message is out: a note that fails is no reason to send it again."""

from collections.abc import Callable
from logging import getLogger

TRIES = 2
"""Beyond what the client of the store tries by itself."""

log = getLogger(__name__)


def insist(note: Callable[[], None]) -> bool:
    """Write a note, and once more where that fails; say whether it is written. What the store raises is logged."""
    for _ in range(TRIES):
        try:
            note()
        except Exception:
            log.warning("a note failed", exc_info=True)
        else:
            return True
    return False
