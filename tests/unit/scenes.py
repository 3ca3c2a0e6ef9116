"""Scenes for wording tests: records polled one batch after the other, on the path that production takes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from fractions import Fraction
from itertools import groupby
from random import Random

from investor_flows.announcements import Announcement, Gap, Kind, Occasion
from investor_flows.model import JST, Measure, Record, Trades, Vintage
from investor_flows.news import News, Release
from investor_flows.owed import announcements_of
from investor_flows.progress import Progress
from investor_flows.releases import Week, announcement, by_kind, find_news, week_of
from investor_flows.summary import Summary, summarise

from tests.unit.builders import LAST, OTHERS, a_record, a_series
from tests.unit.fakes import FakeStore

WEEKS = 265
TOLD_FROM = date(2026, 9, 1)
"""Releases from here on were told; what is older was stored silently."""

SHARES = Fraction(1, 2000)  # thousand shares for thousand yen
PARTS = {"TSEPrime": Fraction(951, 1000), "TSEStandard": Fraction(24, 1000), "TSEGrowth": Fraction(23, 1000)}

type Batch = Sequence[Record]


@dataclass(frozen=True)
class Scene:
    """Batches of rows as polls found them. The last one is announced."""

    batches: tuple[Batch, ...]
    occasion: Occasion = Occasion.NEW
    missing: tuple[Gap, ...] = ()
    held: tuple[Gap, ...] = ()
    headline_section: str = "TokyoNagoya"
    seen: Mapping[int, date] = field(default_factory=dict)  # day of a batch where it is not the published date

    def summary(self, kind: Kind | None = None) -> Summary:
        """Store the batches, and summarise the last announcement, or the last one of a kind."""
        store = self._stored()
        owed = [each for each in store.owed if kind in (None, each.kind)]
        newest = replace(owed[-1], occasion=self.occasion)
        return summarise(newest, store, self.headline_section)

    def summaries(self) -> dict[str, Summary]:
        """Store the batches, and summarise what readers were owed for each, by receipt."""
        store = self._stored()
        told = [each for each in store.owed if each.occasion is not Occasion.HISTORY]
        return {each.receipt: summarise(each, store, self.headline_section) for each in told}

    def _stored(self) -> FakeStore:
        store, stored = FakeStore(), defaultdict[Week, list[Vintage]](list)
        for place, batch in enumerate(self.batches):
            self._poll(store, stored, batch, self.seen.get(place))
        return store

    def _poll(self, store: FakeStore, stored: dict[Week, list[Vintage]], batch: Batch, seen: date | None) -> None:
        """Store a batch, oldest release first, and owe its announcements."""
        for published_date, group in groupby(sorted(batch, key=_published), key=_published):
            now, rows = datetime.combine(seen or published_date, time(18, 1, 7), JST), list(group)
            news, _ = find_news(rows, {week_of(row): stored[week_of(row)] for row in rows}, now)
            for item in news:
                stored[week_of(item.vintage.record)].append(item.vintage)
                store.kept.append(item.vintage)
            store.owed += self._announcements(published_date, news, now)

    def _announcements(self, published_date: date, news: Iterable[News], now: datetime) -> list[Announcement]:
        release = Release(published_date, tuple(news), self.missing, self.held)
        if published_date >= TOLD_FROM:
            return announcements_of(release, Occasion.NEW, Progress(), now)
        return [announcement(each, Occasion.HISTORY, now) for each in by_kind(release)]


def _published(record: Record) -> date:
    return record.published_date


def balances(seed: int, weeks: int = WEEKS, spread: int = 300_000_000) -> list[int]:
    """Synthetic net buying that keeps its direction for some weeks, as the real one does."""
    random, level = Random(seed), 0.0
    found = []
    for _ in range(weeks):
        level = 0.6 * level + random.gauss(0, spread)
        found.append(int(level) // 7 * 7 + 3)
    return found


def history(
    foreigners: Sequence[int | None] = (),
    individuals: Sequence[int | None] = (),
    *,
    last: date | str = LAST,
    weeks: int = WEEKS,
    section: str = "TokyoNagoya",
) -> list[Record]:
    """Weeks of value that end with these balances, in 億円, after synthetic ones."""
    return a_series(
        _ending(balances(3, weeks), foreigners), _ending(balances(4, weeks), individuals), last=last, section=section
    )


def _ending(drawn: list[int], given: Sequence[int | None]) -> list[int | None]:
    """Replace the last weeks; an 億円 is 100,000 thousand yen, and some odd yen."""
    exact = [None if oku is None else oku * 100_000 + (oku > 0) * 45_678 - (oku < 0) * 45_678 for oku in given]
    return [*drawn[: len(drawn) - len(exact)], *exact]


def scaled(record: Record, by: Fraction, *, section: str = "", measure: Measure = Measure.VALUE) -> Record:
    """A share of a record's figures, as another section or measure; the accounts hold again."""
    leaves = {name: _scaled(record.trades(name), by) for name in (*OTHERS, "Foreigners", "Individuals", "Proprietary")}
    return a_record(
        record.end_date,
        foreigners=leaves.pop("Foreigners"),
        individuals=leaves.pop("Individuals"),
        proprietary=leaves.pop("Proprietary"),
        others=leaves,
        section=section or record.section,
        measure=measure,
        start=record.start_date,
        published=record.published_date,
    )


def _scaled(trades: Trades | None, by: Fraction) -> tuple[int, int]:
    assert trades
    return int(trades.sales * by), int(trades.purchases * by)


def in_shares(record: Record) -> Record:
    """The same week by volume."""
    return scaled(record, SHARES, measure=Measure.VOLUME)


def release(record: Record) -> list[Record]:
    """All that comes for a week: the two-market total and the three sections, by value and by volume."""
    parts = [record, *(scaled(record, share, section=section) for section, share in PARTS.items())]
    return [*parts, *map(in_shares, parts)]
