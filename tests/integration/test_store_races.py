"""Many polls at once: of all that they find, each thing is stored once and announced once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from investor_flows.announcements import Kind, Occasion
from investor_flows.errors import Outrun
from investor_flows.intake import Report
from investor_flows.model import Measure
from investor_flows.poll import poll
from investor_flows.store import RecordStore

from tests.integration.conftest import Table
from tests.integration.stored import an_announcement, seen
from tests.unit.builders import a_record, trading_weeks
from tests.unit.fake_source import FakeSource
from tests.unit.publishing import NEXT, a_week, after, at, restated, weeks

MINUTE = timedelta(minutes=1)
POLLERS = 6


def test_of_many_writes_of_the_same_news_one_is_stored(store: RecordStore, table: Table) -> None:
    vintage, start = seen(a_record()), Barrier(POLLERS)
    progress = store.progress()

    def write(_: int) -> bool:
        start.wait()
        try:
            store.add(progress, [an_announcement(vintage)], [vintage])
        except Outrun:
            return False
        return True

    with ThreadPoolExecutor(POLLERS) as pool:
        stored = list(pool.map(write, range(POLLERS)))

    assert stored.count(True) == 1
    assert len(table.items()) == 3


def test_of_many_polls_at_once_one_announces(store: RecordStore) -> None:
    source, start = FakeSource(*weeks(3)), Barrier(POLLERS)
    poll(source, store, after(a_record()))
    source.publish(*a_week(NEXT))

    def poll_at_once(_: int) -> Report:
        start.wait()
        return poll(source, store, after(a_week(NEXT)[0]))

    with ThreadPoolExecutor(POLLERS) as pool:
        reports = list(pool.map(poll_at_once, range(POLLERS)))

    assert sum(report.announced for report in reports) == 1
    assert [each.occasion for each in store.announcements(a_week(NEXT)[0].published_date)] == [Occasion.NEW]


def test_a_restatement_beside_the_first_figures_is_kept_through_polls(store: RecordStore) -> None:
    source = FakeSource(*weeks(3))
    poll(source, store, after(a_record()))
    day = after(a_record()).date()
    for number in range(3):
        source.published = [*weeks(2, trading_weeks(day, 3)[0]), *(restated(a_week(), number + 1))]
        poll(source, store, at(day) + number * MINUTE)

    vintages = list(store.vintages("TokyoNagoya", Measure.VALUE, a_record().end_date, a_record().end_date))

    assert [vintage.restatement for vintage in vintages] == [0, 1, 2, 3]
    assert {each.kind for each in store.announcements(day)} == {Kind.RELEASE, Kind.RESTATEMENT}
