"""The list of channels where it is: in SSM. Each message goes by the list of now, and no error shows a secret."""

import json
from typing import Any

import pytest
from investor_flows.config import text_reader
from investor_flows.errors import ConfigError
from investor_flows.slack.bot import Bot
from investor_flows.slack.channels import SlackChannels
from investor_flows.slack.webhook import Webhook

from tests.conftest import Deployed
from tests.integration.slack_document import a_document
from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN

PARAMETER = "/investor-flows/test-channels"


@pytest.fixture
def put(deployed: Deployed) -> Any:
    """Put a list of channels into SSM."""
    return lambda told: deployed.stack.put_secret(PARAMETER, told if isinstance(told, str) else json.dumps(told))


def channels(deployed: Deployed, inbox: Inbox, parameter: str = PARAMETER) -> SlackChannels:
    read = text_reader(deployed.stack.client("ssm"), parameter, "SlackChannelsParameter")
    return SlackChannels(read, ("ja", "en"), f"{inbox.url}/api/", lambda _: None)


def test_a_webhook_and_a_bot_are_opened_by_their_names(deployed: Deployed, inbox: Inbox, put: Any) -> None:
    webhook = {"name": "desk", "webhook": f"{inbox.url}/slack/webhook/T0/B0/x"}
    put([webhook, {"name": "research", "token": TOKEN, "channel": "C0LOCAL01", "language": "en"}])

    listed = channels(deployed, inbox)
    opened = [listed.open(entry) for entry in listed.entries().values()]
    for channel in opened:
        channel.post(a_document())

    assert [(type(each), each.name) for each in opened] == [(Webhook, "desk"), (Bot, "research")]
    assert [message.content["via"] for message in inbox.messages] == ["webhook", "bot"]


def test_a_list_that_was_mended_counts_at_once(deployed: Deployed, inbox: Inbox, put: Any) -> None:
    listed = channels(deployed, inbox)
    put("no list")
    with pytest.raises(ConfigError):
        listed.entries()

    put(f"{inbox.url}/slack/webhook/T0/B0/x")

    assert list(listed.entries()) == ["webhook"]


def test_a_list_that_is_not_there_names_the_parameter_and_the_setting(deployed: Deployed, inbox: Inbox) -> None:
    with pytest.raises(ConfigError, match=r"/investor-flows/nothing \(SlackChannelsParameter\): ParameterNotFound"):
        channels(deployed, inbox, "/investor-flows/nothing").entries()


def test_an_api_that_is_not_https_gets_no_token() -> None:
    with pytest.raises(ConfigError, match="SlackApiUrl must be an https URL"):
        SlackChannels(lambda: "", ("ja",), "http://slack.com/api/", lambda _: None)
