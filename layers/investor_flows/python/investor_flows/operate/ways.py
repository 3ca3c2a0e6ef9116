"""Ways to readers: all of them by the topic, e-mail by the topic without Slack, Slack by its queue alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from investor_flows.announce import Topic
from investor_flows.message import Message

CHANNELS = ("all", "email", "slack")
PAST_SLACK = {"channel": "email"}
"""An attribute of messages that Slack's subscription does not take (template.yaml)."""


class Queue(Protocol):
    """The queue in front of Slack."""

    def put(self, document: Mapping[str, Any]) -> None:
        """Send a message to Slack alone."""
        ...


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a message can go."""

    topic: Topic
    queue: Queue

    def send(self, message: Message, channel: str) -> None:
        """Send a message to a channel: all, email (and programs) or slack."""
        if channel == "slack":
            self.queue.put(message.document)
        elif channel == "email":
            self.topic.publish(replace(message, attributes={**message.attributes, **PAST_SLACK}))
        else:
            self.topic.publish(message)
