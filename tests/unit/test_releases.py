"""What received rows are to the vintages that are stored: news with a role, nothing new, or a contradiction."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from investor_flows.model import JST, Measure, Record, Vintage
from investor_flows.news import News, Release, Role
from investor_flows.releases import CONFLICT, find_news, fingerprint, held_record, held_up, week_of

from tests.unit.builders import a_record, a_revision

NOW = datetime(2026, 11, 19, 18, 1, tzinfo=JST)
A = a_record("2026-11-13")
B = replace(a_revision(A, Foreigners=(1, 2)), published_date=A.published_date)
C = replace(a_revision(A, Individuals=(3, 4)), published_date=A.published_date)


def later(record: Record, days: int = 7) -> Record:
    """The same figures, published so many days after A."""
    return replace(record, published_date=A.published_date + timedelta(days=days))


def found(received: Sequence[Record], *stored: Record | Vintage) -> list[News]:
    """The news among received records; none of them may be held."""
    news, held = find_news(received, _weeks(stored), NOW)
    assert held == []
    return news


def roles(received: Sequence[Record], *stored: Record | Vintage) -> list[tuple[Record, Role]]:
    return [(item.vintage.record, item.role) for item in found(received, *stored)]


def _weeks(stored: Sequence[Record | Vintage]) -> dict[tuple[str, Measure, date], list[Vintage]]:
    weeks = defaultdict(list)
    for each in stored:
        vintage = each if isinstance(each, Vintage) else Vintage(each, NOW - timedelta(days=3))
        weeks[week_of(vintage.record)].append(vintage)
    return weeks


def test_a_week_that_is_not_stored_is_initial() -> None:
    assert roles([A]) == [(A, Role.INITIAL)]


def test_a_stored_row_is_no_news() -> None:
    assert found([A], A) == []


def test_a_row_that_comes_twice_is_one() -> None:
    assert roles([A, A]) == [(A, Role.INITIAL)]


def test_weeks_sections_and_measures_are_kept_apart() -> None:
    others = [a_record("2026-11-06"), a_record(section="TSEPrime"), a_record(measure=Measure.VOLUME)]

    assert {role for _, role in roles([A, *others])} == {Role.INITIAL}
    assert found([A], A, *others) == []


def test_a_vintage_was_first_seen_now() -> None:
    [item] = found([A])

    assert item.vintage == Vintage(A, NOW)


# Later published dates.


def test_a_later_published_date_with_other_figures_is_a_revision() -> None:
    assert roles([A, later(B)], A) == [(later(B), Role.REVISED)]


def test_a_later_published_date_with_the_same_figures_is_repeated() -> None:
    assert roles([A, later(A)], A) == [(later(A), Role.REPEATED)]


def test_a_corrected_start_date_is_a_revision_and_no_other_week() -> None:
    moved = replace(later(A), start_date=A.start_date - timedelta(days=3))

    assert roles([A, moved], A) == [(moved, Role.REVISED)]


def test_going_back_to_the_first_figures_is_a_second_revision() -> None:
    assert roles([A, later(B, 7), later(A, 14)], A, later(B, 7)) == [(later(A, 14), Role.REVISED)]


def test_a_revision_is_compared_with_the_one_before_it_and_not_with_the_first() -> None:
    assert roles([later(B, 14)], A, later(B, 7)) == [(later(B, 14), Role.REPEATED)]


def test_all_vintages_of_a_week_may_come_at_once_in_any_order() -> None:
    history = [A, later(B, 7), later(A, 14)]

    for received in permutations(history):
        assert roles(received) == list(zip(history, [Role.INITIAL, Role.REVISED, Role.REVISED], strict=True))


def test_the_first_vintage_of_a_week_that_comes_late_completes_the_history() -> None:
    assert roles([A, later(B)], later(B)) == [(A, Role.EARLIER)]


def test_a_revision_that_comes_after_the_one_that_superseded_it_completes_the_history() -> None:
    assert roles([later(B, 7)], A, later(C, 14)) == [(later(B, 7), Role.EARLIER)]


# The same published date.


def test_other_figures_under_the_same_dates_are_a_restatement_beside_the_first() -> None:
    [item] = found([B], A)

    assert (item.role, item.vintage) == (Role.RESTATED, Vintage(B, NOW, restatement=1))


def test_going_back_to_the_first_figures_under_the_same_dates_is_a_second_restatement() -> None:
    [item] = found([A], A, Vintage(B, NOW, restatement=1))

    assert (item.role, item.vintage) == (Role.RESTATED, Vintage(A, NOW, restatement=2))


def test_the_newest_restatement_is_no_news() -> None:
    assert found([B], Vintage(B, NOW, restatement=1), A) == []


@pytest.mark.parametrize("received", [[A, B], [B, A]])
def test_a_restated_row_that_comes_beside_the_old_one_is_a_restatement(received: list[Record]) -> None:
    [item] = found(received, A)

    assert (item.role, item.vintage) == (Role.RESTATED, Vintage(B, NOW, restatement=1))


@pytest.mark.parametrize("received", [[A, B], [B, A]])
def test_an_old_and_a_restated_row_that_go_on_coming_together_are_no_news(received: list[Record]) -> None:
    assert found(received, A, Vintage(B, NOW, restatement=1)) == []


def test_a_restated_row_of_a_superseded_vintage_is_a_restatement() -> None:
    [item] = found([B, later(C)], A, later(C))

    assert item.role is Role.RESTATED


def test_another_start_date_under_the_same_published_date_is_a_restatement() -> None:
    moved = replace(A, start_date=A.start_date - timedelta(days=3))

    [item] = found([moved], A)

    assert (item.role, item.vintage) == (Role.RESTATED, Vintage(moved, NOW, restatement=1))
    assert found([moved], A, item.vintage) == []


def test_another_end_date_is_another_week() -> None:
    assert roles([a_record("2026-11-12", published=A.published_date)], A)[0][1] is Role.INITIAL


def test_unknown_fields_make_no_news() -> None:
    assert found([replace(A, extra='{"New": 1}')], A) == []


# Contradictions.


@pytest.mark.parametrize("received", [[A, B], [B, A], [A, B, A]])
def test_two_rows_of_one_answer_that_contradict_each_other_are_both_held(received: list[Record]) -> None:
    news, held = find_news(received, {}, NOW)

    assert news == []
    assert {row.reason for row in held} == {CONFLICT}
    assert {row.raw for row in held} == {repr(A), repr(B)}
    assert {(row.section, row.end_date, row.published_date) for row in held} == {
        (A.section, A.end_date, A.published_date)
    }


def test_two_new_rows_that_contradict_each_other_beside_the_stored_one_are_held() -> None:
    news, held = find_news([A, B, C], _weeks([A]), NOW)

    assert news == []
    assert {row.raw for row in held} == {repr(B), repr(C)}


def test_two_start_dates_of_one_week_in_one_answer_contradict_each_other() -> None:
    moved = replace(A, start_date=A.start_date - timedelta(days=3))

    news, held = find_news([A, moved], {}, NOW)

    assert (news, len(held)) == ([], 2)


def test_a_contradiction_holds_its_own_rows_alone() -> None:
    other = a_record(section="TSEPrime")

    news, held = find_news([A, other, B], {}, NOW)

    assert [item.vintage.record for item in news] == [other]
    assert len(held) == 2


# Fingerprints.


def test_equal_rows_have_equal_fingerprints_and_others_have_not() -> None:
    rows = [A, B, later(A), a_record(section="TSEPrime"), a_record(measure=Measure.VOLUME)]
    rows += [replace(A, start_date=A.start_date - timedelta(days=1)), replace(A, extra="{}")]

    assert fingerprint(A) == fingerprint(a_record("2026-11-13"))
    assert len({fingerprint(row) for row in rows}) == len(rows)


def test_each_of_two_contradictions_is_held() -> None:
    other = a_record("2026-11-06")
    rows = [A, B, other, replace(a_revision(other, Foreigners=(1, 2)), published_date=other.published_date)]

    news, held = find_news(rows, {}, NOW)

    assert news == []
    assert sorted(str(row.end_date) for row in held) == ["2026-11-06"] * 2 + ["2026-11-13"] * 2


def test_a_record_that_is_held_keeps_its_measure() -> None:
    assert held_record(replace(A, measure=Measure.VOLUME), CONFLICT).measure is Measure.VOLUME


def test_a_held_row_is_known_by_what_was_received_for_whatever_reason_it_is_held() -> None:
    held = held_record(A, CONFLICT)

    assert fingerprint(replace(held, reason="another")) == fingerprint(held)
    assert fingerprint(replace(held, raw="another")) != fingerprint(held)


def test_a_week_of_any_release_that_waits_holds_up_a_later_row_of_it() -> None:
    weeks = [A, a_record("2026-11-06"), later(A, 14)]
    first, second, third = (Release(each.published_date, (News(Vintage(each, NOW), Role.INITIAL),)) for each in weeks)

    assert held_up([first, second, third], [first, second]) == [first, second, third]
    assert held_up([first, second, third], [second]) == [second]
