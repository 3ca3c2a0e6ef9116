"""The list of held rows: what is held, why, and what became of it."""

import json
from dataclasses import replace

import pytest
from investor_flows.errors import RequestError
from investor_flows.releases import fingerprint

from tests.unit.fake_store import FakeStore
from tests.unit.held_scene import GOOD, RIGHT, WEEK, WHY, holding, listed, off_by_one, release


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
