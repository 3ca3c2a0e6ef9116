"""Rows that contradict each other, and rows that are only odd."""

from dataclasses import replace

import pytest
from investor_flows.announcements import Gap, Occasion
from investor_flows.model import INVESTOR_TYPES, Record
from investor_flows.poll import poll
from investor_flows.releases import CONFLICT

from tests.unit.held_week import BAD, GOOD, MINUTE, RELEASED, WEEK, with_rows
from tests.unit.publishing import (
    NEXT,
    a_week,
    after,
    broken,
    monitored,
    poll_quietly,
    records_of,
    restated,
    told,
)


def test_rows_that_contradict_each_other_are_held_and_stop_no_other() -> None:
    source, store = monitored()
    source.publish(*WEEK, *restated([BAD]))

    report = poll(source, store, RELEASED)

    assert (report.held, report.new, report.announced) == (2, 3, 1)
    assert records_of(store) == set(GOOD)
    assert store.owed[-1].held == (Gap(BAD.section, BAD.measure, CONFLICT),)


def test_a_contradiction_that_stays_is_counted_once_and_writes_nothing() -> None:
    source, store = with_rows(*WEEK, *restated([BAD]))

    report = poll_quietly(source, store, RELEASED + MINUTE)

    assert (report.held, report.announced) == (0, 0)


@pytest.mark.parametrize("right", [BAD, *restated([BAD])], ids=["the first", "the second"])
def test_a_contradiction_that_is_resolved_flows(right: Record) -> None:
    source, store = with_rows(*WEEK, *restated([BAD]))
    source.replace([BAD, *restated([BAD])], [right])

    report = poll(source, store, RELEASED + MINUTE)

    assert (report.new, report.announced) == (1, 1)
    assert records_of(store) == {right}
    assert told(store)[-1][0] is Occasion.ADDITION
    poll_quietly(source, store, RELEASED + 2 * MINUTE)


def test_a_row_that_breaks_an_unproven_identity_is_told_and_the_doubt_is_reported_once() -> None:
    source, store = monitored()
    odd, *rest = a_week(NEXT)
    figures = list(odd.figures)
    figures[2 * INVESTOR_TYPES.index("ForeignIndividuals")] = 1
    source.publish(replace(odd, figures=tuple(figures)), *rest)

    report, again = (poll(source, store, after(odd, minutes)) for minutes in (1, 2))

    assert (report.announced, report.held, again.doubts) == (1, 0, ())
    assert report.doubts == (
        f"{odd.section} value to {NEXT}: ForeignersSales is not ForeignInstitutionsSales + ForeignIndividualsSales",
    )


def test_a_held_row_is_given_to_the_store_once() -> None:
    source, store = monitored()
    source.publish(broken(a_week(NEXT)[0]))
    poll(source, store, after(a_week(NEXT)[0]))
    written = list[str]()
    store.meanwhile = lambda: written.append("a write")

    poll(source, store, after(a_week(NEXT)[0], minutes=1))

    assert written == []
