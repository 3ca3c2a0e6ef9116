"""What a message tells, in which order, in words: the same facts for e-mail and for Slack."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of one investor type; `name` is the phrase that says it, or the section it is about."""

    name: str
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
class ChangedFigure:
    """One corrected figure."""

    series: str
    what: str
    before: str
    after: str
    delta: str


@dataclass(frozen=True, slots=True)
class ChangedSeries:
    """The corrected figures of one section, measure and week."""

    title: str
    figures: tuple[ChangedFigure, ...]
    rest: str  # how many more there are; empty where that is all


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One message in words, without a form."""

    subject: str
    headline: str
    lead: tuple[str, ...]  # who did what, how much, since when; in which week and market; what was corrected
    profiles: tuple[Profile, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()  # other investor types and weeks; what a correction changed of what was told
    changes: tuple[ChangedSeries, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()  # the profiles side by side, or the changes
    receipt: str
    cut: str  # what to say where Slack has no room for all of it
    footer: tuple[str, ...]
