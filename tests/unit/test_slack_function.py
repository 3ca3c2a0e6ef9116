"""The slack function's handler: each message of a batch comes back alone, and what is not ours goes to nobody."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from investor_flows.errors import DeliveryDelayed
from investor_flows.slack.deliver import Outcome
from investor_flows.slack.dispatch import Queued

APP = Path(__file__).parents[2] / "functions" / "slack" / "app.py"
CONTEXT = SimpleNamespace(
    function_name="slack", memory_limit_in_mb=256, invoked_function_arn="arn", aws_request_id="request"
)


class Taker:
    """Takes messages in, but for those whose receipts it is told."""

    def __init__(self, *late: str) -> None:
        self.late = late
        self.taken: list[Any] = []

    def take(self, queued: Queued, _now: object) -> tuple[Outcome, list[str]]:
        """Take one in."""
        if queued.document.get("receipt") in self.late:
            raise DeliveryDelayed("429")
        self.taken.append(queued.document)
        return Outcome.DELIVERED, ["desk"]


@pytest.fixture(scope="module")
def app() -> ModuleType:
    """The handler's module as it ships."""
    spec = importlib.util.spec_from_file_location("slack_app", APP)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer_of(app: ModuleType, taker: Taker, *documents: dict[str, str], patch: pytest.MonkeyPatch) -> dict[str, Any]:
    patch.setattr(app, "adapters", lambda: taker)
    records = [
        {
            "messageId": f"message {number}",
            "body": json.dumps(document),
            "receiptHandle": "handle",
            "attributes": {"ApproximateReceiveCount": "1"},
        }
        for number, document in enumerate(documents)
    ]
    answered: dict[str, Any] = app.lambda_handler({"Records": records}, CONTEXT)
    return answered


def test_a_message_that_fails_comes_back_alone_and_stops_no_other(
    app: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = Taker("rel-1")

    answered = answer_of(app, taker, {"receipt": "rel-1"}, {"receipt": "rel-2"}, patch=monkeypatch)

    assert answered == {"batchItemFailures": [{"itemIdentifier": "message 0"}]}
    assert taker.taken == [{"receipt": "rel-2"}]


def test_a_message_without_a_receipt_is_brought_to_nobody(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    taker = Taker()

    answered = answer_of(app, taker, {"kind": "release"}, patch=monkeypatch)

    assert (answered, taker.taken) == ({"batchItemFailures": [{"itemIdentifier": "message 0"}]}, [])
