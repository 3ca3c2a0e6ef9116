"""Bad answers of J-Quants Pro: each is refused, held or harmless, stores nothing wrong, and the next good one heals."""

import gc
import json
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from investor_flows.errors import SourceError
from investor_flows.intake import Report, Source
from investor_flows.jquants import PATH
from investor_flows.model import Measure
from investor_flows.poll import poll

from tests.closing_words import say
from tests.integration.answer import ROWS, Answer
from tests.integration.bad_answer import KEY, BadAnswer, Outcome
from tests.integration.bad_answers import BAD_ANSWERS
from tests.integration.vendor_scene import Scene, client_of, stored, told, vendor_scene
from tests.unit.fake_source import FakeSource
from tests.unit.fake_store import FakeStore

# urllib3 leaves the socket of an answer that tells two lengths to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*unclosed.*:ResourceWarning", "ignore:.*<socket:pytest.PytestUnraisableExceptionWarning"
)

FEWEST = 300
MINUTE = timedelta(minutes=1)
REFUSED = [bad for bad in BAD_ANSWERS if bad.outcome is Outcome.REFUSED]


@dataclass
class Tally:
    """Counts what came of the bad answers."""

    outcomes: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """The counts, in words."""
        named = ", ".join(f"{self.outcomes[each]} {each}" for each in (*Outcome, "unclear"))
        return f"bad answers: {self.outcomes.total()} tried, {named}"


@pytest.fixture(scope="module")
def tally(pytestconfig: pytest.Config) -> Iterator[Tally]:
    """Counts; said at the end of the test run."""
    tally = Tally()
    yield tally
    say(pytestconfig, str(tally))


@pytest.fixture(scope="module", autouse=True)
def _sockets_collected() -> Iterator[None]:
    """Collect them here, where they are no failure."""
    yield
    gc.collect()


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with vendor_scene() as scene:
        yield scene


@pytest.fixture(scope="module")
def good(scene: Scene) -> FakeSource:
    return scene.good()


@pytest.fixture(scope="module")
def control(scene: Scene) -> FakeStore:
    """The store of a poll that never saw a bad answer."""
    store = scene.store()
    with client_of(scene.plain) as client:
        poll(client, store, scene.now + MINUTE)
    assert (len(told(scene.before)), len(told(store))) == (8, 16)
    return store


@pytest.mark.parametrize("bad", BAD_ANSWERS, ids=lambda bad: bad.name)
def test_a_bad_answer_is_refused_held_or_harmless_and_the_next_good_one_heals(
    scene: Scene, good: FakeSource, control: FakeStore, tally: Tally, bad: BadAnswer
) -> None:
    tally.outcomes["unclear"] += 1
    store = scene.store()

    with client_of(scene.wire(bad)) as client:
        with scene.spoilt(bad):
            outcome, said, report = outcome_of(client, store, scene.now)
        assert (outcome, missing_words(bad, said)) == (bad.outcome, []), said
        assert_nothing_wrong(store, control, bad, report)
        poll(client, store, scene.now + MINUTE)

    assert (stored(store), told(store)) == (stored(control), told(control))
    writes = list(store.writes)
    poll(good, store, scene.now + 2 * MINUTE)
    assert store.writes == writes
    tally.outcomes.update({"unclear": -1, outcome: 1})


@pytest.mark.parametrize("bad", REFUSED[::5], ids=lambda bad: bad.name)
def test_what_came_before_a_bad_answer_is_not_stored(scene: Scene, control: FakeStore, bad: BadAnswer) -> None:
    store = scene.store()

    with client_of(scene.wire(bad)) as client:
        with scene.spoilt(bad, Measure.VOLUME):
            outcome, _, _ = outcome_of(client, store, scene.now)
        assert outcome is Outcome.REFUSED
        poll(client, store, scene.now + MINUTE)

    assert (stored(store), told(store)) == (stored(control), told(control))


def test_there_are_at_least_three_hundred_bad_answers_and_no_two_are_alike(scene: Scene) -> None:
    sound = Answer(json.dumps({ROWS: scene.exchange.rows()}).encode())

    named: defaultdict[object, list[str]] = defaultdict(list)
    for bad in BAD_ANSWERS:
        first, second = bad.spoil(sound), bad.spoil(sound)
        named[bad.certificate, first.end, hash(first.sent()), hash(second.sent())].append(bad.name)

    assert [names for names in named.values() if len(names) > 1] == []
    assert len({bad.name for bad in BAD_ANSWERS}) == len(BAD_ANSWERS) >= FEWEST


def outcome_of(client: Source, store: FakeStore, now: datetime) -> tuple[Outcome, list[str], Report]:
    """Poll, and say what came of it: the error, or the reasons why rows are held."""
    try:
        report = poll(client, store, now)
    except SourceError as error:
        text, cause = str(error), "".join(traceback.format_exception(error))
        assert text.startswith(f"GET {PATH}: ")
        assert KEY not in cause
        assert (store.writes, store.held) == ([], [])
        return Outcome.REFUSED, [text], Report()
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
