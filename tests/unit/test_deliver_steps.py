"""A bot's delivery in steps: whatever befalls whichever call, the text, its chart and each mark come once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from investor_flows.announcements import Occasion, published_date_of
from investor_flows.deliver import LEASE, Outcome, deliver
from investor_flows.delivery_steps import CHART, Delivery, Place
from investor_flows.errors import DeliveryDelayed, DeliveryError, DeliveryRefused
from investor_flows.model import JST, Vintage
from investor_flows.news import News, Release, Role
from investor_flows.releases import announcement

from tests.unit.builders import a_record
from tests.unit.fake_board import Died, FakeBoard, Peril, PerilousDeliveries, Perils
from tests.unit.fake_slack import FakeChannel, FakeDeliveries

NOW = datetime(2026, 11, 26, 18, 1, tzinfo=JST)
FIRST, SECOND, CORRECTION = "rel-2026-11-12-0000000a", "rel-2026-11-19-0000000b", "rev-2026-11-26-0000000c"
MOST_RUNS = 6


def a_document(receipt: str, *corrects: str) -> dict[str, Any]:
    published = published_date_of(receipt)
    return {"receipt": receipt, "published_date": str(published), "corrects": list(corrects)}


class Desk:
    """A board on which two releases stand, and what may befall their correction."""

    def __init__(self, *receipts: str) -> None:
        self.perils = Perils()
        self.board, self.log = FakeBoard(self.perils), PerilousDeliveries(self.perils)
        for receipt in receipts:
            assert self.deliver(a_document(receipt)) is Outcome.DELIVERED
        self.perils.calls.clear()
        self.now = NOW

    now = NOW - timedelta(days=7)

    def deliver(self, document: dict[str, Any]) -> Outcome:
        """Deliver a message in a process of its own."""
        self.perils.start()
        return deliver(document, self.board, self.log, self.now)

    def deliver_at_last(self, document: dict[str, Any]) -> Outcome:
        """Deliver a message as the queue does: again and again, each time after the claim has ended."""
        for _ in range(MOST_RUNS):
            try:
                return self.deliver(document)
            except (Died, DeliveryError):
                self.now += LEASE
        raise AssertionError(f"not delivered in {MOST_RUNS} runs")

    @property
    def marks(self) -> dict[str, list[str]]:
        """Each text and its marks."""
        return {post.receipt: post.marks for post in self.board.posts if not post.is_chart}


def calls(*receipts: str, corrects: tuple[str, ...] = ()) -> list[str]:
    """The calls of a delivery that nothing befalls."""
    desk = Desk(*receipts)
    desk.deliver(a_document(CORRECTION, *corrects))
    return desk.perils.calls


def every_call() -> range:
    """The numbers of a correction's calls, as long as nothing befalls them."""
    return range(1, 1 + len(calls(FIRST, SECOND, corrects=(FIRST, SECOND))))


def test_the_steps_of_a_release_are_claimed_posted_noted_shown_and_marked_delivered() -> None:
    assert calls() == ["claim", "post", "note_place", "show", "note_done", "mark_delivered"]


def test_the_steps_of_a_correction_end_with_a_mark_on_each_original() -> None:
    steps = calls(FIRST, SECOND, corrects=(FIRST, SECOND))

    assert steps[:5] == ["claim", "place_of", "place_of", "post", "note_place"]
    assert steps[5:7] == ["show", "note_done"]
    assert steps[7:-1] == ["claim", "mark", "give_back", "note_done"] * 2
    assert steps[-1] == "mark_delivered"


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("peril", Peril)
@pytest.mark.parametrize("number", every_call())
def test_whatever_befalls_whichever_call_everything_comes_once(peril: Peril, number: int, times: int) -> None:
    desk = Desk(FIRST, SECOND)
    desk.perils.place(peril, number, times)

    outcome = desk.deliver_at_last(a_document(CORRECTION, FIRST, SECOND))

    [text], [chart] = desk.board.of(CORRECTION), desk.board.of(CORRECTION, charts=True)
    assert outcome in (Outcome.DELIVERED, Outcome.REPEATED)
    assert desk.log.delivered[Delivery(CORRECTION, date(2026, 11, 26), "slack-board")] == ""
    assert text.place.thread == chart.place.thread == desk.board.of(SECOND)[0].place.reference
    assert text.posted_at < chart.posted_at
    assert desk.marks == {FIRST: [CORRECTION], SECOND: [CORRECTION], CORRECTION: []}


@pytest.mark.parametrize("peril", Peril)
@pytest.mark.parametrize("number", range(1, 7))
def test_a_release_that_corrects_nothing_comes_once_too(peril: Peril, number: int) -> None:
    desk = Desk()
    desk.perils.place(peril, number)

    desk.deliver_at_last(a_document(FIRST))

    assert len(desk.board.of(FIRST)) == len(desk.board.of(FIRST, charts=True)) == 1


def test_a_delayed_chart_is_tried_again_and_the_text_is_not() -> None:
    desk = Desk()
    desk.board.refuse["show"] = DeliveryDelayed("429", 7)
    with pytest.raises(DeliveryDelayed) as delayed:
        desk.deliver(a_document(FIRST))
    desk.board.refuse.clear()
    desk.perils.calls.clear()

    outcome = desk.deliver(a_document(FIRST))

    assert (outcome, delayed.value.retry_after) == (Outcome.DELIVERED, 7)
    assert desk.perils.calls == ["claim", "shows", "show", "note_done", "mark_delivered"]
    assert desk.log.reasons == ["429"]


def test_a_delayed_mark_is_tried_again_and_nothing_else_is() -> None:
    desk = Desk(FIRST, SECOND)
    desk.board.refuse["mark"] = DeliveryDelayed("503")
    with pytest.raises(DeliveryDelayed):
        desk.deliver(a_document(CORRECTION, FIRST, SECOND))
    desk.board.refuse.clear()
    desk.perils.calls.clear()

    desk.deliver(a_document(CORRECTION, FIRST, SECOND))

    assert not {"find", "post", "shows", "show"} & set(desk.perils.calls)
    assert desk.perils.calls.count("mark") == 2


@pytest.mark.parametrize("step", ["show", "mark"])
def test_what_slack_refuses_of_the_rest_is_told_and_the_message_counts_as_delivered(step: str) -> None:
    desk = Desk(FIRST, SECOND)
    desk.board.refuse[step] = DeliveryRefused(f"{step}: missing_scope")

    outcomes = [desk.deliver(a_document(CORRECTION, SECOND)) for _ in range(2)]

    assert outcomes == [Outcome.CURTAILED, Outcome.REPEATED]
    assert desk.log.delivered[Delivery(CORRECTION, date(2026, 11, 26), "slack-board")] == f"{step}: missing_scope"
    assert len(desk.board.of(CORRECTION)) == 1


def test_a_refused_chart_does_not_keep_the_marks_away() -> None:
    desk = Desk(FIRST)
    desk.board.refuse["show"] = DeliveryRefused("missing_scope")

    desk.deliver(a_document(CORRECTION, FIRST))

    assert desk.marks[FIRST] == [CORRECTION]


def test_a_refused_text_is_not_delivered() -> None:
    desk = Desk(FIRST)
    desk.board.refuse["post"] = DeliveryRefused("channel_is_archived")

    with pytest.raises(DeliveryRefused, match="archived"):
        desk.deliver(a_document(CORRECTION, FIRST))

    assert desk.log.reasons[-1] == "channel_is_archived"
    assert desk.marks == {FIRST: []}


def test_a_bot_that_may_not_read_posts_again_rather_than_not_at_all() -> None:
    desk = Desk()
    desk.perils.place(Peril.LOSES, 2)
    with pytest.raises(DeliveryDelayed):
        desk.deliver(a_document(FIRST))
    desk.board.refuse |= dict.fromkeys(("find", "shows"), DeliveryRefused("missing_scope"))

    outcome = desk.deliver(a_document(FIRST))

    assert outcome is Outcome.DELIVERED
    assert len(desk.board.of(FIRST)) == 2
    assert len(desk.board.of(FIRST, charts=True)) == 1


def test_nothing_is_looked_up_in_the_first_run() -> None:
    assert not {"find", "shows"} & set(calls(FIRST, corrects=(FIRST,)))


def test_a_correction_of_a_message_that_is_not_known_is_a_plain_message() -> None:
    desk = Desk()

    outcome = desk.deliver(a_document(CORRECTION, FIRST, "a receipt without a date"))

    assert outcome is Outcome.DELIVERED
    assert [post.place.thread for post in desk.board.posts] == [None, None]


def test_a_correction_of_several_replies_to_the_one_that_was_posted_last() -> None:
    desk = Desk(SECOND, FIRST)

    desk.deliver(a_document(CORRECTION, FIRST, SECOND))

    [text] = desk.board.of(CORRECTION)
    assert text.place.thread == desk.board.of(FIRST)[0].place.reference


def test_a_correction_of_a_correction_replies_in_the_same_thread_and_marks_the_reply() -> None:
    desk = Desk(FIRST)
    desk.deliver(a_document(SECOND, FIRST))

    desk.deliver(a_document(CORRECTION, SECOND))

    [text] = desk.board.of(CORRECTION)
    assert text.place.thread == desk.board.of(FIRST)[0].place.reference
    assert desk.marks == {FIRST: [SECOND], SECOND: [CORRECTION], CORRECTION: []}


def test_a_message_posted_but_not_yet_delivered_can_be_replied_to_and_marked() -> None:
    desk = Desk()
    desk.board.refuse["show"] = DeliveryDelayed("503")
    with pytest.raises(DeliveryDelayed):
        desk.deliver(a_document(FIRST))
    desk.board.refuse.clear()

    desk.deliver(a_document(CORRECTION, FIRST))

    assert desk.marks[FIRST] == [CORRECTION]


def test_two_corrections_of_one_message_take_turns_in_marking_it() -> None:
    desk = Desk(FIRST)
    turn = Delivery(FIRST, date(2026, 11, 12), "slack-board-mark")
    desk.log.claim(turn, desk.now, desk.now + LEASE)  # as the other correction does

    with pytest.raises(DeliveryDelayed):
        desk.deliver(a_document(CORRECTION, FIRST))
    waiting = list(desk.marks[FIRST])
    desk.log.give_back(turn, "")
    desk.deliver(a_document(CORRECTION, FIRST))

    assert (waiting, desk.marks[FIRST]) == ([], [CORRECTION])
    assert len(desk.board.of(CORRECTION)) == 1


def test_a_turn_holds_as_long_as_the_run_may_take() -> None:
    desk = Desk(FIRST)
    desk.perils.place(Peril.DIES_BEFORE, calls(FIRST, corrects=(FIRST,)).index("mark") + 1)
    with pytest.raises(Died):
        desk.deliver(a_document(CORRECTION, FIRST))
    desk.perils.start()

    with pytest.raises(DeliveryDelayed):
        desk.log.claim(Delivery(FIRST, date(2026, 11, 12), "slack-board-mark"), NOW + LEASE / 2, NOW + LEASE)


def test_both_of_two_corrections_leave_their_mark() -> None:
    desk = Desk(FIRST)

    for receipt in (SECOND, CORRECTION):
        desk.deliver(a_document(receipt, FIRST))

    assert desk.marks[FIRST] == [SECOND, CORRECTION]


def test_what_is_no_announcement_of_figures_has_nothing_to_correct() -> None:
    desk = Desk()

    outcome = desk.deliver({"receipt": "overdue-2026-11-19", "published_date": "2026-11-19"})

    assert outcome is Outcome.DELIVERED
    assert "place_of" not in desk.perils.calls


def test_a_webhook_gets_the_text_and_nothing_else() -> None:
    channel, log = FakeChannel(), FakeDeliveries()
    log.note_place(Delivery(FIRST, date(2026, 11, 12), channel.name), Place("0001"))

    outcome = deliver(a_document(CORRECTION, FIRST), channel, log, NOW)

    assert outcome is Outcome.DELIVERED
    assert channel.posts == [CORRECTION]
    assert log.delivered == {Delivery(CORRECTION, date(2026, 11, 26), channel.name): ""}
    assert not log.done


def test_the_chart_is_noted_under_a_name_that_is_no_receipt() -> None:
    assert published_date_of(CHART) is None


def test_the_receipt_of_an_announcement_names_its_published_date() -> None:
    record = a_record()
    release = Release(record.published_date, (News(Vintage(record, NOW), Role.INITIAL),))

    receipt = announcement(release, Occasion.NEW, NOW).receipt

    assert published_date_of(receipt) == record.published_date


@pytest.mark.parametrize(
    ("receipt", "published"),
    [
        (FIRST, date(2026, 11, 12)),
        ("overdue-2027-01-04", date(2027, 1, 4)),
        ("rel-2026-11-31-0000000a", None),
        ("rel-0000000a", None),
        ("", None),
    ],
)
def test_a_receipt_names_its_published_date(receipt: str, published: date | None) -> None:
    assert published_date_of(receipt) == published
