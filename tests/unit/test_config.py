"""Settings and secrets: all that is missing is named at once, and no secret is in any error."""

import re
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.stub import Stubber
from investor_flows.config import (
    AWS,
    AnnounceSettings,
    PollSettings,
    SlackSettings,
    languages,
    load,
    secret_reader,
    text_reader,
)
from investor_flows.errors import ConfigError, SettingDelayed
from investor_flows.notes import TRIES

from tests.unit.offline import answers, offline_client
from tests.unit.template import functions

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

KINDS = [PollSettings, AnnounceSettings, SlackSettings]
Kind = type[PollSettings | AnnounceSettings | SlackSettings]
NAME = "/investor-flows/jquants-api-key"
SECRET = "canary-7d1f"
ROOT = Path(__file__).parents[2]
CLIENTS = [
    path
    for folder in ("functions", "layers")
    for path in (ROOT / folder).rglob("*.py")
    if "boto3.client(" in path.read_text()
]


def environment(kind: Kind) -> dict[str, str]:
    return {field.name.upper(): f"the {field.name}" for field in fields(kind)}


@pytest.fixture(scope="module")
def client() -> "SSMClient":
    return offline_client("ssm")  # type: ignore[no-any-return]


@pytest.fixture
def ssm(client: "SSMClient") -> Iterator[Stubber]:
    """What SSM will answer; all of it must be asked for."""
    with answers(client) as stubber:
        yield stubber


@pytest.mark.parametrize("kind", KINDS)
def test_settings_come_from_variables_of_the_same_names(kind: Kind) -> None:
    settings = load(kind, environment(kind) | {"PATH": "/bin"})

    assert asdict(settings) == {name.lower(): value for name, value in environment(kind).items()}


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_is_missing_or_empty_is_named_at_once(kind: Kind) -> None:
    names = list(environment(kind))
    given = environment(kind) | {names[0]: ""}
    del given[names[1]]

    with pytest.raises(ConfigError) as raised:
        load(kind, given)

    assert f"{names[0]}, {names[1]};" in str(raised.value)
    assert names[2] not in str(raised.value)


@pytest.mark.parametrize(("chosen", "told"), [("ja", ("ja",)), ("en", ("en",)), ("both", ("ja", "en"))])
def test_messages_are_in_one_language_or_in_both_japanese_first(chosen: str, told: tuple[str, ...]) -> None:
    assert languages(chosen) == told


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ConfigError, match="MessageLanguage must be one of ja, en, both"):
        languages("fr")


@pytest.mark.parametrize("stored", [SECRET, f" {SECRET}\n"])
def test_a_secret_is_read_decrypted_and_without_the_blanks_around_it(
    client: "SSMClient", ssm: Stubber, stored: str
) -> None:
    ssm.add_response("get_parameter", {"Parameter": {"Value": stored}}, {"Name": NAME, "WithDecryption": True})

    assert secret_reader(client, NAME, "JQuantsApiKeyParameter")() == SECRET


def test_a_text_is_read_decrypted_and_as_it_is(client: "SSMClient", ssm: Stubber) -> None:
    text = f'[\n {{"webhook": "https://hooks.slack.com/services/{SECRET}"}}\n]\n'
    ssm.add_response("get_parameter", {"Parameter": {"Value": text}}, {"Name": NAME, "WithDecryption": True})

    assert text_reader(client, NAME, "SlackChannelsParameter")() == text


@pytest.mark.parametrize("code", ["ParameterNotFound", "AccessDeniedException"])
def test_a_secret_that_cannot_be_read_names_the_parameter_and_the_setting(
    client: "SSMClient", ssm: Stubber, code: str
) -> None:
    ssm.add_client_error("get_parameter", code)

    with pytest.raises(ConfigError, match=rf"{NAME} \(JQuantsApiKeyParameter\): {code}"):
        secret_reader(client, NAME, "JQuantsApiKeyParameter")()


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServerError"])
def test_a_service_that_is_busy_is_no_wrong_setting(client: "SSMClient", ssm: Stubber, code: str) -> None:
    """A person who is told to mend what is right looks in the wrong place."""
    ssm.add_client_error("get_parameter", code)

    with pytest.raises(SettingDelayed, match=rf"{NAME} \(JQuantsApiKeyParameter\): {code}, no answer"):
        secret_reader(client, NAME, "JQuantsApiKeyParameter")()


@pytest.mark.parametrize(
    "stored", [" ", "\n", f"{SECRET} {SECRET}", f"{SECRET}\r\nX: y", f"{SECRET}鍵", f"{SECRET}\x00"]
)
def test_a_secret_that_cannot_be_one_is_refused_and_not_shown(client: "SSMClient", ssm: Stubber, stored: str) -> None:
    ssm.add_response("get_parameter", {"Parameter": {"Value": stored}})

    with pytest.raises(ConfigError) as raised:
        secret_reader(client, NAME, "JQuantsApiKeyParameter")()

    assert "JQuantsApiKeyParameter" in str(raised.value)
    assert SECRET not in repr(raised.getrepr(chain=True))


@pytest.mark.parametrize("name", functions())
def test_a_service_that_hangs_is_given_up_before_the_function_is(name: str) -> None:
    options: Any = vars(AWS)
    attempts = options["retries"]["total_max_attempts"]

    longest = TRIES * attempts * (options["connect_timeout"] + options["read_timeout"])

    assert longest < functions()[name]["Timeout"], "even where a note is insisted on"


@pytest.mark.parametrize("source", CLIENTS, ids=lambda path: path.parent.name)
def test_every_aws_client_gives_up_in_time(source: Path) -> None:
    assert re.findall(r"boto3\.client\([^)]*", source.read_text()) == re.findall(
        r"boto3\.client\([^)]*config=AWS", source.read_text()
    )
