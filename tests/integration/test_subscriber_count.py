"""The last count of subscribers on the deployed table: kept where it was read, and by one of two at once."""

from datetime import timedelta

import pytest
from investor_flows.operate.subscriber_count import SubscriberCount

from tests.integration.conftest import Table
from tests.integration.stored import NOW


@pytest.fixture
def count(table: Table) -> SubscriberCount:
    return SubscriberCount(table.client, table.name)


def test_there_is_no_count_at_first(count: SubscriberCount) -> None:
    assert count.last_count() is None


def test_a_count_comes_back(count: SubscriberCount) -> None:
    count.remember(5, None, NOW)
    count.remember(0, 5, NOW + timedelta(days=1))

    assert count.last_count() == 0


def test_a_first_count_does_not_take_the_place_of_another(count: SubscriberCount) -> None:
    count.remember(5, None, NOW)

    assert count.remember(4, None, NOW) is False
    assert count.last_count() == 5


def test_a_count_does_not_take_the_place_of_one_that_it_has_not_seen(count: SubscriberCount) -> None:
    count.remember(5, None, NOW)
    count.remember(4, 5, NOW)

    assert count.remember(3, 5, NOW) is False
    assert count.last_count() == 4
