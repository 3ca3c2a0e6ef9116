"""A vendor as a dictionary: the rows that it has published, and which of them are broken or kept back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from investor_flows.model import Held, Measure, Record
from investor_flows.trading_calendar import business_days_after, expected_published_date, has_trading, monday_of

from tests.unit.builders import FOREIGNERS, a_revision, last_business_day
from tests.unit.publishing import SECTIONS, a_week, broken

type Key = tuple[str, Measure, date, date]
"""Section, measure, end date, published date."""

WEEK = timedelta(weeks=1)
ROWS_OF_A_WEEK = len(SECTIONS) * len(Measure)


def key_of(record: Record) -> Key:
    """Name a published row."""
    return record.section, record.measure, record.end_date, record.published_date


class Republishing:
    """Publishes weeks one after the other, and corrects, restates, breaks and mends what it has published."""

    def __init__(self, published: Iterable[Record]) -> None:
        self.rows = {key_of(record): record for record in published}
        self.first = {(record.section, record.measure, record.end_date): record for record in published}
        self.broken: set[Key] = set()
        self.withheld: set[Key] = set()
        self.ever = set(self.rows.values())

    @property
    def served(self) -> list[Record | Held]:
        """What an answer holds now."""
        shown = {key: row for key, row in self.rows.items() if key not in self.withheld}
        return [_held(row) if key in self.broken else row for key, row in shown.items()]

    @property
    def sound(self) -> dict[Key, Record]:
        """The rows of an answer that can be taken."""
        return {key: row for key, row in self.rows.items() if key not in self.withheld | self.broken}

    @property
    def ends(self) -> list[date]:
        """The weeks, oldest first."""
        return sorted({end for _, _, end, _ in self.rows})

    def publish(self, withheld: set[int], flawed: set[int]) -> date:
        """Publish the next week, less some of its rows, and some of them broken; say its published date."""
        end = self._week_after(self.ends[-1])
        for number, record in enumerate(a_week(end)):
            self._put(record)
            self.withheld |= {key_of(record)} if number in withheld else set()
            self.broken |= {key_of(record)} if number in flawed else set()
        return expected_published_date(end)

    def correct(self, end: date, number: int, sections: Iterable[str], today: date) -> date:
        """Add rows with other figures, or number 0 with those first published, a business day later; say which."""
        prior = self._newest(end, sections)
        day = business_days_after(max(today, *(record.published_date for record in prior)), 1)
        for record in prior:
            self._put(replace(self._with(record, number), published_date=day))
        return day

    def restate(self, end: date, number: int, sections: Iterable[str]) -> None:
        """Rewrite the newest rows of a week under their dates; number 0 is what was first published."""
        for record in self._newest(end, sections):
            self._put(self._with(record, number))

    def flaw(self, end: date, sections: Iterable[str]) -> None:
        """Let the newest rows of a week fail their accounts."""
        self.broken |= {key_of(record) for record in self._newest(end, sections)}

    def mend(self) -> None:
        """Put every broken row right, and show what was kept back."""
        self.broken.clear()
        self.withheld.clear()

    def _week_after(self, end: date) -> date:
        monday = monday_of(end) + WEEK
        while not has_trading(monday):
            monday += WEEK
        return last_business_day(monday)

    def _put(self, record: Record) -> None:
        self.rows[key_of(record)] = record
        self.first.setdefault((record.section, record.measure, record.end_date), record)
        self.ever.add(record)

    def _newest(self, end: date, sections: Iterable[str]) -> list[Record]:
        series = [(section, measure) for section in sections for measure in Measure]
        weeks = [[row for key, row in self.rows.items() if key[:3] == (*each, end)] for each in series]
        return [max(rows, key=lambda row: row.published_date) for rows in weeks]

    def _with(self, record: Record, number: int) -> Record:
        first = self.first[record.section, record.measure, record.end_date]
        sales, purchases = FOREIGNERS
        revised = a_revision(first, Foreigners=(sales + number * 1_000_000, purchases))
        return replace(revised, published_date=record.published_date)


def _held(record: Record) -> Held:
    return replace(broken(record), raw=repr(record))
