"""What a bad answer is: how it is made of a good one, and what must come of it."""

from dataclasses import dataclass
from enum import StrEnum

from tests.integration.answer import Spoil

KEY = "canary-key-5be1-3f9a-77c2-e0d4"
"""The access key: no error may hold it, though an answer repeats it."""


class Outcome(StrEnum):
    """What may come of an answer that is not quite right."""

    HELD = "held"  # a row is kept apart, and the reason names the field
    REFUSED = "refused"  # the poll ends with an error that says what and where, and stores nothing
    ACCEPTED = "accepted"  # another form of the same figures, or nothing to say


@dataclass(frozen=True, slots=True)
class BadAnswer:
    """One bad answer: how it is made, what must come of it, and the words that the error or the reason must hold."""

    name: str
    spoil: Spoil
    outcome: Outcome
    words: tuple[str, ...] = ()
    certificate: str | None = None  # given by a TLS server, which speaks plain HTTP to nobody
    unknown_section: str | None = None  # stored with a warning, beside the others


def held(name: str, spoil: Spoil, *words: str) -> BadAnswer:
    """Of a row that must be held."""
    return BadAnswer(name, spoil, Outcome.HELD, words)


def refused(name: str, spoil: Spoil, *words: str) -> BadAnswer:
    """An answer that must be an error."""
    return BadAnswer(name, spoil, Outcome.REFUSED, words)


def accepted(name: str, spoil: Spoil) -> BadAnswer:
    """An answer that says the same in other words, or nothing."""
    return BadAnswer(name, spoil, Outcome.ACCEPTED)
