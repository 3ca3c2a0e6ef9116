"""A bot's delivery in peril: whatever befalls whichever call, the text, its chart and each mark come once."""

from datetime import date

import pytest
from investor_flows.errors import DeliveryDelayed, DeliveryRefused
from investor_flows.slack.deliver import LEASE, Outcome
from investor_flows.slack.delivery_steps import Delivery

from tests.unit.board_desk import CORRECTION, FIRST, NOW, SECOND, Desk, a_document, calls
from tests.unit.fake_board import Died, Peril


def every_call() -> range:
    """The numbers of a correction's calls, as long as nothing befalls them."""
    return range(1, 1 + len(calls(FIRST, SECOND, corrects=(FIRST, SECOND))))


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


def test_what_may_have_been_posted_is_looked_for_from_when_the_first_run_began() -> None:
    desk = Desk()
    desk.perils.place(Peril.LOSES, 2)
    for _ in range(2):
        desk.board.refuse["show"] = DeliveryDelayed("503")
        with pytest.raises(DeliveryDelayed):
            desk.deliver(a_document(FIRST))
        desk.now += LEASE
    desk.board.refuse.clear()

    desk.deliver(a_document(FIRST))

    assert desk.perils.calls.count("find") == 1
    assert set(desk.board.looked_since) == {NOW}


def test_a_turn_holds_as_long_as_the_run_may_take() -> None:
    desk = Desk(FIRST)
    desk.perils.place(Peril.DIES_BEFORE, calls(FIRST, corrects=(FIRST,)).index("mark") + 1)
    with pytest.raises(Died):
        desk.deliver(a_document(CORRECTION, FIRST))
    desk.perils.start()

    with pytest.raises(DeliveryDelayed):
        desk.log.claim(Delivery(FIRST, date(2026, 11, 12), "slack-board-mark"), NOW + LEASE / 2, NOW + LEASE)
