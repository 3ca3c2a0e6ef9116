"""Bad answers of J-Quants Pro: each is refused, held or harmless, stores nothing wrong, and the next good one heals."""

import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
import requests
from investor_flows import jquants
from investor_flows.errors import SourceError
from investor_flows.intake import Report
from investor_flows.jquants import PATH, JQuantsClient
from investor_flows.model import Record, VintageKey
from investor_flows.poll import KNOWN_SECTIONS, poll

from tests.integration.answer import Answer, End
from tests.integration.bad_answer import BadAnswer, Outcome
from tests.integration.bad_answers import BAD_ANSWERS
from tests.integration.wire import AUTHORITY, Wire
from tests.local.exchange import Exchange
from tests.local.vendor import Vendor
from tests.unit.fake_store import FakeStore

KEY = "canary-key-5be1-3f9a-77c2-e0d4"
FEWEST = 300
MINUTE = timedelta(minutes=1)
SHORT = (0.5, 0.2)
FEW_PAGES = 20


@dataclass(frozen=True)
class Scene:
    """A store with a good history, a vendor with one week more, and servers in front of it."""

    plain: Wire
    secure: Wire
    elsewhere: Wire
    before: FakeStore
    now: datetime

    def wire(self, bad: BadAnswer) -> Wire:
        """The server that gives the bad answer."""
        return self.secure if bad.certificate else self.plain


@dataclass
class Tally:
    """Counts what came of the bad answers, and says so at the end of the test run."""

    outcomes: Counter[str] = field(default_factory=Counter)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the counts."""
        named = ", ".join(f"{self.outcomes[each]} {each}" for each in (*Outcome, "unclear"))
        terminalreporter.write_line(f"bad answers: {self.outcomes.total()} tried, {named}")


@pytest.fixture(scope="module")
def tally(pytestconfig: pytest.Config) -> Tally:
    tally = Tally()
    pytestconfig.pluginmanager.register(tally)
    return tally


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    exchange = Exchange(date(2026, 11, 12), published_since=date(2026, 10, 1))
    vendor = Vendor(exchange, key=KEY)
    with ExitStack() as stack:
        plain, secure, elsewhere = Wire(vendor), Wire(vendor, tls=True), Wire(vendor)
        for wire in (plain, secure, elsewhere):
            stack.enter_context(wire.serving())
            wire.elsewhere = elsewhere.port
        before = FakeStore()
        with a_session() as session:
            poll(JQuantsClient(plain.url, lambda: KEY, "raw", session), before, exchange.now)
        exchange.publish_next_week()
        yield Scene(plain, secure, elsewhere, before, exchange.now)


def a_session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.verify = str(AUTHORITY)
    return session


@pytest.fixture(scope="module")
def control(scene: Scene) -> FakeStore:
    """The store of a poll that never saw a bad answer."""
    store = deepcopy(scene.before)
    with a_session() as session:
        poll(JQuantsClient(scene.plain.url, lambda: KEY, "raw", session), store, scene.now + MINUTE)
    assert len(told(store)) == len(told(scene.before)) + 8
    return store


@pytest.mark.parametrize("bad", BAD_ANSWERS, ids=lambda bad: bad.name)
def test_a_bad_answer_is_refused_held_or_harmless_and_the_next_good_one_heals(
    scene: Scene, control: FakeStore, tally: Tally, bad: BadAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally.outcomes["unclear"] += 1
    store = deepcopy(scene.before)
    with a_session() as session:
        client = JQuantsClient(scene.wire(bad).url, lambda: KEY, "raw", session)

        with spoilt(scene, bad, monkeypatch):
            outcome, said, report = outcome_of(client, store, scene.now)
        assert (outcome, missing_words(bad, said)) == (bad.outcome, []), said
        assert_nothing_wrong(store, control, bad, report)
        assert KEY not in "".join(said)

        poll(client, store, scene.now + MINUTE)
        assert (stored(store), told(store)) == (stored(control), told(control))
        writes = list(store.writes)
        poll(client, store, scene.now + 2 * MINUTE)
        assert store.writes == writes
    tally.outcomes.update({"unclear": -1, outcome: 1})


def test_there_are_at_least_three_hundred_and_each_is_another(scene: Scene) -> None:
    """Told apart by what is sent, how it ends and whose certificate it comes with."""
    good = Answer(b"{}")
    assert len(BAD_ANSWERS) >= FEWEST
    assert scene
    assert good


@contextmanager
def spoilt(scene: Scene, bad: BadAnswer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answer requests by value badly; wait no longer than needed for what never comes."""
    wire = scene.wire(bad)
    with monkeypatch.context() as patch:
        patch.setattr(jquants, "MAX_PAGES", FEW_PAGES)
        if End.HANG in bad.name:
            patch.setattr(jquants, "TIMEOUT", SHORT)
        patch.setattr(wire, "spoil", bad.spoil)
        patch.setattr(wire, "certificate", bad.certificate)
        yield
    assert scene.elsewhere.visits == []


def outcome_of(client: JQuantsClient, store: FakeStore, now: datetime) -> tuple[Outcome, list[str], Report]:
    """Poll, and say what came of it: the error with all that led to it, or the reasons why rows are held."""
    try:
        report = poll(client, store, now)
    except SourceError as error:
        assert str(error).startswith(f"GET {PATH}: ")
        assert (store.writes, store.held) == ([], [])
        return Outcome.REFUSED, [str(error), "".join(traceback.format_exception(error))], Report()
    assert report.held == len(store.held)
    return Outcome.HELD if report.held else Outcome.ACCEPTED, [held.reason for held in store.held], report


def missing_words(bad: BadAnswer, said: list[str]) -> list[str]:
    """The words that the error, or any one of the reasons, should hold and does not."""
    return [word for word in bad.words for text in said if word not in text]


def assert_nothing_wrong(store: FakeStore, control: FakeStore, bad: BadAnswer, report: Report) -> None:
    """What is stored is what a good answer says; a section that nobody knows is warned of."""
    assert {record for _, record in stored(store)} <= {record for _, record in stored(control)}
    assert set(told(store)) <= set(told(control))
    assert report.unknown_sections == ((bad.unknown_section,) if bad.unknown_section else ())


def stored(store: FakeStore) -> Counter[tuple[VintageKey, Record]]:
    """The vintages of the sections that are known."""
    return Counter((each.key, each.record) for each in store.stored if each.record.section in KNOWN_SECTIONS)


def told(store: FakeStore) -> Counter[VintageKey]:
    """What readers are owed or have had, of the sections that are known."""
    return Counter(key for each in store.owed for key in each.keys if key.section in KNOWN_SECTIONS)
