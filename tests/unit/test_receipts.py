"""A receipt names the date that its announcement was published on."""

from datetime import date

import pytest
from investor_flows.announcements import Occasion, published_date_of
from investor_flows.model import Vintage
from investor_flows.news import News, Release, Role
from investor_flows.releases import announcement
from investor_flows.slack.delivery_steps import CHART

from tests.unit.board_desk import FIRST, NOW
from tests.unit.builders import a_record


def test_the_chart_is_noted_under_a_name_that_is_no_receipt() -> None:
    assert published_date_of(CHART) is None


def test_the_receipt_of_an_announcement_names_its_published_date() -> None:
    record = a_record()
    release = Release(record.published_date, (News(Vintage(record, NOW), Role.INITIAL),))

    receipt = announcement(release, Occasion.NEW, NOW).receipt

    assert published_date_of(receipt) == record.published_date


@pytest.mark.parametrize(
    ("receipt", "published"),
    [
        (FIRST, date(2026, 11, 12)),
        ("overdue-2027-01-04", date(2027, 1, 4)),
        ("rel-2026-11-31-0000000a", None),
        ("rel-0000000a", None),
        ("", None),
    ],
)
def test_a_receipt_names_its_published_date(receipt: str, published: date | None) -> None:
    assert published_date_of(receipt) == published
