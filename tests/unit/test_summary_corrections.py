"""What a summary knows of corrections: what they go back to, and which week's message they change."""

from dataclasses import replace
from datetime import date

import pytest
from investor_flows.announcements import Kind
from investor_flows.corrections import value_first
from investor_flows.model import Measure
from investor_flows.wording.leads import leads

from tests.unit.builders import a_revision, a_series, pair
from tests.unit.golden_cases import told
from tests.unit.scenes import PARTS, Scene, history, in_shares, scaled

SECTIONS, SHARE = ("Xetra", "TSEPrime", "TokyoNagoya"), PARTS["TSEPrime"]


def test_a_revision_that_goes_back_names_when_its_figures_were_published() -> None:
    [record] = a_series([500])
    first = a_revision(record, "2026-11-26", Foreigners=pair(700))
    back = replace(record, published_date=date(2026, 12, 3))

    [revision] = Scene(([record], [first], [back])).summary().revisions

    assert revision.returns_to == record.published_date


def test_a_revision_to_new_figures_goes_back_to_nothing() -> None:
    [record] = a_series([500])
    first = a_revision(record, "2026-11-26", Foreigners=pair(700))
    second = a_revision(record, "2026-12-03", Foreigners=pair(800))

    [revision] = Scene(([record], [first], [second])).summary().revisions

    assert revision.returns_to is None


def test_a_restatement_of_a_restatement_can_go_back_too() -> None:
    [record] = a_series([500])
    other = a_revision(record, record.published_date, Foreigners=pair(700))
    days = {1: date(2026, 11, 20), 2: date(2026, 11, 21)}

    [revision] = Scene(([record], [other], [record]), seen=days).summary().revisions

    assert revision.returns_to == record.published_date


def test_effects_of_a_correction_beside_a_new_week_are_on_what_was_told_before() -> None:
    """The new week has a message of its own, with figures that are right from the first."""
    weeks = a_series([500, 600, 700, 800])
    revised = a_revision(weeks[-2], weeks[-1].published_date, Foreigners=pair(-1))
    scene = Scene((weeks[:-1], [weeks[-1], revised]))

    correction, release = (scene.summary(kind) for kind in (Kind.REVISION, Kind.RELEASE))

    assert {each.end_date for each in correction.statistics} == {weeks[-2].end_date}
    assert correction.chart[-1].record == revised
    assert {effect.name for _, effect in correction.effects} >= {"streak", "directions"}
    assert [week.record for week in release.chart][-2:] == [revised, weeks[-1]]
    assert (release.revisions, release.effects) == ((), ())


def test_the_section_that_should_lead_is_known_where_another_one_does() -> None:
    [record] = a_series([500], section="TSEPrime")

    summary = Scene(([record],)).summary()

    assert (summary.section, summary.headline_section) == ("TSEPrime", "TokyoNagoya")


def test_only_the_newest_week_has_statistics_to_lead_with() -> None:
    older, newest = (replace(record, published_date=date(2026, 11, 19)) for record in a_series([500, 600]))
    summary = Scene(([older, newest],)).summary()

    [first, second] = [leads(summary, week)[0] for week in summary.weeks]

    assert first.statistics
    assert first.statistics.end_date == newest.end_date
    assert second.statistics is None


def test_a_row_that_is_published_again_goes_back_to_nothing() -> None:
    [record] = a_series([500])
    again = replace(record, published_date=date(2026, 11, 26))

    [revision] = Scene(([record], [again])).summary().revisions

    assert (revision.changes, revision.returns_to) == ((), None)


def test_revisions_stand_by_section_value_before_volume_and_the_newest_week_first() -> None:
    weeks = [scaled(week, SHARE, section=section) for week in a_series([500, 600]) for section in SECTIONS]
    told_of = [row for week in weeks for row in (week, in_shares(week))]
    revised = [a_revision(row, "2026-11-26", Foreigners=pair(700)) for row in told_of]

    found = [revision.revised.record for revision in Scene((told_of, revised[::-1])).summary().revisions]

    assert [record.section for record in found] == [s for s in ("TokyoNagoya", "TSEPrime", "Xetra") for _ in range(4)]
    assert [record.measure for record in found[:4]] == [Measure.VALUE] * 2 + [Measure.VOLUME] * 2
    assert [record.end_date.day for record in found[:4]] == [13, 6, 13, 6]


def test_a_message_of_the_same_day_about_other_rows_is_not_what_is_corrected() -> None:
    weeks = a_series([500, 600, 700, 800])
    beside = a_revision(weeks[1], weeks[-1].published_date, Foreigners=pair(-1))
    revised = a_revision(weeks[-1], "2026-11-26", Foreigners=pair(900))

    summary = Scene((weeks[:-1], [weeks[-1], beside], [revised])).summary()

    [receipt] = summary.corrected_receipts
    assert receipt.startswith("rel-")


# A row that the vendor publishes again unchanged.


def test_what_was_told_is_corrected_though_the_row_was_published_again_in_between() -> None:
    """Nobody was told of the unchanged row: the message to correct is the one before it."""
    [record] = a_series([500])
    again = replace(record, published_date=date(2026, 11, 24))
    revised = a_revision(record, "2026-11-26", Foreigners=pair(700))
    scene = Scene(([record], [again], [revised]))

    summary = scene.summary(Kind.REVISION)

    [receipt], [revision] = summary.corrected_receipts, summary.revisions
    assert receipt.startswith(f"rel-{record.published_date}-")
    assert [prior.record for prior in revision.priors] == [record, again]
    assert "前回公表 2026-11-19 → 今回公表 2026-11-26" in str(told(scene, "ja").document["slack"])


def test_a_week_that_was_published_again_unchanged_has_no_mark_in_the_chart() -> None:
    weeks = a_series([500, 600])
    again = replace(weeks[0], published_date=date(2026, 11, 24))
    revised = a_revision(weeks[1], "2026-11-26", Foreigners=pair(700))

    chart = Scene((weeks, [again], [revised])).summary().chart

    assert [week.revised for week in chart] == [False, True]


# Weeks of long ago.


@pytest.mark.parametrize(
    ("published", "seen", "days"),
    [
        ("2026-11-26", "2026-11-26", "Nov 9-13"),
        ("2028-01-13", "2028-01-13", "Nov 9-13, 2026"),
        ("2026-11-19", "2028-01-13", "Nov 9-13, 2026"),  # a restatement has the old published date
    ],
)
def test_the_subject_names_the_year_of_a_week_of_long_ago(published: str, seen: str, days: str) -> None:
    [record] = a_series([500])
    revised = a_revision(record, published, Foreigners=pair(700_000_000))

    message = told(Scene(([record], [revised]), seen={1: date.fromisoformat(seen)}), "en")

    assert f" {days}: " in message.subject
    assert f"value, {days} (" in " ".join(message.email.split())


# What it changes.


def test_a_correction_that_changes_nothing_that_was_told_has_no_effects() -> None:
    weeks = a_series([500, 600])

    assert Scene((weeks, [a_revision(weeks[0], "2026-11-26", TrustBanks=pair(7))])).summary().effects == ()


def test_what_is_true_of_one_correction_is_not_said_of_all() -> None:
    weeks = history([1_310, 4_320, 1_280, 5_123])
    first = [a_revision(week, "2026-11-24", Foreigners=pair(1)) for week in weeks[-2:]]
    back = [
        a_revision(weeks[-2], "2026-11-26", Foreigners=pair(3)),
        replace(weeks[-1], published_date=date(2026, 11, 26)),
    ]

    text = " ".join(told(Scene((weeks, first, back)), "en").email.split())

    assert "Tokyo and Nagoya, value, Nov 9-13: The figures are back to those published on 2026-11-19" in text


def test_a_standing_row_leads_before_one_that_is_superseded() -> None:
    """Two weeks came under one date; both rows are rewritten, of which one was corrected since."""
    day = date(2026, 11, 19)
    older, newer = (replace(week, published_date=day) for week in a_series([500, 600]))
    standing = a_revision(newer, "2026-11-24", Foreigners=pair(9))
    rewritten = [a_revision(week, day, Foreigners=pair(7_000_000_000)) for week in (older, newer)]
    scene = Scene(([older, newer], [standing], rewritten), seen={2: date(2026, 11, 30)})

    revisions = value_first(scene.summary(Kind.RESTATEMENT).revisions)

    assert [(each.revised.record.end_date, bool(each.superseded_by)) for each in revisions] == [
        (older.end_date, False),
        (newer.end_date, True),
    ]
    assert told(scene, "ja").attributes["foreigners_net_oku"] == 70_000
