"""Notes of what a channel has taken. The message is out: a note that fails is no reason to send it again."""

from collections.abc import Callable
from contextlib import suppress

TRIES = 2
"""Beyond what the client of the store tries by itself."""


def insist(note: Callable[[], None]) -> bool:
    """Write a note, and once more where that fails; say whether it is written. Whatever the store raises ends here."""
    for _ in range(TRIES):
        with suppress(Exception):
            note()
            return True
    return False
