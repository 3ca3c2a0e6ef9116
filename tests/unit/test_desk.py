"""The operator's desk: requests are answered, and what cannot be answered is refused with what can."""

from typing import Any

import pytest
from investor_flows.announcements import Announcement
from investor_flows.errors import RequestError
from investor_flows.operate.answer import answer
from investor_flows.operate.desk import Desk

from tests.unit.fake_desk import NOW, a_desk
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import monitored


def monitoring() -> tuple[Desk, Announcement]:
    """A desk over a store that told the start of monitoring."""
    _, store = monitored()
    [start] = store.owed
    return a_desk(store), start


def test_the_newest_release_is_explained_where_no_other_is_asked_for() -> None:
    desk, start = monitoring()

    answers = [answer({"task": "explain", **which}, desk, NOW) for which in ({}, {"published_date": "latest"})]

    assert [each["published_date"] for each in answers] == [str(start.published_date)] * 2
    assert answers[0]["announcements"][0]["receipt"] == start.receipt


def test_a_receipt_is_explained() -> None:
    desk, start = monitoring()

    found = answer({"task": "explain", "receipt": start.receipt}, desk, NOW)

    assert [each["receipt"] for each in found["announcements"]] == [start.receipt]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no task": ({}, "must be one of explain"),
    "unknown task": ({"task": "explian"}, "must be one of explain"),
    "unknown field": ({"task": "explain", "date": "2026-11-19"}, '"published_date", "receipt"'),
    "impossible date": ({"task": "explain", "published_date": "2026-11-31"}, "must be a date"),
    "wrong type": ({"task": "explain", "published_date": 20261119}, "must be a date"),
    "no release": ({"task": "explain", "published_date": "2026-11-18"}, "the newest release is of"),
    "no receipt": ({"task": "explain", "receipt": "7f3a1b2c"}, 'as in rel-|as in "rel-'),
    "unknown receipt": ({"task": "explain", "receipt": "rel-2026-11-19-00000000"}, "is not stored"),
    "both": ({"task": "explain", "receipt": "rel-2026-11-19-0", "published_date": "latest"}, "not both"),
    "time without offset": ({"task": "explain", "time": "2026-11-19T18:01:00"}, "offset"),
}


@pytest.mark.parametrize(("event", "accepted"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_request_is_refused_with_what_is_accepted(event: dict[str, Any], accepted: str) -> None:
    desk, _ = monitoring()

    with pytest.raises(RequestError, match=accepted):
        answer(event, desk, NOW)


def test_before_the_first_poll_there_is_nothing_to_explain_and_the_answer_says_so() -> None:
    with pytest.raises(RequestError, match=r"send events/poll\.json to the poll function first"):
        answer({"task": "explain"}, a_desk(FakeStore()), NOW)
