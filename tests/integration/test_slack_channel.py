"""Which way into Slack the deployed settings choose, with the secrets where they are: in SSM."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from investor_flows.config import SlackSettings
from investor_flows.errors import ConfigError
from investor_flows.slack_bot import Bot
from investor_flows.slack_webhook import Webhook

from functions.slack.app import channel
from tests.conftest import Deployed
from tests.integration.slack_document import a_document
from tests.local.inbox.server import Inbox
from tests.local.inbox.slack_web_api import TOKEN
from tests.local.toolchain import aws_environment

URL, BOT_TOKEN = "/investor-flows/test-url", "/investor-flows/test-token"
SETTINGS = SlackSettings("table", "queue", "dead letters", URL, "none", "none", "https://slack.com/api/")


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox() as running:
        yield running


@pytest.fixture
def put_secret(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put secrets where the function, in this process, will read them."""
    for name, value in aws_environment(deployed.stack.endpoint).items():
        monkeypatch.setenv(name, value)
    return deployed.stack.put_secret


def test_without_a_token_the_webhook_is_used(put_secret: Any, inbox: Inbox) -> None:
    put_secret(URL, f"{inbox.url}/slack/webhook/T0/B0/x")

    chosen = channel(SETTINGS)
    chosen.post(a_document())

    assert isinstance(chosen, Webhook)
    assert [message.content["via"] for message in inbox.messages] == ["webhook"]


def test_a_token_goes_before_the_webhook(put_secret: Any, inbox: Inbox) -> None:
    put_secret(BOT_TOKEN, TOKEN)
    told = {"slack_bot_token_parameter": BOT_TOKEN, "slack_channel": "C1", "slack_api_url": f"{inbox.url}/api/"}

    chosen = channel(replace(SETTINGS, **told))
    chosen.post(a_document())

    assert isinstance(chosen, Bot)
    assert [message.content["channel"] for message in inbox.messages] == ["C1"]


@pytest.mark.parametrize("url", ["http://hooks.slack.com/services/T0/B0/x", "hooks.slack.com/services/T0/B0/x"])
def test_a_webhook_that_is_not_https_gets_nothing(put_secret: Any, url: str) -> None:
    put_secret(URL, url)

    with pytest.raises(ConfigError, match="SlackWebhookParameter must be an https URL") as raised:
        channel(SETTINGS).post(a_document())

    assert "T0/B0" not in str(raised.value)


def test_an_api_that_is_not_https_gets_no_token(put_secret: Any) -> None:
    put_secret(BOT_TOKEN, TOKEN)
    settings = replace(SETTINGS, slack_bot_token_parameter=BOT_TOKEN, slack_api_url="http://slack.com/api/")

    with pytest.raises(ConfigError, match="SlackApiUrl must be an https URL"):
        channel(settings)


def test_a_secret_that_is_not_there_names_the_setting(put_secret: Any) -> None:
    assert put_secret
    settings = replace(SETTINGS, slack_webhook_parameter="/investor-flows/nothing")

    with pytest.raises(ConfigError, match=r"/investor-flows/nothing \(SlackWebhookParameter\): ParameterNotFound"):
        channel(settings).post(a_document())
