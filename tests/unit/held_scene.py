"""A new week of which a row is held, and an operator who lists and releases it."""

from typing import Any

from investor_flows.model import Held, Record
from investor_flows.operate.answer import answer
from investor_flows.poll import poll
from investor_flows.poll_requests import TASKS
from investor_flows.releases import fingerprint
from investor_flows.rows import read_row

from tests.unit.fake_desk import a_desk
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import NEXT, a_week, after, monitored, tell_all
from tests.unit.sent import Row, a_row, moved

WEEK = a_week(NEXT)
GOOD, RIGHT = WEEK[1:], WEEK[0]
NOW = after(RIGHT, minutes=20)
WHY = "the exchange's page shows the same"


def off_by_one() -> Held:
    """A row whose sum is wrong by one, and which says so consistently."""
    return of_row(moved(a_row(RIGHT), TrustBanksSales=1, TrustBanksTotal=1, TrustBanksBalance=-1))


def of_row(row: Row) -> Held:
    """A row that is held."""
    held = read_row(row, RIGHT.measure)
    assert isinstance(held, Held)
    return held


def holding(*rows: Record | Held) -> tuple[FakeSource, FakeStore]:
    """A store that told a new week but for what is held of it."""
    source, store = monitored()
    source.publish(*rows)
    poll(source, store, after(RIGHT))
    tell_all(store)
    return source, store


def release(store: FakeStore, held: Held, **fields: Any) -> Any:
    """Release it by hand."""
    event = {"task": "release_held", "fingerprint": fingerprint(held).hex(), "reason": WHY, **fields}
    return TASKS["release_held"](event, FakeSource(), store, NOW)


def listed(store: FakeStore, **fields: Any) -> Any:
    """Ask for what is held."""
    return answer({"task": "held", **fields}, a_desk(store), NOW)
