"""What a summary knows of corrections: what they go back to, and which week's message they change."""

from dataclasses import replace
from datetime import date

from investor_flows.announcements import Kind
from investor_flows.wording.leads import leads

from tests.unit.builders import a_revision, a_series, pair
from tests.unit.scenes import Scene


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
    assert {effect.name for _, effect in correction.effects} >= {"streak", "ways"}
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
