"""README, "Subscribe": each filter policy gets its reader the right messages and no other; each command runs."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from investor_flows.message import Message
from investor_flows.topic import SnsTopic

from tests.conftest import Deployed
from tests.integration.reader import Reader
from tests.integration.readme import commands, policies
from tests.local.processes import wait_until
from tests.local.web.loopback import Loopback
from tests.local.web.visit import Reply, Visit, text_reply
from tests.unit.golden_cases import message

SECONDS = 10
CASES = {
    "large week": "release_regular",
    "small week": "release_tiny",
    "foreigners sold": "release_fiscal_turn",
    "volume alone": "release_volume_only",
    "Nagoya alone": "release_everything_missing",
    "Prime corrected": "correction_revision",
    "large week corrected": "correction_several",
    "Nagoya restated": "correction_restatement",
    "late": "notice_overdue_over_new_year",
    "arrived": "notice_arrived_after_all",
}
RELEASES = {"large week", "small week", "foreigners sold", "volume alone", "Nagoya alone"}
CORRECTIONS = {"Prime corrected", "large week corrected", "Nagoya restated"}
NOTICES = {"late", "arrived"}
PRIME = (RELEASES - {"Nagoya alone"}) | {"Prime corrected", "large week corrected"}
LARGE = {"large week", "large week corrected", "Nagoya restated"}
EACH = {"ja", "en"}
WANTED: dict[str, tuple[set[str], set[str]]] = {
    "Japanese, where `MessageLanguage` is `both`": (set(CASES), {"ja"}),
    "English, where `MessageLanguage` is `both`": (set(CASES), {"en"}),
    "corrections only": (CORRECTIONS, EACH),
    "no notices that a release is late": (RELEASES | CORRECTIONS, EACH),
    "one section": (PRIME, EACH),
    "one section, and the notices": (PRIME | NOTICES, EACH),
    "weeks in which foreigners or individuals netted 5,000億円 or more": (LARGE, EACH),
    "the same, and every correction": (LARGE | CORRECTIONS, EACH),
    "weeks in which foreigners sold 1,000億円 net or more": ({"foreigners sold"}, EACH),
    "corrections of one section, in English": ({"Prime corrected", "large week corrected"}, {"en"}),
}


@pytest.fixture(scope="module")
def readers(deployed: Deployed, functions_at_rest: None) -> Iterator[dict[str, Reader]]:  # noqa: ARG001 - no Slack
    """One reader a policy, after every message was published in both languages."""
    subscribed = {wish: Reader(deployed, policy, raw=True) for wish, policy in policies().items()}
    topic = SnsTopic(deployed.stack.client("sns"), deployed.stack.outputs["TopicArn"])
    for name, case in CASES.items():
        for language in EACH:
            topic.publish(named(name, message(case, language)))
    yield subscribed
    for reader in subscribed.values():
        reader.leave()


def named(name: str, worded: Message) -> Message:
    """The message as worded, but for a document that says which it is."""
    document = {"name": name, "language": worded.attributes["language"]}
    return Message(worded.subject, worded.email, document, worded.attributes)


def test_every_policy_of_the_table_is_tested() -> None:
    assert set(policies()) == set(WANTED)


@pytest.mark.parametrize("wish", WANTED)
def test_a_policy_gets_its_reader_the_right_messages_and_no_other(readers: dict[str, Reader], wish: str) -> None:
    names, languages = WANTED[wish]
    wanted = {(name, language) for name in names for language in languages}

    got = [json.loads(letter["Body"]) for letter in readers[wish].letters(len(wanted))]

    assert sorted((each["name"], each["language"]) for each in got) == sorted(wanted)


def test_the_commands_subscribe_confirm_change_and_unsubscribe(deployed: Deployed) -> None:
    sns, topic = deployed.stack.client("sns"), deployed.stack.outputs["TopicArn"]
    with Asked() as reader:
        words = {"TOPIC_ARN": topic, "email": "http", "YOU@EXAMPLE.COM": reader.url}

        run(sns, "subscribe", words)
        wait_until(lambda: bool(reader.questions), SECONDS, "not asked to confirm")
        words["TOKEN"] = token(reader.questions[0]["SubscribeURL"])
        words["SUBSCRIPTION_ARN"] = arn = run(sns, "confirm-subscription", words)["SubscriptionArn"]
        subscribed = run(sns, "get-subscription-attributes", words)["Attributes"]
        run(sns, "set-subscription-attributes", words)
        changed = run(sns, "get-subscription-attributes", words)["Attributes"]
        run(sns, "unsubscribe", words)

    assert subscribed["ConfirmationWasAuthenticated"] == "true"
    policies_set = [json.loads(each["FilterPolicy"]) for each in (subscribed, changed)]
    assert policies_set == [{"kind": ["revision", "restatement"]}, {"sections": ["TSEPrime"]}]
    assert arn not in str(sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"])


def test_the_commands_of_programs_bring_a_queue_the_bare_document(deployed: Deployed, functions_at_rest: None) -> None:  # noqa: ARG001 - no Slack
    sns, sqs = (deployed.stack.client(name) for name in ("sns", "sqs"))
    topic, url = deployed.stack.outputs["TopicArn"], sqs.create_queue(QueueName="of-a-program")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    words = {"URL": url, "TOPIC_ARN": topic, "QUEUE_ARN": arn}

    run(sqs, "set-queue-attributes", words, "Programs")
    subscription = run(sns, "subscribe", words, "Programs")["SubscriptionArn"]
    SnsTopic(sns, topic).publish(message("release_regular", "en"))
    [letter] = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=SECONDS)["Messages"]
    sns.unsubscribe(SubscriptionArn=subscription)
    sqs.delete_queue(QueueUrl=url)

    assert json.loads(letter["Body"])["schema"] == "investor-flows/1"


class Asked(Loopback):
    """A reader who is asked to confirm, and leaves that to the owner of the topic."""

    def __init__(self) -> None:
        super().__init__(port=0)
        self.questions: list[dict[str, Any]] = []

    def answer(self, visit: Visit) -> Reply:
        """Take the question."""
        self.questions.append(visit.json())
        return text_reply("")


def run(client: Any, operation: str, words: dict[str, str], title: str = "Subscribe") -> dict[str, Any]:
    """Do what the AWS CLI does with a line of a section; `words` stand for those that a user puts in."""
    [line] = [each[3:] for each in commands(title, client.meta.service_model.service_name) if each[2] == operation]
    for word, value in words.items():
        line = [part.replace(word, value) for part in line]
    given: dict[str, Any] = {parameter(name): value for name, value in zip(line[::2], line[1::2], strict=True)}
    if "Attributes" in given:
        given["Attributes"] = attributes(given["Attributes"])
    answer: dict[str, Any] = getattr(client, operation.replace("-", "_"))(**given)
    return answer


def attributes(text: str) -> dict[str, str]:
    """A map of texts, as the AWS CLI reads it: JSON, or its short form."""
    found: dict[str, str] = json.loads(text) if text.startswith("{") else dict([text.split("=")])
    return found


def parameter(option: str) -> str:
    """The API's name of an option of the AWS CLI, which renames one of them."""
    name = option.removeprefix("--").title().replace("-", "")
    return {"NotificationEndpoint": "Endpoint"}.get(name, name)


def token(address: str) -> str:
    """What stands between `Token=` and the next `&`, as the README says."""
    return address.partition("Token=")[2].partition("&")[0]
