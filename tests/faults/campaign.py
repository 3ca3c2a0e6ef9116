"""The campaign: the story is told once without a fault, then again for every fault at every call."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from tests.faults.peril import FAULTS, Fault, Peril
from tests.faults.promises import Verdict, judge, told_in
from tests.faults.run import Ending, run
from tests.faults.scenario import STORY, Chapter
from tests.faults.stage import Beginning, Stage
from tests.faults.wire import Call


@dataclass(frozen=True)
class Told:
    """A chapter, where it begins, and how it ends without a fault."""

    chapter: Chapter
    beginning: Beginning
    clean: Ending


@dataclass(frozen=True)
class Point:
    """One outside call of a chapter, by its number."""

    told: Told
    number: int

    @property
    def call(self) -> Call:
        """Who is called, by which function."""
        return self.told.clean.calls[self.number - 1]


@dataclass(frozen=True)
class Trial:
    """One run: what befell which call, and what came of it."""

    channel: str
    chapter: str
    number: int
    call: Call
    fault: Fault
    verdict: Verdict

    def __str__(self) -> str:
        """What went wrong, and enough to run it again."""
        counts = {"lost": self.verdict.lost, "doubled without a lost answer": self.verdict.doubled}
        found = [f"{count} {name}" for name, count in counts.items() if count] + list(self.verdict.broken)
        return f"{self.channel}, {self.chapter}, call {self.number} ({self.call}) {self.fault}: {'; '.join(found)}"


Plan = Callable[[Sequence[Point]], Iterable[tuple[Point, Fault]]]


def trials(stage: Stage, plan: Plan, functions: tuple[str, ...]) -> Iterator[Trial]:
    """Try what the plan chooses of the calls that these functions make."""
    points = [point for told in list(_tell(stage)) for point in _points(told) if point.call.function in functions]
    for point, fault in plan(points):
        told = point.told
        ending = run(stage, told.chapter, told.beginning, fault, point.number)
        verdict = judge(ending, told.clean, told.beginning)
        yield Trial(stage.channel, told.chapter.name, point.number, point.call, fault, verdict)
    stage.table.restore({})


def _tell(stage: Stage) -> Iterator[Told]:
    """Tell the story, from an empty table on. What a run is compared with must be right itself."""
    stage.table.restore({})
    for chapter in STORY:
        beginning = stage.now()
        clean = run(stage, chapter, beginning)
        told = Told(chapter, beginning, clean)
        if not (judge(clean, clean, beginning).healed and _is_whole(told, stage.channel)):
            raise AssertionError(f"{stage.channel}, {chapter.name}: not told well without a fault")
        yield told


def _is_whole(told: Told, channel: str) -> bool:
    """Whether a chapter told what it should: against a hollow one every run would look well."""
    forms = Counter((form, part) for form, part, _ in told_in(told.clean, told.beginning).elements())
    owed = [("email", "text"), ("slack", "text"), *([("slack", "chart")] if channel == "bot" else [])]
    return all(forms[each] == told.chapter.tells for each in owed)


def _points(told: Told) -> list[Point]:
    return [Point(told, number) for number in range(1, len(told.clean.calls) + 1)]


def everything(points: Sequence[Point]) -> Iterable[tuple[Point, Fault]]:
    """Every call with every fault."""
    return product(points, FAULTS)


def sample(points: Sequence[Point]) -> Iterator[tuple[Point, Fault]]:
    """Every kind of call with every peril once, on calls that lie apart; every second fault lasts."""
    by_kind: defaultdict[str, list[Point]] = defaultdict(list)
    for point in points:
        by_kind[str(point.call)].append(point)
    for turn, same in enumerate(by_kind.values()):
        for place, peril in enumerate(Peril):
            yield same[place * len(same) // len(Peril)], Fault(peril, lasts=bool((turn + place) % 2))
