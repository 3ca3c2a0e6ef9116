"""The operator's desk with its real adapters. The other functions need few, and wire them in their own handlers."""

from collections.abc import Callable
from functools import partial

import boto3
import requests

from investor_flows.config import AWS, OperateSettings, https, languages, secret_reader, secret_url_reader
from investor_flows.desk import Desk
from investor_flows.doctor import Bot, Patient
from investor_flows.drawing import chart_of
from investor_flows.jquants import JQuantsClient
from investor_flows.ledger import Ledger
from investor_flows.operations import OpsTopic
from investor_flows.queue import SlackQueue
from investor_flows.render import Wording
from investor_flows.services import AwsServices
from investor_flows.store import RecordStore
from investor_flows.subscriber_count import SubscriberCount
from investor_flows.topic import SnsTopic
from investor_flows.watch import watch
from investor_flows.ways import Ways

SCHEMES = ("raw", "bearer")
UNUSED = "none"


def new_desk(settings: OperateSettings) -> Desk:
    """Build the desk of a container."""
    dynamodb = boto3.client("dynamodb", config=AWS)
    archive = RecordStore(dynamodb, settings.table_name)
    ledger = Ledger(dynamodb, settings.table_name)
    patient = _patient(settings, archive)
    count = SubscriberCount(dynamodb, settings.table_name)
    operators = OpsTopic(boto3.client("sns", config=AWS), settings.ops_topic_arn)
    return Desk(
        archive=archive,
        ledger=ledger,
        held=ledger.held,
        patient=patient,
        watch=partial(watch, patient.services, count, operators, settings.topic_arn),
        ways=_ways(settings),
        wording=Wording,
        draw=chart_of,
        languages=languages(settings.message_language),
        headline_section=settings.headline_section,
    )


def _ways(settings: OperateSettings) -> Ways:
    sns, sqs = boto3.client("sns", config=AWS), boto3.client("sqs", config=AWS)
    queue = SlackQueue(sqs, settings.slack_queue_url, settings.slack_dead_letter_queue_url)
    return Ways(SnsTopic(sns, settings.topic_arn), queue)


def _patient(settings: OperateSettings, archive: RecordStore) -> Patient:
    secrets = _secrets(settings)
    sns, sqs = boto3.client("sns", config=AWS), boto3.client("sqs", config=AWS)
    base_url, key = https(settings.jquants_base_url, "JQuantsBaseUrl"), secrets["JQuantsApiKeyParameter"]
    return Patient(
        secrets=secrets,
        sources={scheme: JQuantsClient(base_url, key, scheme, requests.Session()) for scheme in SCHEMES},
        scheme=settings.jquants_auth_scheme,
        archive=archive,
        services=AwsServices(sns, sqs, settings.topic_arn, _queues(settings)),
        bot=_bot(settings, secrets),
        webhook="SlackWebhookParameter" in secrets,
        wording=Wording(languages(settings.message_language)[0]),
        headline_section=settings.headline_section,
    )


def _secrets(settings: OperateSettings) -> dict[str, Callable[[], str]]:
    """Readers of the secrets that are set, by the parameter of the template that names them."""
    ssm = boto3.client("ssm", config=AWS)
    plain = {
        "JQuantsApiKeyParameter": settings.jquants_api_key_parameter,
        "SlackBotTokenParameter": settings.slack_bot_token_parameter,
    }
    readers = {name: secret_reader(ssm, parameter, name) for name, parameter in plain.items() if parameter != UNUSED}
    if settings.slack_webhook_parameter != UNUSED:
        name = "SlackWebhookParameter"
        readers[name] = secret_url_reader(ssm, settings.slack_webhook_parameter, name)
    return readers


def _bot(settings: OperateSettings, secrets: dict[str, Callable[[], str]]) -> Bot | None:
    if "SlackBotTokenParameter" not in secrets:
        return None
    from investor_flows.slack_bot import bot  # here, not above: slack_sdk is most of the memory of a start

    api_url = https(settings.slack_api_url, "SlackApiUrl")
    return bot(secrets["SlackBotTokenParameter"], api_url, settings.slack_channel, lambda _: None)


def _queues(settings: OperateSettings) -> dict[str, str]:
    return {
        "SlackQueue": settings.slack_queue_url,
        "SlackDeadLetterQueue": settings.slack_dead_letter_queue_url,
        "AnnounceDeadLetterQueue": settings.announce_dead_letter_queue_url,
        "TopicDeadLetterQueue": settings.topic_dead_letter_queue_url,
        "PollDeadLetterQueue": settings.poll_dead_letter_queue_url,
    }
