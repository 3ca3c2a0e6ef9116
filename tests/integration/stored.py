"""What the store's tests put into it: vintages and announcements of synthetic records."""

from collections.abc import Iterable
from datetime import datetime

from investor_flows.announcements import Announcement, Occasion
from investor_flows.model import JST, Record, Vintage
from investor_flows.news import News, Release, Role
from investor_flows.progress import Progress
from investor_flows.releases import announcement
from investor_flows.store import RecordStore

NOW = datetime(2026, 11, 19, 18, 1, tzinfo=JST)


def seen(record: Record, at: datetime = NOW, restatement: int = 0) -> Vintage:
    """A record as first seen at a time."""
    return Vintage(record, at, restatement)


def an_announcement(*vintages: Vintage, occasion: Occasion = Occasion.NEW, at: datetime = NOW) -> Announcement:
    """What readers are owed for vintages; a revision where the record is one of a restatement."""
    news = tuple(News(each, Role.RESTATED if each.restatement else Role.INITIAL) for each in vintages)
    return announcement(Release(vintages[0].record.published_date, news), occasion, at)


def fill(store: RecordStore, vintages: Iterable[Vintage]) -> Progress:
    """Store vintages without an announcement, as many at once as a transaction takes."""
    progress, rest = store.progress(), list(vintages)
    for start in range(0, len(rest), 90):
        progress = store.add(progress, (), rest[start : start + 90])
    return progress


def owe(store: RecordStore, *announcements: Announcement) -> None:
    """Store announcements without their vintages."""
    store.add(store.progress(), announcements, ())
