"""A message, in each form that readers get it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One announcement, worded in one language."""

    subject: str  # ASCII, under 100 characters: SNS refuses anything else
    email: str
    document: Mapping[str, object]  # investor-flows/1, for programs and for Slack; JSON-able
    attributes: Mapping[str, str | int | tuple[str, ...]]  # for filter policies
