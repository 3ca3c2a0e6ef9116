"""What readers are owed for a release: its kind, what it carries, and a receipt that is always the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from investor_flows.announcements import Gap, Kind, Occasion
from investor_flows.model import JST, Measure, Record, Vintage
from investor_flows.news import News, Release, Role
from investor_flows.releases import announcement, by_kind

from tests.unit.builders import LAST, a_record, a_revision

NOW = datetime(2026, 11, 19, 18, 1, tzinfo=JST)


def both(section: str = "TokyoNagoya", end_date: str = "2026-11-13") -> list[Record]:
    """Value and volume of a section's week."""
    return [a_record(end_date, section=section, measure=measure) for measure in Measure]


def news(records: Sequence[Record], role: Role = Role.INITIAL) -> list[News]:
    return [News(Vintage(record, NOW, restatement=role is Role.RESTATED), role) for record in records]


def a_release(records: Sequence[Record], role: Role = Role.INITIAL) -> Release:
    return Release(records[0].published_date, tuple(news(records, role)))


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.INITIAL, Kind.RELEASE),
        (Role.EARLIER, Kind.RELEASE),
        (Role.REVISED, Kind.REVISION),
        (Role.REPEATED, Kind.REVISION),
        (Role.RESTATED, Kind.RESTATEMENT),
    ],
)
def test_the_kind_follows_from_the_role(role: Role, kind: Kind) -> None:
    assert announcement(a_release(both(), role), Occasion.NEW, NOW).kind is kind


def test_a_new_week_corrections_and_restatements_are_told_apart_and_what_is_lacking_once() -> None:
    roles = zip([Role.RESTATED, Role.INITIAL, Role.REVISED], both() + both("TSEPrime"), strict=False)
    items = [item for role, record in roles for item in news([record], role)]
    gaps = (Gap("TSEPrime", Measure.VOLUME),), (Gap("TSEGrowth", Measure.VALUE, "held"),)

    apart = by_kind(Release(LAST, tuple(items), *gaps))

    assert [[item.role for item in each.news] for each in apart] == [[Role.INITIAL], [Role.REVISED], [Role.RESTATED]]
    assert [(each.missing, each.held) for each in apart] == [gaps, ((), ()), ((), ())]


def test_an_announcement_carries_what_the_release_has_and_lacks() -> None:
    gaps = (Gap("TSEPrime", Measure.VOLUME),), (Gap("TSEGrowth", Measure.VALUE, "held"),)
    release = replace(a_release(both()), missing=gaps[0], held=gaps[1])

    made = announcement(release, Occasion.ADDITION, NOW)

    assert made.keys == tuple(item.vintage.key for item in release.news)
    assert (made.missing, made.held) == gaps
    assert (made.occasion, made.published_date, made.first_seen_at) == (
        Occasion.ADDITION,
        release.published_date,
        NOW,
    )


def test_the_receipt_says_kind_and_date() -> None:
    release, revision = a_release(both()), a_release(both(), Role.REVISED)

    assert announcement(release, Occasion.NEW, NOW).receipt.startswith("rel-2026-11-19-")
    assert announcement(revision, Occasion.NEW, NOW).receipt.startswith("rev-2026-11-19-")


def test_the_same_news_has_the_same_receipt_whenever_and_in_whatever_order_it_is_seen() -> None:
    items = news([*both(), *both("TSEPrime")])
    later = [replace(item, vintage=replace(item.vintage, first_seen_at=NOW + timedelta(days=1))) for item in items]

    receipts = {
        announcement(Release(LAST, order), occasion, now).receipt
        for order in [*permutations(items), tuple(later)]
        for occasion in Occasion
        for now in (NOW, NOW + timedelta(days=1))
    }

    assert len(receipts) == 1


def test_other_news_has_another_receipt() -> None:
    value, volume = both()
    other = a_revision(value, Foreigners=(1, 2))
    releases = [a_release([value]), a_release([value, volume]), a_release([other]), a_release([value], Role.RESTATED)]

    assert len({announcement(release, Occasion.NEW, NOW).receipt for release in releases}) == len(releases)


def test_receipts_stay_what_they_were_in_earlier_versions() -> None:
    """An upgrade that made other receipts of the same news would tell it again."""
    assert announcement(a_release(both()), Occasion.NEW, NOW).receipt == "rel-2026-11-19-b43c4895"
