"""The simulated exchange: what it has published up to a day. Its history is synthetic; no figure in it is real.

The same seed, start and operations give the same rows on every machine. What has been published is decided by explicit
steps alone (`publish_next_week`, `correct`, ...), never by the clock, and all of it fits in a small JSON document.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from investor_flows.model import JST, Measure

from tests.local.vendor.history import History
from tests.local.vendor.operation import Names, Operation, measures, names
from tests.local.vendor.publication import Publication, Row
from tests.local.vendor.trading_weeks import Week

SEED = 2008
FIRST_PUBLISHED = date(2008, 1, 16)
PUBLISHED_THROUGH = date(2026, 11, 19)
JUST_AFTER_RELEASE = time(18, 1, tzinfo=JST)  # releases come at 18:00


class Exchange:
    """Everything published from a first date to `today`, and the operations that publish more or change it.

    Sections and measures may be one name, several, or None for all; an end date left out is the newest week's.
    """

    def __init__(
        self, published_through: date = PUBLISHED_THROUGH, *, seed: int = SEED, published_since: date = FIRST_PUBLISHED
    ) -> None:
        self._start = {
            "seed": seed,
            "published_through": published_through.isoformat(),
            "published_since": published_since.isoformat(),
        }
        self._history = History(seed, published_since, published_through)
        self.operations: list[Operation] = []

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> "Exchange":
        """Build the exchange that wrote the state again."""
        exchange = cls(
            date.fromisoformat(state["published_through"]),
            seed=state["seed"],
            published_since=date.fromisoformat(state["published_since"]),
        )
        for told in state["operations"]:
            exchange.do(Operation.from_json(told["name"], told))
        return exchange

    def state(self) -> dict[str, Any]:
        """Say all it takes to build the same exchange again, as a JSON document."""
        return {**self._start, "operations": [operation.as_json() for operation in self.operations]}

    @property
    def today(self) -> date:
        """The day, in Japan, of the newest release or correction."""
        return self._history.today

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks published, oldest first."""
        return tuple(self._history.weeks)

    @property
    def newest_week(self) -> Week:
        """The last week published."""
        return self._history.week(None)

    @property
    def next_week(self) -> Week:
        """The first week not yet published."""
        return self._history.next_week

    @property
    def newest_published_date(self) -> date:
        """The date of the newest row that is not withheld, a correction's included."""
        return max(published.published_date for measure in Measure for published in self.publications(measure))

    @property
    def now(self) -> datetime:
        """A minute after the release time of the newest day: when a poll sees all that is published."""
        return datetime.combine(self.today, JUST_AFTER_RELEASE)

    def outlook(self) -> dict[str, str]:
        """Say what is out, what comes next, and when a poll would see all that is out."""
        return {
            "today": self.today.isoformat(),
            "now": self.now.isoformat(),
            "newest_published_date": self.newest_published_date.isoformat(),
            "newest_end_date": self.newest_week.end_date.isoformat(),
            "next_published_date": self.next_week.published_date.isoformat(),
            "next_end_date": self.next_week.end_date.isoformat(),
        }

    def rows(self, is_value: bool = True) -> list[Row]:
        """Make all rows published up to now, oldest first."""
        measure = Measure.VALUE if is_value else Measure.VOLUME
        return [published.row() for published in self.publications(measure)]

    def publications(self, measure: Measure) -> list[Publication]:
        """List what is published up to now, oldest first, with the figures not made yet."""
        return sorted(self._history.publications(measure), key=_age)

    def vintages(self, end_date: date, section: str, measure: Measure) -> list[Publication]:
        """List the rows of one week, section and measure, oldest first."""
        return self._history.vintages(self._history.week(end_date), section, measure)

    def publish_next_week(self) -> Week:
        """Publish the next week of the calendar on its day, less what is withheld."""
        self.do(Operation("publish_next_week"))
        return self.newest_week

    def publish_through(self, day: date) -> None:
        """Publish every week due by the day."""
        while self.next_week.published_date <= day:
            self.publish_next_week()

    def correct(
        self,
        end_date: date | None = None,
        sections: Names = None,
        measure: Names = None,
        published_date: date | None = None,
    ) -> None:
        """Add rows of a published week with changed figures, dated the business day after `today` unless told.

        Nothing else is published by it, so a date may be shared with the next week's release.
        """
        self.do(Operation("correct", end_date, names(sections), measures(measure), published_date))

    def revert(
        self,
        end_date: date | None = None,
        sections: Names = None,
        measure: Names = None,
        published_date: date | None = None,
    ) -> None:
        """Add rows of a published week that say again what its first rows said: A, B, A."""
        self.do(Operation("revert", end_date, names(sections), measures(measure), published_date))

    def restate(self, end_date: date | None = None, sections: Names = None, measure: Names = None) -> None:
        """Replace the newest rows of a published week by others with the same dates: a silent rewrite."""
        self.do(Operation("restate", end_date, names(sections), measures(measure)))

    def unrestate(self, end_date: date | None = None, sections: Names = None, measure: Names = None) -> None:
        """Replace the newest rows of a week by ones with the same dates and the figures first published: A, B, A."""
        self.do(Operation("unrestate", end_date, names(sections), measures(measure)))

    def withhold(self, sections: Names = None, measure: Names = None) -> None:
        """Keep back these sections of the weeks published from now on."""
        self.do(Operation("withhold", None, names(sections), measures(measure)))

    def release_withheld(self) -> None:
        """Show what was kept back, with the dates it should have had, and keep nothing back any more."""
        self.do(Operation("release_withheld"))

    def break_accounts(
        self,
        end_date: date | None = None,
        sections: Names = None,
        measure: Names = None,
        *,
        field: str = "ForeignersBalance",
        by: int = 1_000,
    ) -> None:
        """Make the newest rows of a week fail their accounts; without an end date the next week's, before it is out."""
        self.do(Operation("break_accounts", end_date, names(sections), measures(measure), field=field, by=by))

    def mend(self, end_date: date | None = None, sections: Names = None, measure: Names = None) -> None:
        """Put broken rows right in place."""
        self.do(Operation("mend", end_date, names(sections), measures(measure)))

    def do(self, operation: Operation) -> None:
        """Carry out an operation and remember it."""
        self._history.do(operation)
        self.operations.append(operation)


def _age(publication: Publication) -> tuple[date, date, str]:
    return publication.published_date, publication.week.end_date, publication.section
