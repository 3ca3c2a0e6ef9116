"""Slack channels: what each is called, how it is reached, and which messages it wants. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from investor_flows.announcements import Kind
from investor_flows.model import LEADS

OPERATION = "operation"
KINDS = (*(str(kind) for kind in Kind), OPERATION)
OKU = 100_000
"""Thousand yen in 億円."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One channel as SlackChannelsParameter lists it: reached by a webhook, or by a bot's token and the channel's ID.

    Each has one language, since a message has the same receipt in both.
    """

    name: str
    language: str
    webhook: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    channel: str = ""
    kinds: frozenset[str] = frozenset()  # empty: all
    sections: frozenset[str] = frozenset()  # empty: all
    minimum_oku: int = 0

    def wants(self, document: Mapping[str, Any]) -> bool:
        """Whether a message is for this channel. It is not asked to carry a report on itself."""
        return (
            document.get("language", self.language) == self.language
            and (not self.kinds or document.get("kind") in self.kinds)
            and self._wants_sections_of(document)
            and self._wants_amounts_of(document)
            and document.get("about") != self.name
        )

    def _wants_sections_of(self, document: Mapping[str, Any]) -> bool:
        """What is about no section, as a notice, is about all."""
        sections = {section for week in (document, *document.get("other_weeks", ())) for section in _sections(week)}
        return not self.sections or not sections or bool(sections & self.sections)

    def _wants_amounts_of(self, document: Mapping[str, Any]) -> bool:
        """A release may be too small; a correction is not: what it corrects may have been large enough."""
        if document.get("kind") != Kind.RELEASE:
            return True
        largest = _largest_net(document)
        return largest is None or largest >= self.minimum_oku * OKU


def _sections(week: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = week.get("sections", {})
    return found


def _largest_net(document: Mapping[str, Any]) -> int | None:
    """The larger net amount, bought or sold, of the section that the message leads with; None: not published."""
    sections = list(_sections(document).values())
    figures = sections[0].get("value", {}) if sections else {}
    balances = [figures[lead].get("balance_thousand_yen") for lead in LEADS if lead in figures]
    return max((abs(balance) for balance in balances if balance is not None), default=None)
