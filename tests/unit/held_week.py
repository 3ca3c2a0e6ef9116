"""A new week of which rows are held: the bad one, the good ones, and a poll right after they were published."""

from datetime import timedelta

from investor_flows.model import Held, Record
from investor_flows.poll import poll

from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import NEXT, a_week, at, monitored

WEEK = a_week(NEXT)
BAD = WEEK[0]
GOOD = WEEK[1:]
PUBLISHED = BAD.published_date
RELEASED = at(PUBLISHED)
MINUTE = timedelta(minutes=1)


def with_rows(*rows: Record | Held) -> tuple[FakeSource, FakeStore]:
    """A monitored source that publishes rows, polled."""
    source, store = monitored()
    source.publish(*rows)
    poll(source, store, RELEASED)
    return source, store
