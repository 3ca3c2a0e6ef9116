"""What Slack says of each channel, asked without posting anything."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Protocol, runtime_checkable

from investor_flows.errors import InvestorFlowsError
from investor_flows.operate.findings import Finding, ill, looked_at, well
from investor_flows.slack.channel import Entry
from investor_flows.slack.dispatch import Channels

TEST = "send events/test.json to the operate function to see it arrive"


@runtime_checkable
class Bot(Protocol):
    """A bot, asked without posting anything. Each may raise DeliveryError or ConfigError."""

    def who(self) -> str:
        """Whom Slack takes the bot for."""
        ...

    def takes(self, blocks: Any) -> bool:
        """Whether Slack would take a message's blocks."""
        ...


def slack_findings(channels: Channels | None, newest_blocks: Callable[[], Any]) -> Iterator[Finding]:
    """Say of each channel whether it can be reached. `newest_blocks`: of the newest message, if there is one."""
    if channels is None:
        yield well("Slack", "not set")
        return
    try:
        entries = channels.entries()
    except InvestorFlowsError as error:
        yield ill("Slack", str(error))
        return
    yield from (finding for entry in entries.values() for finding in _channel(channels, entry, newest_blocks))


def _channel(channels: Channels, entry: Entry, newest_blocks: Callable[[], Any]) -> Iterator[Finding]:
    what, channel = f"Slack channel {entry.name}", channels.open(entry)
    if not isinstance(channel, Bot):
        yield well(what, f"a webhook cannot be tried without posting: {TEST}")
        return
    yield looked_at(what, partial(_known, what, channel))
    if blocks := newest_blocks():
        what = f"the newest message in {what}"
        yield looked_at(what, partial(_taken, what, channel, blocks))


def _known(what: str, bot: Bot) -> Finding:
    return well(what, f"knows the bot as {bot.who()}; whether it may post: {TEST}")


def _taken(what: str, bot: Bot, blocks: Any) -> Finding:
    if bot.takes(blocks):
        return well(what, "its blocks are taken")
    return ill(what, "its blocks are refused, so it is posted as plain text; report it to this project")
