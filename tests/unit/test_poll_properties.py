"""Whatever the order of rows and polls: everything is stored once, told once, and nothing is told twice."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from investor_flows.model import Held, Record, Vintage
from investor_flows.poll import COMPLETION, audit, poll

from tests.unit.builders import LAST
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import (
    NEXT,
    NEXT_DAY,
    a_week,
    after,
    at,
    broken,
    corrected,
    monitored,
    poll_quietly,
    restated,
    reverted,
    tell_all,
    weeks,
)

WEEK = a_week(NEXT)
BUSY: list[Record | Held] = [
    *WEEK[:3],
    *map(broken, a_week(NEXT, "TSEGrowth")),
    broken(WEEK[3], "TotalSales is missing"),
    *corrected(a_week(), NEXT_DAY),
    *reverted(a_week(), WEEK[0].published_date),
    *restated(a_week(NEXT, "TSEStandard")),
    *a_week(NEXT, "TSEStandard")[:1],
]
"""A new week with held rows, a contradiction, a correction and its return."""

LATER: dict[str, list[Record | Held]] = {
    "a week": [*WEEK],
    "a row of it again": [WEEK[0]],
    "another section": [*a_week(NEXT, "TSEGrowth")],
    "a correction": [*corrected(a_week(), WEEK[0].published_date)],
    "an older week's correction": [*corrected(a_week(LAST - timedelta(weeks=1)), NEXT_DAY, sales=5)],
    "the correction taken back": [*reverted(a_week(), WEEK[0].published_date + timedelta(days=4))],
    "a held section": [*map(broken, a_week(NEXT, "TSEStandard"))],
    "the section mended": [*a_week(NEXT, "TSEStandard")],
    "the week after": [*a_week(NEXT + timedelta(weeks=1))],
}
"""What may be published, in any order, between polls."""

END = after(a_week(NEXT + timedelta(weeks=1))[0])


def records(vintages: Iterable[Vintage]) -> list[Record]:
    return [vintage.record for vintage in vintages]


def outcome(store: FakeStore) -> tuple[object, ...]:
    return store.stored, store.announced, sorted(map(repr, store.held)), store.kept


@given(st.randoms(use_true_random=False), st.integers(0, 20), st.sampled_from(["published", "period", "nothing"]))
def test_order_of_rows_and_overlapping_pages_change_nothing(random: Random, repeated: int, windows_on: str) -> None:
    stores = []
    for rows in (BUSY, [*random.sample(BUSY, len(BUSY)), *random.choices(BUSY, k=repeated)]):
        source, store = FakeSource(*weeks(3), windows_on=windows_on), FakeStore()
        poll(source, store, at(LAST))
        source.published = random.sample(source.published, len(source.published))
        source.publish(*rows)
        poll(source, store, END)
        stores.append(outcome(store))

    assert stores[0] == stores[1]


@given(st.permutations(sorted(LATER)), st.sets(st.sampled_from(sorted(LATER))))
def test_everything_is_stored_and_told_once_in_whatever_steps_it_comes(steps: list[str], polled: set[str]) -> None:
    source, store = monitored()
    for step in steps:
        source.publish(*LATER[step])
        if step in polled:
            poll(source, store, END)
    poll(source, store, END)
    poll(source, store, END + COMPLETION)
    tell_all(store)

    announced = Counter(key for each in store.announced for key in each.keys)
    assert Counter(records(store.stored)) == Counter({row for row in source.published if isinstance(row, Record)})
    assert announced == Counter(vintage.key for vintage in store.stored)
    assert len({each.receipt for each in store.announced}) == len(store.announced)
    assert set(records(store.find([key for each in store.owed for key in each.keys]))) >= set(WEEK)
    poll_quietly(source, store, END + timedelta(hours=2))


@given(st.lists(st.sampled_from([poll, audit]), min_size=1, max_size=4))
def test_polls_and_audits_of_unchanged_data_say_and_write_nothing(tasks: list[object]) -> None:
    source, store = monitored()
    source.publish(*BUSY)
    poll(source, store, END)
    poll(source, store, END + COMPLETION)
    before = outcome(store)

    for number, task in enumerate(tasks):
        assert callable(task)
        task(source, store, END + COMPLETION + timedelta(minutes=1 + number))

    assert outcome(store) == before
