"""The story that is told again and again: start, a new week with two sections late, a correction, a restatement.

It comes in chapters. Each begins where the one before it ended, and is what one fault is placed into.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from investor_flows.model import Measure

from tests.faults.triggers import Queue
from tests.local.inbox.server import Inbox
from tests.local.vendor.exchange import Exchange

PUBLISHED_SINCE, PUBLISHED_THROUGH = date(2026, 10, 29), date(2026, 11, 12)
HISTORY_BEGINS = date(2025, 1, 1)
"""Where the first poll looks for history: one year without rows is as good as eighteen."""

NEW, SOON, LATER = timedelta(), timedelta(minutes=1), timedelta(minutes=31)


@dataclass(frozen=True)
class Scene:
    """Everything around the functions that an event of the story may touch."""

    exchange: Exchange
    inbox: Inbox
    queue: Queue
    refusal: str


@dataclass(frozen=True)
class Event:
    """Something happens; then the functions are triggered, so long after the release or the event before."""

    happens: Callable[[Scene], object]
    after: timedelta = SOON


@dataclass(frozen=True)
class Chapter:
    """A part of the story with a name, and how many announcements it tells."""

    name: str
    events: tuple[Event, ...]
    tells: int = 1


def _nothing(_: Scene) -> None:
    """Only time passes."""


def _new_week(scene: Scene) -> None:
    """One section is late, and of another the volume; Slack asks to wait."""
    scene.exchange.withhold("TSEGrowth")
    scene.exchange.withhold("TSEStandard", Measure.VOLUME)
    scene.exchange.publish_next_week()
    scene.inbox.fail_next("429", on="slack", retry_after=1)


def _late_sections(scene: Scene) -> None:
    """What was late comes, and one row of it fails its accounts."""
    scene.exchange.release_withheld()
    scene.exchange.break_accounts(scene.exchange.newest_week.end_date, "TSEGrowth", Measure.VOLUME)


def _mended(scene: Scene) -> None:
    """The row comes right."""
    scene.exchange.mend(scene.exchange.newest_week.end_date, "TSEGrowth", Measure.VOLUME)


def _correction(scene: Scene) -> None:
    """A week is corrected while Slack refuses everything."""
    scene.exchange.correct(sections=("TokyoNagoya", "TSEPrime"))
    scene.inbox.fail_next(scene.refusal, on="slack")


def _redrive(scene: Scene) -> None:
    """The channel is mended, and an operator sends the dead letters again."""
    scene.queue.redrive()


def _restatement(scene: Scene) -> None:
    """A row is rewritten under the same published date."""
    scene.exchange.restate(sections="TokyoNagoya")


STORY = (
    Chapter("start", (Event(_nothing),)),
    Chapter("new week", (Event(_new_week), Event(_nothing, LATER))),
    Chapter("late sections", (Event(_late_sections, LATER), Event(_mended)), tells=2),
    Chapter("correction", (Event(_correction), Event(_redrive))),
    Chapter("restatement", (Event(_restatement, LATER),)),
)
