"""A release: what belongs to it, what it lacks, what of it is held, and the parts that it is stored in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from investor_flows.announcements import Gap
from investor_flows.model import JST, Held, Measure, Record, Vintage
from investor_flows.news import News, Release, Role
from investor_flows.releases import LARGEST_PART, by_release, parts

from tests.unit.builders import LAST, a_record, a_revision, trading_weeks

NOW = datetime(2026, 11, 19, 18, 1, tzinfo=JST)
SECTIONS = ("TSEPrime", "TSEStandard", "TokyoNagoya")


def both(section: str = "TokyoNagoya", end_date: str = "2026-11-13") -> list[Record]:
    """Value and volume of a section's week."""
    return [a_record(end_date, section=section, measure=measure) for measure in Measure]


def news(records: Sequence[Record], role: Role = Role.INITIAL) -> list[News]:
    return [News(Vintage(record, NOW, restatement=role is Role.RESTATED), role) for record in records]


def a_release(records: Sequence[Record], role: Role = Role.INITIAL) -> Release:
    return Release(records[0].published_date, tuple(news(records, role)))


def a_held(record: Record, reason: str = "ForeignersTotal is missing") -> Held:
    return Held("{}", record.measure, reason, record.section, record.end_date, record.published_date)


def corrections(count: int) -> list[Record]:
    """Corrections of so many weeks, all published on one date, by value and by volume."""
    return [
        replace(record, published_date=LAST)
        for end in trading_weeks(LAST - timedelta(days=7), count)
        for record in both(end_date=end.isoformat())
    ]


# What belongs together.


def test_a_release_is_what_was_published_on_one_date() -> None:
    this, last = both(), both(end_date="2026-11-06")
    correction = replace(last[0], published_date=this[0].published_date)

    old, new = by_release(news([*this, correction, *last]), [*this, correction, *last], [])

    assert [item.vintage.record for item in old.news] == last
    assert [item.vintage.record for item in new.news] == [*this, correction]
    assert old.published_date < new.published_date


def test_no_news_is_no_release() -> None:
    assert by_release([], both(), [a_held(a_record())]) == []


def test_a_section_with_value_and_volume_lacks_nothing() -> None:
    [release] = by_release(news(both()), both(), [])

    assert (release.missing, release.held) == ((), ())


@pytest.mark.parametrize("lacking", Measure)
def test_a_section_that_came_by_one_measure_alone_lacks_the_other(lacking: Measure) -> None:
    received = [*both("TokyoNagoya"), *(row for row in both("TSEPrime") if row.measure is not lacking)]

    [release] = by_release(news(received), received, [])

    assert release.missing == (Gap("TSEPrime", lacking),)


def test_what_came_before_is_not_missing() -> None:
    value, volume = both()

    [release] = by_release(news([volume]), [value, volume], [])

    assert release.missing == ()


def test_a_held_row_is_named_with_its_reason_and_is_not_missing() -> None:
    value, volume = both()
    held = a_held(volume)

    [release] = by_release(news([value]), [value, held], [])

    assert release.missing == ()
    assert release.held == (Gap("TokyoNagoya", Measure.VOLUME, held.reason),)


def test_rows_that_contradict_each_other_are_held_and_not_missing() -> None:
    value, volume = both()

    [release] = by_release(news([value]), [value, volume], [a_held(volume, "conflict")])

    assert release.missing == ()
    assert release.held == (Gap("TokyoNagoya", Measure.VOLUME, "conflict"),)


def test_what_is_missing_or_held_elsewhere_does_not_touch_a_release() -> None:
    held, [other, _] = a_held(a_record("2026-11-06")), both("TSEPrime", "2026-11-06")

    [release] = by_release(news(both()), [*both(), other, held], [])

    assert (release.missing, release.held) == ((), ())


def test_a_held_row_whose_section_cannot_be_read_is_named_all_the_same() -> None:
    held = replace(a_held(a_record()), section=None)

    [release] = by_release(news(both()), [*both(), held], [])

    assert [gap.section for gap in release.held] == ["?"]


@pytest.mark.parametrize("role", [Role.REVISED, Role.RESTATED, Role.REPEATED, Role.EARLIER])
def test_a_correction_of_value_alone_lacks_no_volume(role: Role) -> None:
    correction = a_revision(a_record(), Foreigners=(1, 2))

    [release] = by_release(news([correction], role), [*both(), correction], [])

    assert release.missing == ()


def test_held_rows_are_named_in_the_same_order_whatever_the_order_they_came_in() -> None:
    held = [a_held(a_record(section=section), reason) for section in SECTIONS for reason in "ab"]

    orders = {
        by_release(news(both()), [*both(), *rows], [])[0].held for rows in (held, held[::-1], held[2:] + held[:2])
    }

    assert len(orders) == 1


def test_a_row_that_is_held_of_a_later_day_is_named_with_that_day_s_release() -> None:
    later = a_held(replace(a_record(section="TSEPrime"), published_date=date(2026, 11, 26)), "b")

    [release] = by_release(news(both()), [*both(), later], [])

    assert release.held == ()


# Parts.


def test_a_release_of_the_usual_size_is_one_part() -> None:
    release = a_release([row for section in SECTIONS for row in both(section)])

    [part] = parts(release)

    assert set(part.news) == set(release.news)


@pytest.mark.parametrize("count", [1, 42, 43, 44, 86, 87, 136])
def test_parts_fit_a_transaction_and_lose_nothing(count: int) -> None:
    release = a_release(corrections(count))

    cut = parts(release)

    assert max(len(part.news) for part in cut) <= LARGEST_PART
    assert sorted(map(repr, release.news)) == sorted(repr(item) for part in cut for item in part.news)
    assert len(cut) == -(-len(release.news) // LARGEST_PART)


@pytest.mark.parametrize("odd", [0, 1])
def test_value_and_volume_of_a_week_are_in_the_same_part(odd: int) -> None:
    cut = parts(a_release(corrections(100)[odd:]))

    weeks = [{item.vintage.record.end_date for item in part.news} for part in cut]

    assert len(cut) > 2
    assert sum(map(len, weeks)) == len(set.union(*weeks))


def test_every_part_says_what_the_release_lacks() -> None:
    gaps = (Gap("TSEPrime", Measure.VOLUME),), (Gap("TSEGrowth", Measure.VALUE, "held"),)
    release = replace(a_release(corrections(100)), missing=gaps[0], held=gaps[1])

    assert {(part.missing, part.held) for part in parts(release)} == {gaps}


def test_the_order_of_the_news_changes_no_part() -> None:
    release = a_release(corrections(100))

    assert parts(replace(release, news=release.news[::-1])) == parts(release)
