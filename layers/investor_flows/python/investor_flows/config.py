"""Settings and secrets: one frozen class per function, every missing variable named at once, secrets by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from investor_flows.errors import ConfigError, SettingDelayed

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

LANGUAGES = {"ja": ("ja",), "en": ("en",), "both": ("ja", "en")}
"""What MessageLanguage stands for."""

WRONG_PARAMETER = {"ParameterNotFound", "AccessDeniedException", "InvalidKeyId", "ValidationException"}
"""What SSM says where waiting does not help."""

AWS = Config(
    connect_timeout=3,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 3},
    parameter_validation=False,
)
"""For every AWS client. boto3 waits for a minute by default, ten times: longer than a function lives.

Parameters are checked by mypy before, and by AWS; boto3's own check takes a sixth of a backfill's CPU.
"""


@dataclass(frozen=True, slots=True)
class PollSettings:
    """Settings of the function that polls."""

    table_name: str
    jquants_base_url: str
    jquants_auth_scheme: str
    jquants_api_key_parameter: str


@dataclass(frozen=True, slots=True)
class AnnounceSettings:
    """Settings of the function that announces."""

    table_name: str
    topic_arn: str
    message_language: str
    headline_section: str


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Settings of the function that posts to Slack."""

    table_name: str
    ops_topic_arn: str
    message_language: str
    slack_queue_url: str
    slack_dead_letter_queue_url: str
    slack_channels_parameter: str
    slack_api_url: str


@dataclass(frozen=True, slots=True)
class OperateSettings:
    """Settings of the function that answers operators. A parameter name of `none` means: no Slack."""

    table_name: str
    topic_arn: str
    ops_topic_arn: str
    message_language: str
    headline_section: str
    jquants_base_url: str
    jquants_auth_scheme: str
    jquants_api_key_parameter: str
    slack_channels_parameter: str
    slack_api_url: str
    slack_queue_url: str
    slack_dead_letter_queue_url: str
    announce_dead_letter_queue_url: str
    topic_dead_letter_queue_url: str
    poll_dead_letter_queue_url: str


def load[Settings](kind: type[Settings], environment: Mapping[str, str]) -> Settings:
    """Read settings from environment variables of the same names in capitals."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    if missing := [name.upper() for name in names if not environment.get(name.upper())]:
        raise ConfigError(f"not set: {', '.join(missing)}; template.yaml sets them for every function")
    return kind(**{name: environment[name.upper()] for name in names})


def languages(message_language: str) -> tuple[str, ...]:
    """The languages of a stack; the first is for readers who choose none."""
    if message_language not in LANGUAGES:
        raise ConfigError(f"MessageLanguage must be one of {', '.join(LANGUAGES)}")
    return LANGUAGES[message_language]


def text_reader(ssm: "SSMClient", parameter: str, setting: str) -> Callable[[], str]:
    """Make a function that reads a SecureString as it is. `setting` names the stack parameter in errors.

    The function raises ConfigError where there is none to read, and SettingDelayed where AWS does not answer.
    """

    def read() -> str:
        try:
            return ssm.get_parameter(Name=parameter, WithDecryption=True)["Parameter"]["Value"]
        except (ClientError, BotoCoreError) as error:
            code = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
            said = f"SSM parameter {parameter} ({setting}): {code}"
            if code in WRONG_PARAMETER:
                raise ConfigError(f"{said}; put a SecureString there") from error
            raise SettingDelayed(f"{said}, no answer") from error

    return read


def secret_reader(ssm: "SSMClient", parameter: str, setting: str) -> Callable[[], str]:
    """Make a function that reads a SecureString that holds one secret and nothing else."""
    read_text = text_reader(ssm, parameter, setting)

    def read() -> str:
        secret = read_text().strip()
        if not secret or not secret.isascii() or not secret.isprintable() or " " in secret:
            raise ConfigError(f"SSM parameter {parameter} ({setting}) is empty or holds spaces: put the secret there")
        return secret

    return read
