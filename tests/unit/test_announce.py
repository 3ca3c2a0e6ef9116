"""Announcing: word it, publish it in each language, and only then mark it told; a poisoned one stops no other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from investor_flows.announce import Outcome, announce, announce_all
from investor_flows.announcements import Announcement
from investor_flows.message import Message
from investor_flows.poll import poll
from investor_flows.recall import Recall
from investor_flows.summary import Summary, summarise

from tests.unit.fake_store import FakeStore
from tests.unit.publishing import NEXT, a_week, after, corrected, monitored

NOW = after(a_week(NEXT)[0], minutes=2)
EARLIER = a_week(NEXT)[0].published_date - timedelta(days=1)


class FakeTopic:
    """Keeps what is published, unless it is down."""

    def __init__(self) -> None:
        self.published: list[str] = []
        self.down = False
        self.takes = 1_000  # so many messages, and then it is down

    def publish(self, message: Message) -> None:
        """Publish, or raise."""
        if self.down or len(self.published) == self.takes:
            raise ConnectionError("the topic is down")
        self.published.append(message.subject)


class FakeWording:
    """Says the receipt and its language, if that is another; has no words for the receipts that are poison."""

    def __init__(self, *poison: str, language: str = "") -> None:
        self.poison = poison
        self.language = language
        self.summaries: list[Summary] = []

    def message(self, summary: Summary) -> Message:
        """Word a summary."""
        if summary.announcement.receipt in self.poison:
            raise ValueError("no words for this")
        self.summaries.append(summary)
        return Message(f"{summary.announcement.receipt}{self.language}", "", {}, {})


def owing() -> tuple[FakeStore, Announcement, Announcement]:
    """A store that owes readers a correction and a new week."""
    source, store = monitored()
    source.publish(*a_week(NEXT), *corrected(a_week(), EARLIER))
    poll(source, store, after(a_week(NEXT)[0]))
    _, correction, release = store.owed
    return store, correction, release


def telling(
    store: FakeStore, topic: FakeTopic, wording: FakeWording | None = None
) -> Callable[[Announcement], Outcome]:
    wordings = {"ja": wording or FakeWording()}
    return partial(
        announce, store=store, history=store, topic=topic, wordings=wordings, headline_section="TokyoNagoya", now=NOW
    )


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


def test_the_announcements_of_a_batch_read_a_series_once() -> None:
    store, correction, release = owing()
    batch = [release, replace(release, receipt="rel-again"), correction, replace(correction, receipt="rev-again")]
    history = Recall(store)
    store.reads = 0

    summaries = [summarise(each, history, "TokyoNagoya") for each in batch]

    assert [bool(summary.statistics) for summary in summaries] == [True] * 4
    assert store.reads == 1 + len(correction.keys)  # the headline's series, and the weeks of each corrected one


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


def telling_in(store: FakeStore, topic: FakeTopic, *languages: str) -> Callable[[Announcement], Outcome]:
    wordings = {language: FakeWording(language=f" {language}") for language in languages}
    return partial(
        announce, store=store, history=store, topic=topic, wordings=wordings, headline_section="TokyoNagoya", now=NOW
    )


def test_an_announcement_is_told_once_in_each_language() -> None:
    store, _, release = owing()
    topic = FakeTopic()
    tell = telling_in(store, topic, "ja", "en")

    told = [tell(release), tell(release)]

    assert told == [Outcome.TOLD, Outcome.TOLD_BEFORE]
    assert topic.published == [f"{release.receipt} ja", f"{release.receipt} en"]


def test_what_was_told_in_one_language_stays_owed_and_repeats_none_that_is_known_to_be_told() -> None:
    store, _, release = owing()
    topic = FakeTopic()
    topic.takes = 1
    with pytest.raises(ConnectionError):
        telling_in(store, topic, "ja", "en")(release)
    owed = store.told_in(release)
    topic.takes = 3

    again = telling_in(store, topic, "ja", "en")(release)

    assert (owed, again, store.told_in(release)) == ({"ja"}, Outcome.TOLD, None)
    assert topic.published == [f"{release.receipt} ja", f"{release.receipt} en"]


def test_what_is_left_of_two_languages_is_settled_where_only_the_told_one_is_wanted_any_more() -> None:
    store, _, release = owing()
    topic = FakeTopic()
    store.note_told(release, "ja")

    telling_in(store, topic, "ja")(release)

    assert (topic.published, store.told_in(release)) == ([], None)


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
