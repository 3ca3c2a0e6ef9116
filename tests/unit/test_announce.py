"""Announcing: word it, publish it, and only then mark it told."""

import pytest
from investor_flows.announce import Outcome, announce, announce_all

from tests.unit.announcing import NOW, FakeTopic, FakeWording, owing, telling
from tests.unit.publishing import NEXT


def test_an_announcement_is_told_once_and_then_no_more() -> None:
    store, _, release = owing()
    topic = FakeTopic()
    tell = telling(store, topic)

    told = [tell(release), tell(release)]

    assert told == [Outcome.TOLD, Outcome.TOLD_BEFORE]
    assert topic.published == [release.receipt]
    assert store.told_at[release.receipt] == NOW


def test_the_message_is_made_of_what_was_announced() -> None:
    store, _, release = owing()
    wording = FakeWording()

    telling(store, FakeTopic(), wording)(release)

    [summary] = wording.summaries
    assert summary.announcement == release
    assert summary.headline
    assert (summary.headline.section, summary.headline.end_date) == ("TokyoNagoya", NEXT)


def test_the_headline_is_of_the_section_that_is_asked_for() -> None:
    store, _, release = owing()
    wording = FakeWording()

    announce(release, store, store, FakeTopic(), {"ja": wording}, "TSEPrime", NOW)

    [summary] = wording.summaries
    assert summary.headline
    assert summary.headline.section == "TSEPrime"


def test_what_the_topic_did_not_take_is_still_owed() -> None:
    store, _, release = owing()
    topic = FakeTopic()
    topic.down = True

    with pytest.raises(ConnectionError):
        telling(store, topic)(release)

    assert store.told_in(release) == set()


def test_a_crash_after_publishing_repeats_the_message_under_the_same_receipt() -> None:
    store, _, release = owing()
    topic = FakeTopic()
    store.mark_faults = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        telling(store, topic)(release)

    again = telling(store, topic)(release)

    assert again is Outcome.TOLD
    assert topic.published == [release.receipt] * 2


def test_a_mark_that_fails_is_made_again_and_the_message_stays_one() -> None:
    store, _, release = owing()
    topic = FakeTopic()
    store.mark_faults = [ConnectionError()]
    tell = telling(store, topic)

    outcomes = [tell(release), tell(release)]

    assert outcomes == [Outcome.TOLD, Outcome.TOLD_BEFORE]
    assert topic.published == [release.receipt]


def test_a_message_that_is_out_is_not_raised_for_its_mark_or_the_stream_would_repeat_it() -> None:
    store, _, release = owing()
    store.mark_faults = [ConnectionError()] * 5

    told = announce_all([release], telling(store, FakeTopic()))

    assert told == [(release.receipt, Outcome.UNNOTED)]
    assert store.told_in(release) == set(), "a later poll offers it again"
