"""Teeth: each condition of a write is held by a test that is named here, and fails where the condition is gone."""

from collections.abc import Callable
from functools import partial
from inspect import signature

import pytest
from investor_flows.slack.deliver import LEASE

from tests.integration import test_deliveries, test_store, test_store_telling, test_subscriber_count
from tests.integration.conditions import Condition, conditions, without
from tests.integration.conftest import Table

Check = Callable[..., None]
CHECKS: dict[str, list[Check]] = {
    "store.add: ABSENT": [
        test_store.test_a_vintage_that_is_there_is_not_overwritten,
        test_store.test_an_announcement_that_is_there_is_not_overwritten,
    ],
    "store._put_progress: ABSENT": [
        partial(test_store.test_a_write_on_another_progress_than_the_stored_one_is_outrun_and_leaves_nothing, version=0)
    ],
    "store._put_progress: '#version = :expected'": [
        partial(
            test_store.test_a_write_on_another_progress_than_the_stored_one_is_outrun_and_leaves_nothing, version=1
        ),
        test_store.test_a_first_write_on_an_empty_table_expects_no_progress,
    ],
    "store.hold: ABSENT": [test_store.test_a_held_row_is_new_once],
    "store._mark: there": [test_store_telling.test_an_announcement_that_is_not_there_cannot_be_marked],
    "store.told_in: 'attribute_exists(untold)'": [
        test_store_telling.test_silent_and_unknown_announcements_are_not_owed,
        test_store_telling.test_what_is_owed_is_untold_until_it_is_told,
    ],
    "store._offer: 'attribute_exists(untold) AND offered_at < :since'": [
        test_store_telling.test_what_is_told_while_it_is_being_offered_stays_told,
        test_store_telling.test_two_polls_at_once_offer_once,
    ],
    "subscriber_count.remember: NONE_YET": [
        test_subscriber_count.test_a_first_count_does_not_take_the_place_of_another,
    ],
    "subscriber_count.remember: UNCHANGED": [
        test_subscriber_count.test_a_count_does_not_take_the_place_of_one_that_it_has_not_seen,
    ],
    "deliveries.claim: FREE": [
        test_deliveries.test_of_many_runs_at_once_one_has_the_claim,
        partial(test_deliveries.test_what_is_delivered_is_not_claimed_again, later=LEASE),
    ],
}
FOUND = conditions()
HELD = [(condition, check) for condition in FOUND for check in CHECKS.get(condition.name, ())]
ADAPTERS = {"store": "RecordStore", "log": "DeliveryLog", "count": "SubscriberCount"}


def test_every_condition_has_a_name_of_its_own_and_tests_that_hold_it() -> None:
    assert sorted(condition.name for condition in FOUND) == sorted(CHECKS)


@pytest.mark.parametrize(("condition", "check"), HELD, ids=[condition.name for condition, _ in HELD])
def test_without_a_condition_a_test_that_holds_it_fails(table: Table, condition: Condition, check: Check) -> None:
    module = vars(without(condition))
    made = {name: module[kind](table.client, table.name) for name, kind in ADAPTERS.items() if kind in module}
    arguments = {name: it for name, it in {"table": table, **made}.items() if name in signature(check).parameters}

    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(**arguments)
