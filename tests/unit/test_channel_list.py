"""The list of Slack channels: each mistake is named with its entry and what is accepted, and no secret is shown."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from investor_flows.errors import ConfigError
from investor_flows.slack.channel import KINDS, Entry
from investor_flows.slack.channel_list import FIELDS, channel_list

from tests.unit.readme import section

URL = "https://hooks.slack.com/services/T000/B000/canary"
TOKEN = "xoxb-canary"
DESK = {"name": "desk", "webhook": URL}
BOT = {"name": "research", "token": TOKEN, "channel": "C0123456789"}


def refused(text: str, languages: tuple[str, ...] = ("ja", "en")) -> str:
    """The error, in which there must be no secret."""
    with pytest.raises(ConfigError) as raised:
        channel_list(text, languages)
    assert "canary" not in repr(raised.getrepr(chain=True))
    return str(raised.value)


@pytest.mark.parametrize("text", [URL, f" {URL}\n"])
def test_one_webhook_and_nothing_else_is_one_channel(text: str) -> None:
    assert channel_list(text, ("en",)) == (Entry("webhook", "en", webhook=URL),)


def test_a_list_has_webhooks_and_bots() -> None:
    assert channel_list(json.dumps([DESK, BOT]), ("ja",)) == (
        Entry("desk", "ja", webhook=URL),
        Entry("research", "ja", token=TOKEN, channel="C0123456789"),
    )


def test_a_channel_may_choose_its_messages() -> None:
    chosen = {"language": "en", "kinds": ["revision", "operation"], "sections": ["TSEPrime"], "minimum_oku": 1000}

    [entry] = channel_list(json.dumps([DESK | chosen]), ("ja", "en"))

    assert entry == Entry(
        "desk",
        "en",
        webhook=URL,
        kinds=frozenset({"revision", "operation"}),
        sections=frozenset({"TSEPrime"}),
        minimum_oku=1000,
    )


def test_the_list_in_the_readme_is_one() -> None:
    [written] = re.findall(r"^```json\n(.+?)^```$", section("Slack"), re.MULTILINE | re.DOTALL)

    listed = channel_list(written, ("ja", "en"))

    assert [entry.name for entry in listed] == ["desk", "london", "prime-corrections", "big-weeks"]
    assert [field for field in FIELDS if f"`{field}`" not in section("Slack")] == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": ""}, "name must be 1 to 24 letters, digits and -"),
        ({"name": URL}, "name must be"),
        ({"name": 5}, "name must be"),
        ({"webhook": "http://hooks.slack.com/canary"}, "webhook must be an https URL"),
        ({"webhook": "canary canary"}, "webhook must be an https URL"),
        ({"webhook": None}, "webhook must be an https URL"),
        ({"token": TOKEN}, "give either webhook, or token and channel"),
        ({"language": "fr"}, "language must be one of ja, en, as MessageLanguage says"),
        ({"language": ["ja"]}, "language must be one of ja, en"),
        ({"kinds": "release"}, f"kinds must be a list of {', '.join(KINDS)}"),
        ({"kinds": []}, "kinds must be a list"),
        ({"kinds": ["releases"]}, "kinds must be a list"),
        ({"kinds": [["release"]]}, "kinds must be a list"),
        ({"sections": ["Prime"]}, "sections must be a list of TSE1st, TSE2nd, TSEGrowth"),
        ({"minimum_oku": -1}, "minimum_oku must be a whole number of 億円, 0 or more"),
        ({"minimum_oku": "1000"}, "minimum_oku must be"),
        ({"minimum_oku": True}, "minimum_oku must be"),
        ({"minimum_oku": 1.5}, "minimum_oku must be"),
        ({"minimum": 5}, 'unknown field "minimum"; there are name, webhook, token'),
        ({URL: 5}, "unknown field; there are name, webhook, token"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_entry_and_what_is_accepted(changes: dict[str, Any], error: str) -> None:
    said = refused(json.dumps([BOT, DESK | changes]))

    assert said.startswith("SlackChannelsParameter, entry 2")
    assert error in said


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"token": "canary canary"}, "token must be a bot's token"),
        ({"token": 7}, "token must be a bot's token"),
        ({"channel": "#general"}, "channel must be a channel's ID, as in C0123456789"),
        ({"channel": None}, "channel must be"),
    ],
)
def test_a_bot_s_fields_are_checked_and_the_entry_is_named(changes: dict[str, Any], error: str) -> None:
    assert f'SlackChannelsParameter, entry 1 ("research"): {error}' in refused(json.dumps([BOT | changes]))


@pytest.mark.parametrize("missing", [("webhook",), ("name",)])
def test_a_channel_needs_a_name_and_a_way(missing: tuple[str, ...]) -> None:
    assert "entry 1" in refused(json.dumps([{name: DESK[name] for name in DESK if name not in missing}]))


def test_a_language_in_which_there_are_no_messages_is_refused() -> None:
    said = refused(json.dumps([DESK | {"language": "en"}]), languages=("ja",))

    assert "language must be one of ja, as MessageLanguage says" in said


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('[{"name": "canary"', "is not JSON, line 1 column 19"),
        ("[" * 9_000, "is not JSON"),
        ("[]", "must be a JSON list with an entry for each channel, or one webhook URL"),
        (json.dumps(DESK), "must be a JSON list"),
        ('["canary"]', "entry 1: not an object with name, webhook"),
        ('[{"name": "a", "name": "canary"}]', "an entry has a field twice"),
        (json.dumps([DESK, DESK]), 'two entries have the name "desk"'),
        ("http://hooks.slack.com/canary", "the URL in SlackChannelsParameter (a webhook, or a JSON list of channels)"),
        ("canary", "must be an https URL"),
        ("", "must be an https URL"),
    ],
)
def test_what_is_no_list_is_refused(text: str, error: str) -> None:
    assert error in refused(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([URL, TOKEN, "desk", "C01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS) | st.text(), inner, max_size=5),
)


@given(VALUES)
def test_any_json_is_a_list_of_channels_or_a_clear_error(value: Any) -> None:
    text = json.dumps([value])

    said = ""
    try:
        channel_list(text, ("ja",))
    except ConfigError as error:
        said = str(error)

    assert "canary" not in said
