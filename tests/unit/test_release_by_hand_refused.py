"""What cannot be released by hand is refused clearly, and changes nothing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from investor_flows.errors import RequestError
from investor_flows.poll import poll
from investor_flows.releases import CONFLICT, held_record

from tests.unit.fake_store import FakeStore
from tests.unit.held_scene import GOOD, NOW, RIGHT, holding, listed, of_row, off_by_one, release
from tests.unit.publishing import NEXT, a_week, at
from tests.unit.sent import Row, a_row, moved

ILLEGIBLE = a_row(RIGHT) | {"TotalSalesValue": "many"}
CONTRADICTION = moved(a_row(RIGHT), ForeignersTotal=1)
NEGATIVE = moved(a_row(RIGHT), TrustBanksSales=-(10**9), TrustBanksTotal=-(10**9), TrustBanksBalance=10**9)


@pytest.mark.parametrize("row", [ILLEGIBLE, CONTRADICTION, NEGATIVE], ids=["illegible", "contradiction", "negative"])
def test_a_row_that_cannot_be_stored_as_it_is_stays_held(row: Row) -> None:
    held = of_row(row)
    _, store = holding(held, *GOOD)
    before = list(store.writes)

    with pytest.raises(RequestError, match="cannot be released: a figure, date or name of it is not legible"):
        release(store, held)

    assert store.writes == before
    assert listed(store)["rows"][0]["can_be_released"] is False


def test_one_of_two_rows_that_contradict_each_other_stays_held() -> None:
    held = held_record(RIGHT, CONFLICT)
    _, store = holding(*GOOD)
    store.hold(held, NOW)

    with pytest.raises(RequestError, match="would follow as a restatement"):
        release(store, held)


def test_a_row_whose_day_is_too_far_ahead_stays_held() -> None:
    far = replace(RIGHT, published_date=date(2027, 6, 1))
    held = replace(held_record(far, "PublishedDate 2027-06-01 is too far ahead"), published_date=None)
    _, store = holding(*GOOD)
    store.hold(held, NOW)

    with pytest.raises(RequestError, match="too far ahead"):
        release(store, held)


def test_a_row_whose_day_is_still_to_come_stays_held() -> None:
    tomorrow = replace(RIGHT, published_date=RIGHT.published_date + timedelta(days=1))
    held = held_record(tomorrow, "TotalTotal 3 is less than a 50th of 9, the size of the weeks around")
    _, store = holding(*GOOD)
    store.hold(held, NOW)

    with pytest.raises(RequestError, match="still to come"):
        release(store, held)


def test_a_row_is_released_once() -> None:
    held = off_by_one()
    _, store = holding(held, *GOOD)
    release(store, held)
    before = list(store.writes)

    with pytest.raises(RequestError, match="it was released before"):
        release(store, held)

    assert store.writes == before


def test_a_row_that_was_sent_right_since_is_not_released() -> None:
    """It would be told as a restatement, with the figures that were wrong."""
    held = off_by_one()
    source, store = holding(held, *GOOD)
    source.replace([held], [RIGHT])
    poll(source, store, NOW)
    before = list(store.writes)

    with pytest.raises(RequestError, match="or sent right since"):
        release(store, held)

    assert store.writes == before
    assert [listed(store)["rows"][0][name] for name in ("state", "can_be_released")] == ["sent right since", False]


def test_while_a_poll_stores_nothing_is_released_and_the_answer_says_to_try_again() -> None:
    held = off_by_one()
    source, store = holding(held, *GOOD)
    source.publish(*a_week(NEXT + timedelta(days=7)))
    store.meanwhile = lambda: poll(source, store, at(date(2026, 12, 3)))
    before = list(store.stored)

    with pytest.raises(RequestError, match="send this again"):
        release(store, held)

    assert held.record not in [vintage.record for vintage in store.stored]
    assert store.stored[: len(before)] == before


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no fingerprint": ({"fingerprint": None}, '"fingerprint" must be one that events/held.json lists'),
    "what is none": ({"fingerprint": "保" * 500}, '"fingerprint" must be one that events/held.json lists'),
    "another fingerprint": ({"fingerprint": "0000000000000000"}, "send events/held.json"),
    "no reason": ({"reason": None}, '"reason" must be one line'),
    "empty reason": ({"reason": "  "}, '"reason" must be one line'),
    "unknown field": ({"row": {}}, 'takes "fingerprint", "reason", "time"'),
}


@pytest.mark.parametrize(("fields", "accepted"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_request_is_refused_with_what_is_accepted(fields: dict[str, Any], accepted: str) -> None:
    held = off_by_one()
    _, store = holding(held, *GOOD)
    before = list(store.writes)

    with pytest.raises(RequestError, match=accepted):
        release(store, held, **fields)

    assert store.writes == before


def test_before_the_first_poll_nothing_can_be_released() -> None:
    store, held = FakeStore(), off_by_one()
    store.hold(held, NOW)

    with pytest.raises(RequestError, match="the history is not stored yet"):
        release(store, held)
