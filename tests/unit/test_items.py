"""Items that an earlier version of this program wrote are read as well as its own."""

from dataclasses import replace
from datetime import date, datetime

from investor_flows.announcements import DueWeek
from investor_flows.items import FINGERPRINT_BYTES, progress_item, to_progress
from investor_flows.model import JST
from investor_flows.progress import Progress
from investor_flows.releases import fingerprint

from tests.unit.builders import a_record

WEEK = DueWeek(date(2026, 11, 16), date(2026, 11, 20), date(2026, 11, 27))
PROGRESS = Progress(
    version=7,
    last_published=date(2026, 11, 19),
    started=True,
    seen=frozenset([b"12345678"]),
    waiting=((date(2026, 11, 19), datetime(2026, 11, 19, 18, 1, tzinfo=JST)),),
    newest_week=date(2026, 11, 13),
    overdue=(WEEK,),
)


def test_a_fingerprint_is_as_long_as_progress_takes_it_to_be() -> None:
    assert len(fingerprint(a_record())) == FINGERPRINT_BYTES


def test_progress_comes_back_from_its_item() -> None:
    assert to_progress(progress_item(PROGRESS)) == PROGRESS


def test_progress_that_knows_of_no_overdue_weeks_has_none() -> None:
    item = {name: value for name, value in progress_item(PROGRESS).items() if name not in ("overdue", "newest_week")}

    assert to_progress(item) == replace(PROGRESS, overdue=(), newest_week=None)
