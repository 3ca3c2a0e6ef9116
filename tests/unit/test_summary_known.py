"""A message is made of what readers knew when it was made: of what came before it, whenever it is told."""

from dataclasses import replace
from datetime import date

from investor_flows.announcements import Kind
from investor_flows.flows import PeriodSum
from investor_flows.model import Record

from tests.unit.builders import a_revision, a_series, pair
from tests.unit.scenes import PARTS, Scene

SECTIONS, SHARE = ("Xetra", "TSEPrime", "TokyoNagoya"), PARTS["TSEPrime"]


def test_a_correction_that_is_told_or_replayed_later_is_still_on_what_was_told_before_it() -> None:
    """Not on the week that was told beside it, though a newer one is stored by then."""
    weeks = a_series([500, 600, 700, 800, 900])
    revised = a_revision(weeks[2], weeks[3].published_date, Foreigners=pair(-1))
    batches: tuple[list[Record], ...] = (weeks[:3], [weeks[3], revised], [weeks[4]])

    at_once, later = (Scene(batches[:count]).summary(Kind.REVISION) for count in (2, 3))

    assert at_once.chart[-1].record == revised
    assert (later.chart, later.effects, later.statistics) == (at_once.chart, at_once.effects, at_once.statistics)


def test_a_restatement_found_with_a_new_week_is_on_what_was_told_before_both() -> None:
    weeks = a_series([500, 600, 700])
    rewritten = a_revision(weeks[1], weeks[1].published_date, Foreigners=pair(-1))
    day = weeks[2].published_date

    summary = Scene((weeks[:2], [rewritten, weeks[2]]), seen={1: day}).summary(Kind.RESTATEMENT)

    assert summary.chart[-1].record == rewritten


def test_a_correction_is_not_superseded_by_what_came_after_it() -> None:
    """The vendor rewrites it within the hour; its own message, told late or again, is still about what it said."""
    weeks = a_series([500, 600])
    revised = a_revision(weeks[1], "2026-11-26", Foreigners=pair(700))
    rewritten = a_revision(weeks[1], "2026-11-26", Foreigners=pair(800))

    summary = Scene((weeks, [revised], [rewritten])).summary(Kind.REVISION)

    [revision] = summary.revisions
    assert (revision.revised.record, revision.superseded_by) == (revised, None)
    assert summary.effects


def test_a_release_that_comes_after_a_correction_under_a_later_date_knows_it() -> None:
    """The week was overdue, and keeps its date; readers have been told the correction meanwhile."""
    weeks = a_series([500, 600, 700])
    revised = a_revision(weeks[1], "2026-11-30", Foreigners=pair(-11))

    release = Scene((weeks[:2], [revised], [weeks[2]]), seen={2: date(2026, 12, 1)}).summary(Kind.RELEASE)

    [foreigners, _] = release.statistics
    assert (foreigners.streak.weeks, foreigners.change) == (1, 700 + 11)


def test_restatements_found_together_follow_each_other() -> None:
    """What the first message says that a sum has become, the second says that it was."""
    weeks = a_series([500, 600, 700])
    rewritten = [a_revision(week, week.published_date, Foreigners=pair(1)) for week in weeks[:2]]
    told_after = Scene((weeks, rewritten), seen={1: date(2026, 11, 30)}).summaries()

    restated = [each for receipt, each in told_after.items() if receipt.startswith("res")]
    [first, second] = [next(e for _, e in each.effects if e.name == "sum_4_weeks") for each in restated]

    assert [first.before, second.after] == [PeriodSum(1_800, 3, complete=False), PeriodSum(702, 3, complete=False)]
    assert first.after == second.before


def test_a_correction_that_only_an_audit_finds_tells_its_effects_on_the_newest_week_that_was_told() -> None:
    weeks = a_series([500, 600, 700])
    revised = a_revision(weeks[0], weeks[1].published_date, Foreigners=pair(-1))

    summary = Scene((weeks[:2], [weeks[2]], [revised]), seen={2: date(2026, 11, 22)}).summary()

    assert summary.chart[-1].record == weeks[2]


def test_a_correction_found_after_a_restatement_corrects_what_that_said() -> None:
    [record] = a_series([500])
    rewritten = a_revision(record, record.published_date, Foreigners=pair(600))
    revised = a_revision(record, "2026-11-24", Foreigners=pair(700))
    days = {1: date(2026, 11, 25), 2: date(2026, 11, 26)}

    summary = Scene(([record], [rewritten], [revised]), seen=days).summary()

    [revision], [receipt] = summary.revisions, summary.corrected_receipts
    assert revision.prior.record == rewritten
    assert receipt.startswith("res-")


def test_every_message_of_a_story_reads_the_same_when_all_is_stored() -> None:
    """A replay, a preview, or an announcement that the stream brings late says what readers were to be told."""
    weeks = a_series([500, -600, 700, 800, 900])
    batches: tuple[list[Record], ...] = (
        weeks[:2],
        [weeks[2], a_revision(weeks[1], weeks[2].published_date, Foreigners=pair(5))],
        [a_revision(weeks[1], weeks[2].published_date, Foreigners=pair(-5)), weeks[3]],
        [a_revision(weeks[0], weeks[0].published_date, Foreigners=pair(-1))],
        [replace(weeks[2], published_date=date(2026, 11, 24)), weeks[4]],
        [a_revision(weeks[2], "2026-11-27", Foreigners=pair(1))],
    )
    days = {2: weeks[3].published_date, 3: date(2026, 11, 20), 4: date(2026, 11, 24)}

    told = [Scene(batches[: count + 1], seen=days).summaries() for count in range(len(batches))]

    assert len(told[-1]) == 9
    assert all(told[-1][receipt] == summary for then in told for receipt, summary in then.items())


def test_a_vintage_that_is_found_later_does_not_change_what_a_correction_said() -> None:
    [record] = a_series([500])
    revised = a_revision(record, "2026-11-26", Foreigners=pair(700))
    between = a_revision(record, "2026-11-24", Foreigners=pair(600))

    [revision] = Scene(([record], [revised], [between]), seen={2: date(2026, 12, 1)}).summary(Kind.REVISION).revisions

    assert [prior.record for prior in revision.priors] == [record]
