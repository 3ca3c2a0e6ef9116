"""A board, a log of deliveries, and messages to bring to it."""

from datetime import datetime, timedelta
from typing import Any

from investor_flows.announcements import published_date_of
from investor_flows.errors import DeliveryError
from investor_flows.model import JST
from investor_flows.slack.deliver import LEASE, Outcome, deliver

from tests.unit.fake_board import Died, FakeBoard, PerilousDeliveries, Perils

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
            except (Died, ConnectionError, DeliveryError):
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
