"""The dispatcher with everything around it in memory, and messages for it."""

from datetime import datetime
from typing import Any

from investor_flows.errors import ConfigError, DeliveryRefused
from investor_flows.model import JST
from investor_flows.slack.channel import Entry
from investor_flows.slack.deliver import Outcome
from investor_flows.slack.dispatch import Dispatcher, Queued

from tests.unit.fake_slack import FakeChannels, FakeDeliveries, FakeOperations, FakeQueue

NOW = datetime(2026, 11, 19, 18, 1, tzinfo=JST)
RECEIPT = "rel-2026-11-19-0123abcd"
RELEASE = {"kind": "release", "language": "ja", "receipt": RECEIPT, "published_date": "2026-11-19"}
REPORT = {"kind": "operation", "receipt": "ops-2026-11-19-0123abcd", "published_date": "2026-11-19"}
GONE = DeliveryRefused("Slack webhook: 404 no_service")


class Office:
    """Channels, a queue, a log and operators, and messages that come out of the queue."""

    def __init__(self, *names: str, fault: ConfigError | None = None) -> None:
        self.channels = FakeChannels(*(Entry(name, "ja") for name in names or ("desk",)), fault=fault)
        self.queue, self.log, self.operations = FakeQueue(), FakeDeliveries(), FakeOperations()

    def take(
        self, document: dict[str, Any] | None = None, channel: str = "", attempt: int = 1, now: datetime = NOW
    ) -> tuple[Outcome, list[str]]:
        """Take a message as it comes out of the queue."""
        dispatcher = Dispatcher(self.queue, self.channels, self.log, self.operations)
        return dispatcher.take(queued(document or RELEASE, channel, attempt), now)

    def posts(self) -> dict[str, list[str]]:
        """What was posted, by channel."""
        return {name: way.posts for name, way in self.channels.ways.items() if way.posts}


def queued(document: dict[str, Any], channel: str = "", attempt: int = 1) -> Queued:
    return Queued(document, "body", "handle", attempt, channel)
