"""The operator's desk with its real adapters. The other functions need few, and wire them in their own handlers."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import boto3

from investor_flows.addresses import https
from investor_flows.clients import later
from investor_flows.config import AWS, OperateSettings, languages, secret_reader, text_reader
from investor_flows.drawing import chart_of
from investor_flows.intake import Source
from investor_flows.operate.desk import Desk
from investor_flows.operate.doctor import Patient
from investor_flows.operate.ledger import Ledger
from investor_flows.operate.services import AwsServices
from investor_flows.operate.subscriber_count import SubscriberCount
from investor_flows.operate.watch import watch
from investor_flows.operate.ways import Ways
from investor_flows.operations import OpsTopic
from investor_flows.render import Wording
from investor_flows.slack.channels import SlackChannels
from investor_flows.slack.queue import SlackQueue
from investor_flows.store import RecordStore
from investor_flows.topic import SnsTopic

SCHEMES = ("raw", "bearer")
UNUSED = "none"


def new_desk(settings: OperateSettings) -> Desk:
    """Build the desk of a container. Every request reads the table; the other clients wait until one needs them."""
    dynamodb = boto3.client("dynamodb", config=AWS)
    sns, sqs = later("sns"), later("sqs")
    archive = RecordStore(dynamodb, settings.table_name)
    ledger = Ledger(dynamodb, settings.table_name)
    services = AwsServices(sns, sqs, settings.topic_arn, settings.ops_topic_arn, _queues(settings))
    count = SubscriberCount(dynamodb, settings.table_name)
    operators = OpsTopic(sns, settings.ops_topic_arn)
    queue = SlackQueue(sqs, settings.slack_queue_url, settings.slack_dead_letter_queue_url)
    return Desk(
        archive=archive,
        ledger=ledger,
        held=ledger.held,
        patient=_patient(settings, archive, services),
        watch=partial(watch, services, count, operators),
        ways=Ways(SnsTopic(sns, settings.topic_arn), queue),
        wording=Wording,
        draw=chart_of,
        languages=languages(settings.message_language),
        headline_section=settings.headline_section,
    )


def _patient(settings: OperateSettings, archive: RecordStore, services: AwsServices) -> Patient:
    ssm, setting = later("ssm"), "JQuantsApiKeyParameter"
    key = secret_reader(ssm, settings.jquants_api_key_parameter, setting)
    return Patient(
        secrets={setting: key},
        sources=partial(_sources, https(settings.jquants_base_url, "JQuantsBaseUrl"), key),
        scheme=settings.jquants_auth_scheme,
        archive=archive,
        services=services,
        channels=_channels(settings, ssm),
        wording=Wording(languages(settings.message_language)[0]),
        headline_section=settings.headline_section,
    )


def _sources(base_url: str, key: Callable[[], str]) -> Mapping[str, Source]:
    from investor_flows.jquants import JQuantsClient  # the doctor alone needs HTTP
    from investor_flows.sessions import session

    return {scheme: JQuantsClient(base_url, key, scheme, session()) for scheme in SCHEMES}


def _channels(settings: OperateSettings, ssm: Any) -> SlackChannels | None:
    if settings.slack_channels_parameter == UNUSED:
        return None
    read_list = text_reader(ssm, settings.slack_channels_parameter, "SlackChannelsParameter")
    return SlackChannels(read_list, languages(settings.message_language), settings.slack_api_url, lambda _: None)


def _queues(settings: OperateSettings) -> dict[str, str]:
    return {
        "SlackQueue": settings.slack_queue_url,
        "SlackDeadLetterQueue": settings.slack_dead_letter_queue_url,
        "AnnounceDeadLetterQueue": settings.announce_dead_letter_queue_url,
        "TopicDeadLetterQueue": settings.topic_dead_letter_queue_url,
        "PollDeadLetterQueue": settings.poll_dead_letter_queue_url,
    }
