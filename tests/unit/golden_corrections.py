"""Golden cases: corrections."""

from dataclasses import replace
from datetime import date

from investor_flows.model import Measure, Record

from tests.unit.builders import a_revision, pair
from tests.unit.scenes import PARTS, Scene, history, in_shares, release, scaled

LATER = "2026-11-26"


def _prime(weeks: list[Record]) -> list[Record]:
    return [scaled(record, PARTS["TSEPrime"], section="TSEPrime") for record in weeks[-190:]]


def _moved(record: Record, oku: int, name: str = "Foreigners") -> tuple[int, int]:
    """Other purchases: so many 億円 more, and some odd yen."""
    trades = record.trades(name)
    assert trades
    return trades.sales, trades.purchases + oku * 100_000 + 123


def revision() -> Scene:
    """Prime's newest week is corrected by a little."""
    weeks = history([-840, 1_310, 4_320, 1_280, 5_387], [700, -90, 120, -410, -3_310])
    prime = _prime(weeks)
    return Scene(([*weeks, *prime], [a_revision(prime[-1], LATER, Foreigners=_moved(prime[-1], -136))]))


def streak_broken_in_the_past() -> Scene:
    """One of ten buying weeks becomes a selling week."""
    weeks = history([-300, 700, 650, 810, 90, 440, 1_200, 300, 560, 880, 1_010], [-70, -60])
    return Scene((weeks, [a_revision(weeks[-6], LATER, Foreigners=pair(-21_098_765))]))


def streak_made() -> Scene:
    """A selling week becomes a buying week: one week becomes eight."""
    weeks = history([-300, 700, 650, 810, 90, 440, 1_200, -30, 880], [-70, -60])
    return Scene((weeks, [a_revision(weeks[-2], LATER, Foreigners=pair(4_098_765))]))


def newest_week_turned() -> Scene:
    """The newest week's own direction changes."""
    weeks = history([-300, 700, 650, 40], [-70, -60])
    return Scene((weeks, [a_revision(weeks[-1], LATER, Foreigners=pair(-4_098_765))]))


def no_longer_the_largest() -> Scene:
    """A rank and a "largest since" no longer hold."""
    weeks = history([8_300, 700, 650, 8_400], [-70, -60])
    return Scene((weeks, [a_revision(weeks[-1], LATER, Foreigners=pair(780_000_001))]))


def with_a_new_week() -> Scene:
    """The week before is corrected in the release of the new one."""
    *before, corrected, newest = history([1_310, 4_320, 1_280, 5_123], [-90, 120, -410, -3_310])
    revised = a_revision(corrected, newest.published_date, Foreigners=pair(-1_234_567))
    return Scene(([*before, *release(corrected)], [*release(newest), revised, in_shares(revised)]))


def several() -> Scene:
    """Two weeks of two sections, value and volume, corrected at once."""
    weeks = history([1_310, 4_320, 1_280, 5_123], [-90, 120, -410, -3_310])
    told = [row for week in weeks[-2:] for row in release(week) if row.section in ("TokyoNagoya", "TSEPrime")]
    revised = [
        a_revision(
            row,
            LATER,
            Foreigners=_moved(row, -36 if row.measure is Measure.VALUE else -1),
            Individuals=_moved(row, 2, "Individuals"),
        )
        for row in told
    ]
    return Scene(([*weeks[:-2], *told], revised))


def of_a_revision() -> Scene:
    """The same week is corrected for the second time."""
    weeks = history([-840, 1_310, 4_320, 1_280, 5_123], [700, -90, 120, -410, -3_310])
    first = a_revision(weeks[-1], "2026-11-26", Foreigners=pair(500_000_001))
    second = a_revision(first, "2026-12-03", Foreigners=pair(507_700_001))
    return Scene((weeks, [first], [second]))


def revert() -> Scene:
    """A correction is taken back."""
    weeks = history([-840, 1_310, 4_320, 1_280, 5_123], [700, -90, 120, -410, -3_310])
    first = a_revision(weeks[-1], "2026-11-26", Foreigners=pair(500_000_001))
    second = replace(weeks[-1], published_date=date(2026, 12, 3))
    return Scene((weeks, [first], [second]))


def restatement() -> Scene:
    """Other figures under the same published date."""
    weeks = history([-840, 1_310, 4_320, 1_280, 5_123], [700, -90, 120, -410, -3_310])
    return Scene(
        (weeks, [a_revision(weeks[-1], weeks[-1].published_date, Foreigners=pair(500_000_001))]),
        seen={1: date(2026, 11, 20)},
    )


def volume_only() -> Scene:
    """Shares are corrected, money is not."""
    *before, newest = history([1_310, 4_320, 1_280, 5_123], [-90, 120, -410, -3_310])
    shares = in_shares(newest)
    return Scene(([*before, *release(newest)], [a_revision(shares, LATER, Foreigners=_moved(shares, -2))]))


def now_published() -> Scene:
    """Sub-items that were not published are published now."""
    *before, newest = history([1_220, 380], [-770, -110])
    figures = list(newest.figures)
    figures[-4:] = [None] * 4
    return Scene(
        ([*before, replace(newest, figures=tuple(figures))], [replace(newest, published_date=date(2026, 11, 26))])
    )


def withdrawn() -> Scene:
    """A week's figures for foreigners are taken back: nothing before it is known to belong to the streak."""
    weeks = history([-300, 700, 650, 810, 90], [-70, -60])
    return Scene((weeks, [a_revision(weeks[-3], LATER, Foreigners=None)]))


def below_the_printed_precision() -> Scene:
    """A correction by 123 thousand yen."""
    weeks = history([-840, 1_310, 4_320, 1_280, 5_123], [700, -90, 120, -410, -3_310])
    return Scene((weeks, [a_revision(weeks[-1], LATER, Foreigners=_moved(weeks[-1], 0))]))


def others_only() -> Scene:
    """Neither foreigners nor individuals changed."""
    weeks = history([-840, 1_310], [700, -90])
    trades = _moved(weeks[-1], -21, "TrustBanks")
    return Scene((weeks, [a_revision(weeks[-1], LATER, TrustBanks=trades)]))


def reference_period() -> Scene:
    """Only the first day of the week is corrected (2022-02-17)."""
    weeks = history([-840, 1_310], [700, -90], last="2022-02-10")
    wrong = replace(weeks[-1], start_date=date(2022, 2, 4))
    return Scene(([*weeks[:-1], wrong], [replace(weeks[-1], published_date=date(2022, 2, 24))]))


def repeated() -> Scene:
    """The same figures under a new published date."""
    weeks = history([-840, 1_310], [700, -90])
    return Scene((weeks, [replace(weeks[-1], published_date=date(2026, 11, 26))]))


def ninety() -> Scene:
    """As many corrections as one announcement can hold."""
    weeks = history([-840, 1_310, 4_320, 1_280, 5_123], [700, -90, 120, -410, -3_310])
    return Scene(
        (
            weeks,
            [
                a_revision(row, LATER, Foreigners=_moved(row, -36), Individuals=_moved(row, 2, "Individuals"))
                for row in weeks[-90:]
            ],
        )
    )


def of_a_superseded_row() -> Scene:
    """The row that was corrected before is rewritten, under its old date."""
    weeks = history([-840, 1_310, 4_320, 1_280, 5_123], [700, -90, 120, -410, -3_310])
    standing = a_revision(weeks[-1], LATER, Foreigners=pair(-10_000_001))
    rewritten = a_revision(weeks[-1], weeks[-1].published_date, Foreigners=pair(450_000_001))
    return Scene((weeks, [standing], [rewritten]), seen={2: date(2026, 11, 30)})


def of_a_week_of_long_ago() -> Scene:
    """A week of the year before last is corrected."""
    weeks = history([1_310, 4_320, 1_280, 5_123], [-90, 120, -410, -3_310])
    return Scene((weeks, [a_revision(weeks[-90], LATER, Foreigners=pair(-128_000_001))]))
