"""Announcing a batch of the stream: each is told, a poisoned one stops no other, and a series is read once."""

from dataclasses import replace

import pytest
from investor_flows.announce import Outcome, announce_all
from investor_flows.recall import Recall
from investor_flows.summary import summarise

from tests.unit.announcing import FakeTopic, FakeWording, owing, telling


def test_the_announcements_of_a_batch_read_a_series_once() -> None:
    store, correction, release = owing()
    batch = [release, replace(release, receipt="rel-again"), correction, replace(correction, receipt="rev-again")]
    history = Recall(store)
    store.reads = 0

    summaries = [summarise(each, history, "TokyoNagoya") for each in batch]

    assert [bool(summary.statistics) for summary in summaries] == [True] * 4
    assert store.reads == 1 + len(correction.keys)  # the headline's series, and the weeks of each corrected one


def test_every_announcement_of_a_batch_is_told() -> None:
    store, correction, release = owing()
    topic = FakeTopic()

    told = announce_all([correction, release], telling(store, topic))

    assert topic.published == [correction.receipt, release.receipt]
    assert told == [(receipt, Outcome.TOLD) for receipt in topic.published]


def test_receipts_that_were_told_before_are_reported_as_such() -> None:
    store, correction, release = owing()
    tell = telling(store, FakeTopic())
    tell(correction)

    told = announce_all([correction, release, release], tell)

    assert [outcome for _, outcome in told] == [Outcome.TOLD_BEFORE, Outcome.TOLD, Outcome.TOLD_BEFORE]


@pytest.mark.parametrize("poisoned", [1, 2])
def test_a_poisoned_announcement_stops_no_other_and_is_raised(poisoned: int) -> None:
    store, *owed = owing()
    poison, [other] = owed[poisoned - 1], [each for each in owed if each is not owed[poisoned - 1]]
    topic = FakeTopic()

    with pytest.raises(ExceptionGroup, match=poison.receipt) as raised:
        announce_all(owed, telling(store, topic, FakeWording(poison.receipt)))

    assert topic.published == [other.receipt]
    assert [str(error) for error in raised.value.exceptions] == ["no words for this"]
    assert (store.told_in(poison), store.told_in(other)) == (set(), None)


def test_all_failures_of_a_batch_are_raised_together() -> None:
    store, correction, release = owing()
    wording = FakeWording(correction.receipt, release.receipt)

    with pytest.raises(ExceptionGroup) as raised:
        announce_all([correction, release], telling(store, FakeTopic(), wording))

    assert len(raised.value.exceptions) == 2
    assert raised.value.message == (
        f"not told, the stream brings them back: {correction.receipt} (ValueError), {release.receipt} (ValueError)"
    )


def test_an_empty_batch_tells_nothing() -> None:
    store, *_ = owing()

    assert announce_all([], telling(store, FakeTopic())) == []
