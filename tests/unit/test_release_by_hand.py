"""A held row that a person vouches for is stored with the reason and told as any other; the rest is refused clearly."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from investor_flows.announcements import Kind, Occasion
from investor_flows.errors import RequestError
from investor_flows.held_rows import BY_HAND
from investor_flows.model import Held, Record
from investor_flows.operate import answer
from investor_flows.poll import audit, poll
from investor_flows.poll_requests import TASKS
from investor_flows.releases import CONFLICT, fingerprint, held_record
from investor_flows.rows import read_row

from tests.unit.builders import a_revision
from tests.unit.fake_desk import a_desk
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import NEXT, a_week, after, at, monitored, records_of, tell_all, told
from tests.unit.sent import Row, a_row, moved

WEEK = a_week(NEXT)
GOOD, RIGHT = WEEK[1:], WEEK[0]
NOW = after(RIGHT, minutes=20)
WHY = "the exchange's page shows the same"


def off_by_one() -> Held:
    """A row whose sum is wrong by one, and which says so consistently."""
    return of_row(moved(a_row(RIGHT), TrustBanksSales=1, TrustBanksTotal=1, TrustBanksBalance=-1))


def of_row(row: Row) -> Held:
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
    event = {"task": "release_held", "fingerprint": fingerprint(held).hex(), "reason": WHY, **fields}
    return TASKS["release_held"](event, FakeSource(), store, NOW)


def listed(store: FakeStore, **fields: Any) -> Any:
    return answer({"task": "held", **fields}, a_desk(store), NOW)


def test_it_is_stored_and_told_as_a_late_section() -> None:
    held = off_by_one()
    _, store = holding(held, *GOOD)

    report = release(store, held)

    assert (report.new, report.announced) == (1, 1)
    assert records_of(store) == {held.record}
    assert told(store)[-1] == (Occasion.ADDITION, Kind.RELEASE, RIGHT.published_date)


def test_the_reason_is_kept_with_the_vintage_beside_what_the_vendor_sent() -> None:
    held = of_row(moved(a_row(RIGHT), TrustBanksSales=1, TrustBanksTotal=1, TrustBanksBalance=-1) | {"Note": "n"})
    _, store = holding(held, *GOOD)

    release(store, held)

    extra = json.loads(store.stored[-1].record.extra)
    assert extra["Note"] == "n"
    assert (extra[BY_HAND]["why"], extra[BY_HAND]["fingerprint"]) == (WHY, fingerprint(held).hex())
    assert "Brokerage" in extra[BY_HAND]["held_for"]


@pytest.mark.parametrize("look", [poll, audit])
def test_the_same_row_sent_again_is_no_news(look: Any) -> None:
    held = off_by_one()
    source, store = holding(held, *GOOD)
    release(store, held)
    before = list(store.stored), list(store.owed)

    report = look(source, store, NOW + timedelta(minutes=1))

    assert (report.new, report.held, report.announced) == (0, 0, 0)
    assert (store.stored, store.owed) == before


@pytest.mark.parametrize("look", [poll, audit])
def test_a_row_out_of_proportion_is_no_news_either_once_it_is_released(look: Any) -> None:
    huge = replace(RIGHT, figures=tuple(1000 * (figure or 0) for figure in RIGHT.figures))
    source, store = holding(huge, *GOOD)
    [held] = store.held
    release(store, held)
    before = list(store.stored), list(store.owed)

    report = look(source, store, NOW + timedelta(minutes=1))

    assert (report.new, report.held, report.announced) == (0, 0, 0)
    assert (store.stored, store.owed) == before


def test_the_row_sent_right_afterwards_is_told_as_a_restatement() -> None:
    held = off_by_one()
    source, store = holding(held, *GOOD)
    release(store, held)
    source.replace([held], [RIGHT])

    report = poll(source, store, NOW + timedelta(minutes=1))

    assert (report.restated, report.announced) == (1, 1)
    assert told(store)[-1][1] is Kind.RESTATEMENT


def test_a_correction_that_was_held_is_told_as_a_correction() -> None:
    corrected = a_revision(a_week()[0], NEXT, Foreigners=(1, 2))
    held = held_record(corrected, "TotalTotal 3 is less than a 50th of 9, the size of the weeks around")
    _, store = holding(*WEEK)
    store.hold(held, NOW)

    report = release(store, held)

    assert (report.revised, report.announced) == (1, 1)
    assert told(store)[-1][1] is Kind.REVISION


def test_a_whole_week_that_was_held_gives_the_all_clear_when_it_is_released() -> None:
    held = off_by_one()
    source, store = monitored()
    source.publish(held)
    poll(source, store, after(RIGHT, minutes=3 * 60))
    assert store.owed[-1].kind is Kind.OVERDUE

    report = release(store, held)

    assert report.announced == 2
    assert {each.kind for each in store.owed[-2:]} == {Kind.RELEASE, Kind.ARRIVED}
    assert (store.kept.newest_week, store.kept.last_published) == (NEXT, RIGHT.published_date)


def test_history_that_was_held_completes_it_silently() -> None:
    old = replace(a_week(date(2024, 3, 8))[0])
    held = held_record(old, "TotalTotal 3 is less than a 50th of 9, the size of the weeks around")
    _, store = holding(*WEEK)
    store.hold(held, NOW)

    report = release(store, held)

    assert (report.new, report.announced) == (1, 0)


# The list.


def test_the_list_says_what_is_held_and_whether_it_can_be_released() -> None:
    held = off_by_one()
    _, store = holding(held, *GOOD)

    found = listed(store)

    [row] = found["rows"]
    assert found["count"] == 1
    assert (row["fingerprint"], row["section"], row["measure"]) == (fingerprint(held).hex(), RIGHT.section, "value")
    assert (row["end_date"], row["reason"]) == ("2026-11-20", held.reason)
    assert (row["state"], row["can_be_released"]) == ("held", True)


def test_the_list_says_what_became_of_a_row() -> None:
    held = off_by_one()
    source, store = holding(held, *GOOD)
    source.replace([held], [RIGHT])
    states = [listed(store)["rows"][0]["state"]]
    release(store, held)
    by_hand = listed(store)["rows"][0]
    other = FakeStore()
    other.held, other.stored = [held], [store.stored[-1]]
    other.stored[0] = replace(other.stored[0], record=RIGHT)
    states.append(listed(other)["rows"][0]["state"])

    assert states == ["held", "sent right since"]
    assert (by_hand["state"], by_hand["why"]) == ("released by hand", WHY)


def test_one_row_comes_with_what_was_received() -> None:
    held = off_by_one()
    _, store = holding(held, *GOOD)

    found = listed(store, fingerprint=fingerprint(held).hex())

    assert json.loads(found["row"])["Section"] == RIGHT.section


@pytest.mark.parametrize("fingerprint", ["0000000000000000", "", 7, ["x"]])
def test_a_fingerprint_of_no_held_row_is_refused(fingerprint: object) -> None:
    _, store = holding(*WEEK)

    with pytest.raises(RequestError, match='"fingerprint" must be'):
        listed(store, fingerprint=fingerprint)


# What cannot be released.

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

    with pytest.raises(RequestError, match="stored already"):
        release(store, held)

    assert store.writes == before


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
    "no fingerprint": ({"fingerprint": None}, '"fingerprint" must be one line'),
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
