"""The list of held rows: what is held, why, and what became of it."""

import json

import pytest
from investor_flows.errors import RequestError
from investor_flows.poll import poll
from investor_flows.releases import fingerprint

from tests.unit.held_scene import GOOD, NOW, RIGHT, WEEK, WHY, holding, listed, off_by_one, release


def test_the_list_says_what_is_held_and_whether_it_can_be_released() -> None:
    held = off_by_one()
    _, store = holding(held, *GOOD)

    found = listed(store)

    [row] = found["rows"]
    assert found["count"] == 1
    assert (row["fingerprint"], row["section"], row["measure"]) == (fingerprint(held).hex(), RIGHT.section, "value")
    assert (row["end_date"], row["reason"]) == ("2026-11-20", held.reason)
    assert (row["state"], row["can_be_released"]) == ("held", True)


def test_the_list_says_of_a_row_that_it_was_released_by_hand_and_why() -> None:
    held = off_by_one()
    _, store = holding(held, *GOOD)
    release(store, held)

    [row] = listed(store)["rows"]

    assert (row["state"], row["why"], row["can_be_released"]) == ("released by hand", WHY, False)


def test_a_row_that_broke_after_it_was_stored_is_held_and_not_sent_right_since() -> None:
    source, store = holding(*WEEK)
    source.replace([RIGHT], [off_by_one()])
    poll(source, store, NOW)

    [row] = listed(store)["rows"]

    assert row["state"] == "held"


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
