"""The operator's desk with its real adapters. The other functions need few, and wire them in their own handlers."""

from functools import partial

import boto3
import requests

from investor_flows.addresses import https
from investor_flows.config import AWS, OperateSettings, languages, secret_reader, text_reader
from investor_flows.desk import Desk
from investor_flows.doctor import Patient
from investor_flows.drawing import chart_of
from investor_flows.jquants import JQuantsClient
from investor_flows.ledger import Ledger
from investor_flows.operations import OpsTopic
from investor_flows.queue import SlackQueue
from investor_flows.render import Wording
from investor_flows.services import AwsServices
from investor_flows.slack_channels import SlackChannels
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
    base_url, setting = https(settings.jquants_base_url, "JQuantsBaseUrl"), "JQuantsApiKeyParameter"
    key = secret_reader(boto3.client("ssm", config=AWS), settings.jquants_api_key_parameter, setting)
    sns, sqs = boto3.client("sns", config=AWS), boto3.client("sqs", config=AWS)
    return Patient(
        secrets={setting: key},
        sources={scheme: JQuantsClient(base_url, key, scheme, requests.Session()) for scheme in SCHEMES},
        scheme=settings.jquants_auth_scheme,
        archive=archive,
        services=AwsServices(sns, sqs, settings.topic_arn, _queues(settings)),
        channels=_channels(settings),
        wording=Wording(languages(settings.message_language)[0]),
        headline_section=settings.headline_section,
    )


def _channels(settings: OperateSettings) -> SlackChannels | None:
    if settings.slack_channels_parameter == UNUSED:
        return None
    ssm = boto3.client("ssm", config=AWS)
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
