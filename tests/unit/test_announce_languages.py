"""Announcing in two languages: each is noted by itself, and a crash between them repeats none."""

from collections.abc import Callable
from functools import partial

import pytest
from investor_flows.announce import Outcome, announce
from investor_flows.announcements import Announcement

from tests.unit.announcing import NOW, FakeTopic, FakeWording, owing
from tests.unit.fake_store import FakeStore


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
