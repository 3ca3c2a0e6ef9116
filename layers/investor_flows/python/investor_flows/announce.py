"""Announce: take what readers are owed, word it, publish it, and only then mark it told.

A crash before the mark repeats the message under the same receipt; it never loses it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from investor_flows.announcements import Announcement
from investor_flows.message import Message
from investor_flows.summary import History, Summary, summarise


class Outbox(History, Protocol):
    """The store, as the one that knows what has been told."""

    def untold(self, announcement: Announcement) -> bool:
        """Whether the announcement has still to be told."""
        ...

    def mark_told(self, announcement: Announcement, now: datetime) -> None:
        """Remember that the topic took the announcement."""
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
    announcement: Announcement, store: Outbox, topic: Topic, wording: Wording, headline_section: str, now: datetime
) -> bool:
    """Tell one announcement, unless it has been told; say whether it was told now."""
    if not store.untold(announcement):
        return False
    topic.publish(wording.message(summarise(announcement, store, headline_section)))
    store.mark_told(announcement, now)  # last: a crash repeats the message, never loses it
    return True


def announce_all(announcements: Iterable[Announcement], tell: Callable[[Announcement], bool]) -> list[str]:
    """Tell each announcement, the others too where one fails; then raise, so that the stream brings it back.

    Returns the receipts that were told now. Raises an ExceptionGroup of all failures.
    """
    told, failures = [], []
    for announcement in announcements:
        try:
            if tell(announcement):
                told.append(announcement.receipt)
        except Exception as error:  # noqa: BLE001 - raised below; one poisoned announcement stops no other
            error.add_note(announcement.receipt)
            failures.append(error)
    if failures:
        named = ", ".join(f"{note} ({type(error).__name__})" for error in failures for note in error.__notes__)
        raise ExceptionGroup(f"not told, the stream brings them back: {named}", failures)
    return told
