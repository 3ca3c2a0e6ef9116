"""Announce: take what readers are owed, word it, publish it, and only then mark it told.

A crash before the mark repeats the message under the same receipt; it never loses it. Where readers get two languages,
each is noted by itself, so that a crash between them repeats none that is known to be told.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Protocol

from investor_flows.announcements import Announcement
from investor_flows.message import Message
from investor_flows.notes import insist
from investor_flows.recall import History
from investor_flows.summary import Summary, summarise


class Outcome(StrEnum):
    """What became of an announcement."""

    TOLD = "told"
    TOLD_BEFORE = "told before"
    UNNOTED = "told, but the store takes no note of it"  # a later poll offers it again, which repeats the message


class Outbox(Protocol):
    """The store, as the one that knows what has been told."""

    def told_in(self, announcement: Announcement) -> Set[str] | None:
        """The languages that an untold announcement was told in so far; None where nothing is owed any more.

        Raises where it could not be noted afterwards that the announcement was told.
        """
        ...

    def note_told(self, announcement: Announcement, language: str) -> None:
        """Remember that the topic took the announcement in one of its languages."""
        ...

    def mark_told(self, announcement: Announcement, now: datetime) -> None:
        """Remember that the topic took the announcement, in all its languages."""
        ...


class Topic(Protocol):
    """Where messages go out to every channel."""

    def publish(self, message: Message) -> None:
        """Publish, or raise."""
        ...


class Wording(Protocol):
    """How a summary reads."""

    def message(self, summary: Summary) -> Message:
        """Word a summary in every form that readers get."""
        ...


def announce(
    announcement: Announcement,
    store: Outbox,
    history: History,
    topic: Topic,
    wordings: Mapping[str, Wording],
    headline_section: str,
    now: datetime,
) -> Outcome:
    """Tell one announcement in each language that it has not been told in."""
    told_in = store.told_in(announcement)
    if told_in is None:
        return Outcome.TOLD_BEFORE
    summary = summarise(announcement, history, headline_section)
    for language in [each for each in wordings if each not in told_in]:
        topic.publish(wordings[language].message(summary))
        if len(wordings) > 1:  # of one language the mark below says as much
            insist(partial(store.note_told, announcement, language))
    # Last: a crash repeats the message, never loses it. Not raised: the stream would repeat the message at once.
    return Outcome.TOLD if insist(partial(store.mark_told, announcement, now)) else Outcome.UNNOTED


def announce_all(
    announcements: Iterable[Announcement], tell: Callable[[Announcement], Outcome]
) -> list[tuple[str, Outcome]]:
    """Tell each announcement, the others too where one fails; then raise, so that the stream brings it back.

    Returns each receipt and what became of it. Raises an ExceptionGroup of all failures.
    """
    told, failures = [], []
    for announcement in announcements:
        try:
            told.append((announcement.receipt, tell(announcement)))
        except Exception as error:  # noqa: BLE001 - raised below; one poisoned announcement stops no other
            error.add_note(announcement.receipt)
            failures.append(error)
    if failures:
        named = ", ".join(f"{note} ({type(error).__name__})" for error in failures for note in error.__notes__)
        raise ExceptionGroup(f"not told, the stream brings them back: {named}", failures)
    return told
