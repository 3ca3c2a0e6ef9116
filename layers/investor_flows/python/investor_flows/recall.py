"""History as messages read it; and one that reads each series once, for the announcements of one batch.

That one is whole for all of them: what an announcement tells was stored with it, before the stream brought the batch.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Protocol

from investor_flows.announcements import Announcement
from investor_flows.model import Measure, Vintage, VintageKey


class History(Protocol):
    """The store, as a reader of history."""

    def find(self, keys: Sequence[VintageKey]) -> list[Vintage]:
        """The vintages of these keys, in their order."""
        ...

    def vintages(self, section: str, measure: Measure, first: date, last: date) -> Iterable[Vintage]:
        """All vintages of the weeks that end from `first` to `last`."""
        ...

    def announcements(self, published_date: date) -> list[Announcement]:
        """What was stored as published on a date."""
        ...


class Recall:
    """The store, as a reader of history, with a memory. Make one for each batch: it never looks again."""

    def __init__(self, store: History) -> None:
        self._store = store
        self._vintages = cache(lambda *asked: tuple(store.vintages(*asked)))

    def find(self, keys: Sequence[VintageKey]) -> list[Vintage]:
        """The vintages of these keys, in their order."""
        return self._store.find(keys)

    def vintages(self, section: str, measure: Measure, first: date, last: date) -> tuple[Vintage, ...]:
        """All vintages of the weeks that end from `first` to `last`, as they were when first asked for."""
        return self._vintages(section, measure, first, last)

    def announcements(self, published_date: date) -> list[Announcement]:
        """What was stored as published on a date."""
        return self._store.announcements(published_date)
