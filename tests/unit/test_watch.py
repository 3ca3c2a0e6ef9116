"""The daily count of e-mail subscribers: a drop is reported to operators, and nothing else is."""

from typing import Any

import pytest
from investor_flows.errors import RequestError
from investor_flows.operate.answer import answer
from investor_flows.operate.doctor import Subscribers
from investor_flows.operate.watch import watch

from tests.unit.fake_desk import NOW, FakeMemory, FakeOperators, FakeServices, a_desk
from tests.unit.fake_store import FakeStore


class Watched:
    """Subscribers, what was counted last, and what operators were told."""

    def __init__(self, count: int, before: int | None) -> None:
        operators = min(count, 1)  # readers and operators are counted together
        readers, ops = Subscribers(count - operators, pending=3, others=2), Subscribers(operators, pending=1, others=1)
        self.services = FakeServices(who=readers, ops=ops)
        self.memory, self.operators = FakeMemory(before), FakeOperators()

    def watch(self) -> dict[str, Any]:
        """Count."""
        return watch(self.services, self.memory, self.operators, NOW)


@pytest.mark.parametrize(("count", "before"), [(0, None), (5, None), (5, 5), (5, 4)])
def test_a_count_that_did_not_drop_is_remembered_and_not_reported(count: int, before: int | None) -> None:
    watched = Watched(count, before)

    answered = watched.watch()

    assert answered == {"subscribers": count, "before": before, "reported": False}
    assert (watched.operators.reports, watched.memory.count) == ([], count)


@pytest.mark.parametrize(("count", "before"), [(4, 5), (0, 1)])
def test_a_drop_is_reported_once_with_both_counts_and_where_to_look(count: int, before: int) -> None:
    watched = Watched(count, before)

    answers = [watched.watch(), watched.watch()]

    [(subject, text)] = watched.operators.reports
    assert [each["reported"] for each in answers] == [True, False]
    assert subject == f"{before} e-mail subscribers, now {count}"
    assert "TopicArn and OpsTopicArn" in text


def test_a_report_that_failed_is_made_by_the_next_count() -> None:
    watched = Watched(4, 5)
    watched.operators.down = True
    with pytest.raises(ConnectionError):
        watched.watch()
    watched.operators.down = False

    watched.watch()

    assert len(watched.operators.reports) == 1


def test_the_request_takes_no_field() -> None:
    assert answer({"task": "watch"}, a_desk(FakeStore()), NOW)["reported"] is False
    with pytest.raises(RequestError, match='this task takes "time"'):
        answer({"task": "watch", "count": 3}, a_desk(FakeStore()), NOW)
