"""What a message tells, in which order, in words: the same facts for e-mail and for Slack."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All facts about one lead investor type."""

    name: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A titled list of lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One message in words, without a form."""

    subject: str
    headline: str
    lead: tuple[str, ...]  # who did what, how much, since when
    scope: tuple[str, ...]  # of which week and market
    corrections: tuple[Paragraph, ...]
    profiles: tuple[Profile, ...]
    paragraphs: tuple[Paragraph, ...]
    footer: tuple[str, ...]
