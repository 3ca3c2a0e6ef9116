"""Golden cases: new weeks."""

from dataclasses import replace

from investor_flows.announcements import Gap, Occasion
from investor_flows.model import Measure, Record
from investor_flows.rows import read_row

from tests.unit.builders import a_record, pair
from tests.unit.documented import DOCUMENTED_ROW
from tests.unit.scenes import PARTS, Scene, history, in_shares, release, scaled

SUB_ITEMS = ("IndividualCash", "IndividualMargin", "ForeignInstitutions", "ForeignIndividuals")


def regular() -> Scene:
    """Four weeks of buying by foreigners, individuals the other way, all sections."""
    *before, newest = history([-840, 1_310, 4_320, 1_280, 5_123], [700, -90, 120, -410, -3_310])
    return Scene((before, release(newest)))


def documented_sample() -> Scene:
    """The row on the API's page, announced on an empty store."""
    record = read_row(DOCUMENTED_ROW, Measure.VALUE)
    assert isinstance(record, Record)
    return Scene(([record],), headline_section="TSE1st")


def first_week() -> Scene:
    """Nothing is known before."""
    return Scene((release(a_record(foreigners=pair(512_345_678))),))


def zero() -> Scene:
    """Foreigners bought exactly what they sold."""
    *before, newest = history([350, 0], [-120, -640])
    return Scene((before, release(newest)))


def streak_broken() -> Scene:
    """Ten weeks of buying end."""
    *before, newest = history([-70, *[900] * 10, -1_450], [-300, 200])
    return Scene((before, release(newest)))


def streak_made() -> Scene:
    """A second week makes a streak, individuals go the same way."""
    *before, newest = history([-820, 410, 640], [-55, 730, 95])
    return Scene((before, release(newest)))


def week_before_missing() -> Scene:
    """The week before is not in the store."""
    weeks = history([1_200, 3_300, 2_050], [-500, -700, -800])
    return Scene(([*weeks[:-2]], release(weeks[-1])))


def streak_cut_by_a_gap() -> Scene:
    """Three weeks of buying after a week that is not in the store: the streak may be longer."""
    weeks = history([1_200, 700, 3_300, 2_050, 460], [-500, 600, -700, -800, -20])
    return Scene(([*weeks[:-4], *weeks[-3:-1]], release(weeks[-1])))


def record_high() -> Scene:
    """The largest week of all that is stored."""
    *before, newest = history([1_000, 21_900], [-400, -18_700])
    return Scene((before, release(newest)))


def year_turn() -> Scene:
    """The first full week of a year, after a one-day week."""
    *before, newest = history([730, -210, 1_150], [-80, 240, -960], last="2025-01-10")
    return Scene((before, release(newest)))


def one_day_week() -> Scene:
    """A week with one trading day."""
    *before, newest = history([730, -210], [-80, 240], last="2024-12-30")
    return Scene((before, release(newest)))


def fiscal_turn() -> Scene:
    """The week in which the fiscal year begins."""
    *before, newest = history([2_730, -1_210], [-1_080, 1_240], last="2026-04-03")
    return Scene((before, release(newest)))


def held_section() -> Scene:
    """The growth market's accounts do not add up."""
    *before, newest = history([220, 480], [-70, -310])
    rows = [row for row in release(newest) if row.section != "TSEGrowth"]
    reason = "ForeignersTotal 123456789 is not sales + purchases = 123456788"
    return Scene((before, rows), held=tuple(Gap("TSEGrowth", measure, reason) for measure in Measure))


def missing_volume() -> Scene:
    """Volume has not come within the time that a release is waited for."""
    *before, newest = history([220, -480], [-70, 310])
    rows = [row for row in release(newest) if row.measure is Measure.VALUE]
    return Scene((before, rows), missing=tuple(Gap(row.section, Measure.VOLUME) for row in rows))


def volume_only() -> Scene:
    """The headline's value is held: shares are all there is."""
    *before, newest = history([220, 480], [-70, -310])
    rows = [row for row in release(newest) if (row.section, row.measure) != ("TokyoNagoya", Measure.VALUE)]
    return Scene(
        (before, rows), held=(Gap("TokyoNagoya", Measure.VALUE, "TotalBalance 1 is not purchases - sales = 0"),)
    )


def no_headline_section() -> Scene:
    """The two-market total has not come."""
    *before, newest = history([220, 480], [-70, -310])
    old = [scaled(record, PARTS["TSEPrime"], section="TSEPrime") for record in before[-190:]]
    rows = [row for row in release(newest) if row.section != "TokyoNagoya"]
    return Scene((old, rows))


def foreigners_unpublished() -> Scene:
    """No figure for foreigners."""
    *before, newest = history([220, None], [-70, -310])
    return Scene((before, [newest]))


def sub_items_unpublished() -> Scene:
    """No figures for the sub-groups, as before 2015."""
    *before, newest = history([1_220, 380], [-770, -110])
    bare = a_record(newest.end_date, foreigners=pair(38_045_678), individuals=pair(-11_000_001), without=SUB_ITEMS)
    return Scene((before, [bare, in_shares(bare)]))


def one_sub_item_unpublished() -> Scene:
    """Institutions are published, foreign individuals are not."""
    *before, newest = history([1_220, 380], [-770, -110])
    bare = a_record(
        newest.end_date,
        foreigners=pair(38_045_678),
        individuals=pair(-11_000_001),
        without=SUB_ITEMS[1:2] + SUB_ITEMS[3:],
    )
    return Scene((before, [bare]))


def section_change() -> Scene:
    """The first week of the new sections, on a desk that leads with Prime."""
    *before, newest = history([2_100, 6_857], [-900, -2_951], last="2022-04-08")
    old = [scaled(record, PARTS["TSEPrime"], section="TSE1st") for record in before[-60:]]
    return Scene((old, release(newest)), headline_section="TSEPrime")


def section_second_week() -> Scene:
    """The second week of the new sections: the series begins with the first."""
    weeks = history([6_857, 863], [-2_951, -178], last="2022-04-15")
    prime = [scaled(record, PARTS["TSEPrime"], section="TSEPrime") for record in weeks[-2:]]
    return Scene(([*weeks[:-1], prime[0]], [prime[1]]), headline_section="TSEPrime")


def huge() -> Scene:
    """A hundred times the largest week there ever was."""
    *before, newest = history([5_000_000, 12_345_678], [-3_000_000, -10_000_000])
    return Scene((before, release(newest)))


def tiny() -> Scene:
    """Less than 1億円 either way."""
    *before, newest = history([3, -2], [3, 2])
    small = a_record(newest.end_date, foreigners=pair(99_999), individuals=pair(-1))
    return Scene((before, release(small)))


def start() -> Scene:
    """The newest release when monitoring begins."""
    *before, newest = history([1_220, 380], [-770, -110])
    return Scene((before, release(newest)), occasion=Occasion.START)


def addition() -> Scene:
    """The growth market came an hour after the rest."""
    *before, newest = history([1_220, 380], [-770, -110])
    late = [row for row in release(newest) if row.section == "TSEGrowth"]
    on_time = [row for row in release(newest) if row.section != "TSEGrowth"]
    return Scene(([*before, *on_time], late), occasion=Occasion.ADDITION)


def two_weeks() -> Scene:
    """Two weeks published on one day."""
    *before, first, second = history([1_220, 380, -640], [-770, -110, 290])
    day = second.published_date
    rows = [replace(row, published_date=day) for record in (first, second) for row in release(record)]
    return Scene((before, rows))


def unknown_section() -> Scene:
    """A section that nobody has seen before, with a hostile name."""
    *before, newest = history([1_220, 380], [-770, -110])
    name = 'A&B <!channel> "q" *b* _i_ ~s~ `c`'
    return Scene((before, [newest, scaled(newest, PARTS["TSEGrowth"], section=name)]))


def everything_missing() -> Scene:
    """Many sections lack their volume, more than a message can name."""
    *before, newest = history([1_220, 380], [-770, -110])
    return Scene((before, [newest]), missing=tuple(Gap(f"Section{n:02}", Measure.VOLUME) for n in range(30)))


def sections_beyond_room() -> Scene:
    """More sections than a message has room for."""
    *before, newest = history([1_220, 380], [-770, -110])
    others = [scaled(newest, PARTS["TSEGrowth"], section=f"Section{n:02}") for n in range(12)]
    return Scene((before, [newest, *others]))
