"""The Slack channels as SlackChannelsParameter lists them now, and the way into each.

The list is read for each message, which costs nothing and a few milliseconds: a channel that was mended or added counts
at once, in warm containers too.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from investor_flows.addresses import https
from investor_flows.slack.channel import Entry
from investor_flows.slack.channel_list import channel_list
from investor_flows.slack.delivery_steps import Channel, Picture

if TYPE_CHECKING:
    from requests import Session


class SlackChannels:
    """Reads the list, and opens channels."""

    def __init__(
        self,
        read: Callable[[], str],
        languages: Sequence[str],
        api_url: str,
        chart_of: Callable[[Mapping[str, Any]], Picture | None],
    ) -> None:
        """`read` reads the list; `languages` are those in which there are messages."""
        self._read = read
        self._languages = languages
        self._api_url = https(api_url, "SlackApiUrl")
        self._chart_of = chart_of

    def entries(self) -> Mapping[str, Entry]:
        """List the channels by name. Raises ConfigError, or SettingDelayed."""
        return {entry.name: entry for entry in channel_list(self._read(), self._languages)}

    def open(self, entry: Entry) -> Channel:
        """A bot where there is a token, else the incoming webhook. What the other way needs is not even imported."""
        if entry.webhook:
            from investor_flows.slack.webhook import Webhook

            return Webhook(entry.name, entry.webhook, self._session)
        from investor_flows.slack.bot import bot

        return bot(entry.name, entry.token, self._api_url, entry.channel, self._chart_of)

    @cached_property
    def _session(self) -> "Session":
        from investor_flows.sessions import session

        return session()
