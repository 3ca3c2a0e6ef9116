"""A bot's delivery in steps: in which order, what is refused, delayed or not known, and which message a mark is on."""

from datetime import date

import pytest
from investor_flows.errors import DeliveryDelayed, DeliveryRefused
from investor_flows.slack.deliver import LEASE, Outcome, deliver
from investor_flows.slack.delivery_steps import Delivery, Place

from tests.unit.board_desk import CORRECTION, FIRST, NOW, SECOND, Desk, a_document, calls
from tests.unit.fake_slack import FakeChannel, FakeDeliveries


def test_the_steps_of_a_release_are_claimed_posted_noted_shown_and_marked_delivered() -> None:
    assert calls() == ["claim", "post", "note_place", "show", "note_done", "mark_delivered"]


def test_the_steps_of_a_correction_end_with_a_mark_on_each_original() -> None:
    steps = calls(FIRST, SECOND, corrects=(FIRST, SECOND))

    assert steps[:5] == ["claim", "place_of", "place_of", "post", "note_place"]
    assert steps[5:7] == ["show", "note_done"]
    assert steps[7:-1] == ["claim", "mark", "give_back", "note_done"] * 2
    assert steps[-1] == "mark_delivered"


def test_a_replayed_correction_stands_by_itself_and_marks_nothing_again() -> None:
    desk = Desk(FIRST)

    desk.deliver(a_document(CORRECTION, FIRST) | {"replays": "rev-2026-11-26-0000000d"})

    assert desk.perils.calls == ["claim", "post", "note_place", "show", "note_done", "mark_delivered"]


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


def test_all_that_slack_refuses_is_told_together() -> None:
    desk = Desk(FIRST)
    desk.board.refuse |= {"show": DeliveryRefused("no chart"), "mark": DeliveryRefused("no mark")}

    desk.deliver(a_document(CORRECTION, FIRST))

    assert desk.log.delivered[Delivery(CORRECTION, date(2026, 11, 26), "slack-board")] == "no chart; no mark"


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
    desk.log.give_back(turn, "", NOW)
    desk.deliver(a_document(CORRECTION, FIRST))

    assert (waiting, desk.marks[FIRST]) == ([], [CORRECTION])
    assert len(desk.board.of(CORRECTION)) == 1


def test_whose_turn_it_was_is_in_the_log() -> None:
    desk = Desk(FIRST)

    desk.deliver(a_document(CORRECTION, FIRST))

    assert (desk.log.reasons, desk.log.given_back_at) == ([f"marked by {CORRECTION}"], [NOW])


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
    log.note_place(Delivery(FIRST, date(2026, 11, 12), f"slack-{channel.name}"), Place("0001"))

    outcome = deliver(a_document(CORRECTION, FIRST), channel, log, NOW)

    assert outcome is Outcome.DELIVERED
    assert channel.posts == [CORRECTION]
    assert log.delivered == {Delivery(CORRECTION, date(2026, 11, 26), f"slack-{channel.name}"): ""}
    assert not log.done
