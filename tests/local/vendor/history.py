"""What the simulated exchange has published so far, and what each operation does to it. All of it is synthetic."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import takewhile
from random import Random

from investor_flows.model import Measure

from tests.local.vendor.market import random_for
from tests.local.vendor.operation import Operation
from tests.local.vendor.publication import Flaw, Publication, Shift
from tests.local.vendor.synthesis import HEADLINE, Leaves, leaves, sections_of
from tests.local.vendor.trading_weeks import Week, business_day_after, weeks_after, weeks_published_since

type WeekKey = tuple[date, str, Measure]
type Shifts = dict[tuple[str, Measure], Shift]


class History:
    """The weeks published, their later vintages, their flaws, and what is withheld."""

    def __init__(self, seed: int, published_since: date, published_through: date) -> None:
        self.seed = seed
        self._since = published_since
        due = weeks_published_since(published_since)
        self.weeks = list(takewhile(lambda week: week.published_date <= published_through, due))
        self.today = self.weeks[-1].published_date if self.weeks else published_through
        self._vintages: dict[WeekKey, list[Publication]] = {}
        self._flaws: dict[tuple[WeekKey, date], Flaw] = {}
        self._withholding: set[tuple[str, Measure]] = set()
        self._withheld: set[WeekKey] = set()
        self._steps = {
            "publish_next_week": self._publish_next_week,
            "correct": self._correct,
            "revert": self._revert,
            "restate": self._restate,
            "unrestate": self._unrestate,
            "withhold": self._withhold,
            "release_withheld": self._release_withheld,
            "break_accounts": self._break_accounts,
            "mend": self._mend,
        }
        self._steps_done = 0

    @property
    def next_week(self) -> Week:
        """The first week not yet published."""
        return next(weeks_after(self.weeks[-1].end_date) if self.weeks else weeks_published_since(self._since))

    def do(self, operation: Operation) -> None:
        """Carry out an operation."""
        if operation.name not in self._steps:
            raise ValueError(f"unknown operation {operation.name}; known: {', '.join(self._steps)}")
        self._steps[operation.name](operation)
        self._steps_done += 1

    def publications(self, measure: Measure) -> Iterator[Publication]:
        """Every row that can be seen now, in no order that matters."""
        for week in self.weeks:
            for section in sections_of(week):
                key = (week.end_date, section, measure)
                if key not in self._withheld:
                    yield from self.vintages(week, section, measure)

    def vintages(self, week: Week, section: str, measure: Measure) -> list[Publication]:
        """List the rows of one week, section and measure, oldest first, flaws included."""
        key = (week.end_date, section, measure)
        return [self._flawed(key, vintage) for vintage in self._unflawed(week, section, measure)]

    def week(self, end_date: date | None) -> Week:
        """Find the published week that ends on the date; without a date, the newest."""
        if end_date is None:
            return self.weeks[-1]
        for week in self.weeks:
            if week.end_date == end_date:
                return week
        raise ValueError(f"no published week ends on {end_date}; the newest ends on {self.weeks[-1].end_date}")

    def _unflawed(self, week: Week, section: str, measure: Measure) -> list[Publication]:
        first = Publication(self.seed, week, section, measure, week.published_date)
        return self._vintages.get((week.end_date, section, measure), [first])

    def _flawed(self, key: WeekKey, vintage: Publication) -> Publication:
        flaw = self._flaws.get((key, vintage.published_date))
        return replace(vintage, flaw=flaw) if flaw else vintage

    def _named(self, operation: Operation, week: Week) -> list[tuple[str, Measure]]:
        """List the sections and measures of a week that an operation is about."""
        known = sections_of(week)
        sections = operation.sections or known
        if unknown := set(sections) - set(known):
            raise ValueError(f"no section {', '.join(sorted(unknown))} in the week ending {week.end_date}")
        return [(section, measure) for section in sections for measure in operation.measures]

    def _publish_next_week(self, _: Operation) -> None:
        week = self.next_week
        published = {(week.end_date, section, measure) for section in sections_of(week) for measure in Measure}
        self._withheld |= {key for key in published if key[1:] in self._withholding}
        self.weeks.append(week)
        self.today = max(self.today, week.published_date)

    def _correct(self, operation: Operation) -> None:
        self._add(operation, self._shifts(operation))

    def _revert(self, operation: Operation) -> None:
        self._add(operation, {})

    def _add(self, operation: Operation, shifts: Shifts) -> None:
        """Add a later vintage to each row named."""
        week = self.week(operation.end_date)
        day = operation.published_date or business_day_after(self.today)
        vintages = {named: self._unflawed(week, *named) for named in self._named(operation, week)}
        if late := [before[-1] for before in vintages.values() if before[-1].published_date >= day]:
            raise ValueError(f"a correction needs a later date than {late[0].published_date}, not {day}")
        for named, before in vintages.items():
            vintage = replace(before[-1], published_date=day, shift=shifts.get(named, Shift()))
            self._vintages[week.end_date, *named] = [*before, vintage]
        self.today = max(self.today, day)

    def _restate(self, operation: Operation) -> None:
        self._rewrite(operation, self._shifts(operation))

    def _unrestate(self, operation: Operation) -> None:
        self._rewrite(operation, {})

    def _rewrite(self, operation: Operation, shifts: Shifts) -> None:
        """Put other figures in the newest vintage of each row named."""
        week = self.week(operation.end_date)
        for named in self._named(operation, week):
            *before, newest = self._unflawed(week, *named)
            self._vintages[week.end_date, *named] = [*before, replace(newest, shift=shifts.get(named, Shift()))]

    def _shifts(self, operation: Operation) -> Shifts:
        """Choose by how much each row named changes; the two-market total moves with its sections, and covers them."""
        week = self.week(operation.end_date)
        random = random_for(self.seed, "shift", self._steps_done, week.end_date)
        sections = list(dict(self._named(operation, week)))
        sign = _sign(random, sections)
        shifts: Shifts = {}
        for measure in operation.measures:
            shift = _shift(random, sign, [leaves(self.seed, week, section, measure) for section in sections])
            shifts |= {(section, measure): shift for section in sections}
            if HEADLINE in sections:
                shifts[HEADLINE, measure] = shift.times(max(1, len(sections) - 1))
        return shifts

    def _withhold(self, operation: Operation) -> None:
        self._withholding |= set(self._named(operation, self.next_week))

    def _release_withheld(self, _: Operation) -> None:
        self._withholding.clear()
        self._withheld.clear()

    def _break_accounts(self, operation: Operation) -> None:
        told = operation.end_date
        week = self.next_week if told in (None, self.next_week.end_date) else self.week(told)
        for section, measure in self._named(operation, week):
            newest = self._unflawed(week, section, measure)[-1]
            key = (week.end_date, section, measure)
            self._flaws[key, newest.published_date] = Flaw(operation.field, operation.by)

    def _mend(self, operation: Operation) -> None:
        week = self.week(operation.end_date)
        mended = {(week.end_date, *named) for named in self._named(operation, week)}
        self._flaws = {key: flaw for key, flaw in self._flaws.items() if key[0] not in mended}


def _sign(random: Random, sections: list[str]) -> int:
    """Up where the two-market total is alone, down where it stays, so that it is never less than its sections."""
    if sections == [HEADLINE]:
        return 1
    return random.choice((-1, 1)) if HEADLINE in sections else -1


def _shift(random: Random, sign: int, cells: list[Leaves]) -> Shift:
    """Take 1 to 5 % of the smallest section."""
    foreigners = min(cell["ForeignInstitutions"].purchases for cell in cells)
    individuals = min(cell["IndividualCash"].sales for cell in cells)
    return Shift(
        sign * max(2, round(foreigners * random.uniform(0.01, 0.05))),
        sign * max(1, round(individuals * random.uniform(0.01, 0.02))),
    )
