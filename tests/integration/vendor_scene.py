"""A store with a good history, a vendor that has one week more to tell, and servers that may tell it badly."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime

import pytest
import requests
from investor_flows import jquants
from investor_flows.intake import Source
from investor_flows.jquants import JQuantsClient
from investor_flows.model import KNOWN_SECTIONS, Measure, Record, VintageKey
from investor_flows.poll import poll
from investor_flows.rows import read_row

from tests.integration.answer import End
from tests.integration.bad_answer import KEY, BadAnswer
from tests.integration.wire import AUTHORITY, Wire
from tests.local.vendor.exchange import Exchange
from tests.local.vendor.server import Vendor
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore
from tests.unit.publishing import tell_all

SHORT = (0.5, 0.2)
FEW_PAGES = 20


@dataclass(frozen=True)
class Scene:
    """`before` has four weeks; the vendor has five. Nobody may ask `elsewhere`."""

    plain: Wire
    secure: Wire
    elsewhere: Wire
    before: FakeStore
    exchange: Exchange

    @property
    def now(self) -> datetime:
        """A minute after the newest week's release."""
        return self.exchange.now

    def wire(self, bad: BadAnswer) -> Wire:
        """The server that gives the bad answer."""
        return self.secure if bad.certificate else self.plain

    def good(self) -> FakeSource:
        """All that the vendor has, as a good answer is read."""
        sent = [(row, measure) for measure in Measure for row in self.exchange.rows(measure is Measure.VALUE)]
        return FakeSource(*(read_row(row, measure) for row, measure in sent))

    def store(self) -> FakeStore:
        """A store of one's own with the history."""
        shared = {id(each): each for each in (*self.before.stored, *self.before.announced)}
        return deepcopy(self.before, shared)

    @contextmanager
    def spoilt(self, bad: BadAnswer, measure: Measure = Measure.VALUE) -> Iterator[None]:
        """Answer requests by one measure badly; wait no longer than needed for what never comes."""
        wire = self.wire(bad)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(jquants, "MAX_PAGES", FEW_PAGES)
            if End.HANG in bad.name:
                patch.setattr(jquants, "TIMEOUT", SHORT)
            patch.setattr(wire, "spoil", bad.spoil)
            patch.setattr(wire, "spoilt", "true" if measure is Measure.VALUE else "false")
            patch.setattr(wire, "certificate", bad.certificate)
            yield
        assert self.elsewhere.visits == []


@contextmanager
def vendor_scene() -> Iterator[Scene]:
    """Start the servers, and poll the history into a store."""
    exchange = Exchange(date(2026, 11, 12), published_since=date(2026, 10, 22))
    vendor, before = Vendor(exchange, key=KEY), FakeStore()
    wires = Wire(vendor), Wire(vendor, tls=True), Wire(vendor)
    with ExitStack() as stack:
        for wire in wires:
            stack.enter_context(wire.serving())
            wire.elsewhere = wires[-1].port
        with client_of(wires[0]) as client:
            poll(client, before, exchange.now)
        tell_all(before)
        before.writes.clear()
        exchange.publish_next_week()
        yield Scene(*wires, before, exchange)


@contextmanager
def client_of(wire: Wire) -> Iterator[Source]:
    """A client that trusts the tests' authority and nothing around it."""
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(AUTHORITY)
        yield JQuantsClient(wire.url, lambda: KEY, "raw", session)


def stored(store: FakeStore) -> Counter[tuple[VintageKey, Record]]:
    """The vintages of the sections that are known."""
    return Counter((each.key, each.record) for each in store.stored if each.record.section in KNOWN_SECTIONS)


def told(store: FakeStore) -> Counter[VintageKey]:
    """What readers are owed or have had, of the sections that are known."""
    return Counter(key for each in store.owed for key in each.keys if key.section in KNOWN_SECTIONS)
