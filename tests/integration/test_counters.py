"""What is asked of others, counted: it is what speed and cost are made of. Clocks are for `make bench`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest
import requests
from investor_flows.intake import Report
from investor_flows.jquants import JQuantsClient
from investor_flows.poll import audit, poll
from investor_flows.store import RecordStore
from investor_flows.summary import summarise

from tests.conftest import Deployed
from tests.integration.conftest import Table
from tests.local.aws_meter import AwsMeter
from tests.local.vendor.exchange import Exchange
from tests.local.vendor.server import Vendor

TEN_WEEKS, HUNDRED_WEEKS = date(2026, 9, 10), date(2024, 12, 12)


@dataclass(frozen=True)
class Scene:
    """A store whose calls are counted, and the source of its rows."""

    source: JQuantsClient
    store: RecordStore
    meter: AwsMeter

    def run(self, task: Callable[[JQuantsClient, RecordStore, datetime], Report], now: datetime) -> Report:
        """Run a task, and count what it asks."""
        self.meter.reset()
        return task(self.source, self.store, now)


def scene(deployed: Deployed, table: Table, vendor: Vendor) -> Scene:
    """The adapters of a warm poll function."""
    client, meter = deployed.stack.client("dynamodb"), AwsMeter()
    meter.attach(client)
    source = JQuantsClient(vendor.url, lambda: vendor.key, "raw", requests.Session())
    return Scene(source, RecordStore(client, table.name), meter)


@pytest.mark.parametrize("since", [TEN_WEEKS, HUNDRED_WEEKS], ids=["history", "ten times the history"])
def test_a_poll_with_nothing_new_makes_two_requests_reads_one_unit_and_writes_nothing(
    deployed: Deployed, table: Table, since: date
) -> None:
    with Vendor(Exchange(published_since=since)) as vendor:
        told = scene(deployed, table, vendor)
        told.run(poll, vendor.exchange.now)
        before = len(vendor.requests)

        report = told.run(poll, vendor.exchange.now)

        assert (report.new, report.announced) == (0, 0)
        assert len(vendor.requests) - before == 2
        assert told.meter.calls == {"GetItem": 1, "Query": 1}
        assert (told.meter.read_units, told.meter.write_units) == (1, 0)


def test_an_audit_with_nothing_changed_writes_nothing(deployed: Deployed, table: Table) -> None:
    with Vendor(Exchange(published_since=TEN_WEEKS)) as vendor:
        told = scene(deployed, table, vendor)
        told.run(poll, vendor.exchange.now)

        report = told.run(audit, vendor.exchange.now)

        assert report.rows == 2 * len(vendor.exchange.rows())
        assert (told.meter.writes, told.meter.write_units) == (0, 0)


def test_the_message_of_a_release_reads_its_vintages_at_once_and_the_series_of_its_statistics_once(
    deployed: Deployed, table: Table
) -> None:
    with Vendor(Exchange(published_since=TEN_WEEKS)) as vendor:
        told = scene(deployed, table, vendor)
        told.run(poll, vendor.exchange.now)
        [owed] = told.store.announcements(vendor.exchange.newest_published_date)
        told.meter.reset()

        summarise(owed, told.store, "TokyoNagoya")

        assert told.meter.calls == {"BatchGetItem": 1, "Query": 1}


def test_the_message_of_a_release_or_a_correction_queries_no_series_more_than_twice(
    deployed: Deployed, table: Table
) -> None:
    with Vendor(Exchange(published_since=TEN_WEEKS)) as vendor:
        told = scene(deployed, table, vendor)
        told.run(poll, vendor.exchange.now)
        vendor.exchange.correct(sections="TokyoNagoya")
        told.run(poll, vendor.exchange.now)
        days = {row["PublishedDate"] for row in vendor.exchange.rows()}
        owed = [each for day in days for each in told.store.announcements(date.fromisoformat(day))]

        for announcement in owed:
            told.meter.reset()
            summarise(announcement, told.store, "TokyoNagoya")

            assert max(told.meter.queries.values()) <= 2
