"""The list of Slack channels, checked: a JSON list of entries, or one webhook URL and nothing else. Pure.

An error names the entry, the field and what is accepted. It shows nothing that may be a secret in the wrong place.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from investor_flows.addresses import https
from investor_flows.errors import ConfigError
from investor_flows.model import KNOWN_SECTIONS
from investor_flows.slack.channel import KINDS, Entry

SETTING = "SlackChannelsParameter"
FIELDS = ("name", "webhook", "token", "channel", "language", "kinds", "sections", "minimum_oku")
ONE_WEBHOOK = "webhook"
NAME = r"[A-Za-z0-9][A-Za-z0-9-]{0,23}"
CHANNEL = r"[CG][A-Z0-9]{2,20}"
SECRET = r"[!-~]+"  # noqa: S105 - what one is made of
HARMLESS = r"[a-z_]{1,20}"


def channel_list(text: str, languages: Sequence[str]) -> tuple[Entry, ...]:
    """Read the list; `languages` are those in which there are messages. Raises ConfigError."""
    if not text.lstrip().startswith(("[", "{")):
        url = https(text.strip(), f"the URL in {SETTING} (a webhook, or a JSON list of channels)")
        return (Entry(ONE_WEBHOOK, languages[0], webhook=url),)
    entries = tuple(_Reader(number, each, languages).entry() for number, each in enumerate(_listed(text), 1))
    names = [entry.name for entry in entries]
    if twice := [name for name in names if names.count(name) > 1]:
        raise ConfigError(f'{SETTING}: two entries have the name "{twice[0]}"; each needs its own')
    return entries


def _listed(text: str) -> list[Any]:
    try:
        listed = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:  # from None, because the error holds the text with its secrets
        where = f", line {error.lineno} column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ConfigError(f"{SETTING} is not JSON{where}") from None
    if not isinstance(listed, list) or not listed:
        raise ConfigError(f"{SETTING} must be a JSON list with an entry for each channel, or one webhook URL")
    return listed


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object, which JSON lets have a field twice."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ConfigError(f"{SETTING}: an entry has a field twice")
    return dict(pairs)


class _Reader:
    """Reads one entry."""

    def __init__(self, number: int, fields: Any, languages: Sequence[str]) -> None:
        self._where = f"{SETTING}, entry {number}"
        self._fields = fields
        self._languages = languages

    def entry(self) -> Entry:
        """The entry, if each field is as it must be."""
        self._check_names()
        name = self._text("name", NAME, "1 to 24 letters, digits and -")
        self._where += f' ("{name}")'
        return Entry(
            name,
            self._one_of("language", self._languages) if "language" in self._fields else self._languages[0],
            **self._way(),
            kinds=self._some_of("kinds", KINDS),
            sections=self._some_of("sections", sorted(KNOWN_SECTIONS)),
            minimum_oku=self._minimum(),
        )

    def _check_names(self) -> None:
        if not isinstance(self._fields, dict):
            raise self._error(f"not an object with {', '.join(FIELDS)}")
        for unknown in self._fields.keys() - set(FIELDS):
            shown = f' "{unknown}"' if re.fullmatch(HARMLESS, unknown) else ""
            raise self._error(f"unknown field{shown}; there are {', '.join(FIELDS)}")

    def _way(self) -> dict[str, str]:
        """How the channel is reached."""
        given = self._fields.keys() & {"webhook", "token", "channel"}
        if given == {"webhook"}:
            url = self._text("webhook", SECRET, "an https URL")
            return {"webhook": https(url, f"{self._where}: webhook")}
        if given == {"token", "channel"}:
            token = self._text("token", SECRET, "a bot's token")
            return {"token": token, "channel": self._text("channel", CHANNEL, "a channel's ID, as in C0123456789")}
        raise self._error("give either webhook, or token and channel")

    def _text(self, field: str, pattern: str, accepted: str) -> str:
        value = self._fields.get(field)
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise self._error(f"{field} must be {accepted}")
        return value

    def _one_of(self, field: str, accepted: Sequence[str]) -> str:
        value = self._fields[field]
        if value not in accepted:
            raise self._error(f"{field} must be one of {', '.join(accepted)}, as MessageLanguage says")
        return str(value)

    def _some_of(self, field: str, accepted: Sequence[str]) -> frozenset[str]:
        if field not in self._fields:
            return frozenset()
        values = self._fields[field]
        if not isinstance(values, list) or not values or any(value not in accepted for value in values):
            raise self._error(f"{field} must be a list of {', '.join(accepted)}")
        return frozenset(values)

    def _minimum(self) -> int:
        value = self._fields.get("minimum_oku", 0)
        if type(value) is not int or value < 0:
            raise self._error("minimum_oku must be a whole number of 億円, 0 or more")
        return value

    def _error(self, text: str) -> ConfigError:
        return ConfigError(f"{self._where}: {text}")
