"""Reports to operators: e-mail gets subject and text, and attributes tell them from alarms."""

from collections.abc import Iterator

import pytest
from investor_flows.operations import LONGEST_SUBJECT, TAG, OpsTopic

from tests.conftest import Deployed
from tests.local.inbox.server import Inbox
from tests.local.processes import wait_until

SECONDS = 10
FIRST_LINE = f"{TAG} 1 subscriber fewer"


@pytest.fixture
def ops(deployed: Deployed, functions_at_rest: None) -> OpsTopic:  # noqa: ARG001 - Slack is not told
    return OpsTopic(deployed.stack.client("sns"), deployed.stack.outputs["OpsTopicArn"])


@pytest.fixture
def inbox(deployed: Deployed) -> Iterator[Inbox]:
    """A reader of the ops topic, who leaves it afterwards."""
    sns, topic = deployed.stack.client("sns"), deployed.stack.outputs["OpsTopicArn"]
    with Inbox() as running:
        asked = sns.subscribe(
            TopicArn=topic, Protocol="http", Endpoint=f"{running.url}/email", ReturnSubscriptionArn=True
        )
        wait_until(lambda: any(each.confirmed for each in running.subscriptions), SECONDS, "not confirmed")
        yield running
        sns.unsubscribe(SubscriptionArn=asked["SubscriptionArn"])


def test_a_report_reaches_an_operator_with_its_subject_and_text(ops: OpsTopic, inbox: Inbox) -> None:
    ops.report("1 subscriber fewer", "4 of 5 addresses are confirmed.\n購読が1件減りました。")

    wait_until(lambda: bool(inbox.messages), SECONDS, "no report came")
    [told] = [message.content for message in inbox.messages]
    assert (told["subject"], told["message"]) == (FIRST_LINE, "4 of 5 addresses are confirmed.\n購読が1件減りました。")
    assert told["attributes"] == {"kind": "operation"}


def test_a_report_on_a_channel_names_it_for_those_who_must_not_ask_it(ops: OpsTopic, inbox: Inbox) -> None:
    ops.report("Slack refuses", "The webhook is gone.", about="desk")

    wait_until(lambda: bool(inbox.messages), SECONDS, "no report came")
    assert inbox.messages[0].content["attributes"] == {"kind": "operation", "about": "desk"}


@pytest.mark.parametrize("subject", ["購読が減りました", "two\nlines", "long " * 40])
def test_any_subject_is_sent_as_sns_takes_it(ops: OpsTopic, inbox: Inbox, subject: str) -> None:
    ops.report(subject, "text")

    wait_until(lambda: bool(inbox.messages), SECONDS, "no report came")
    [told] = [message.content for message in inbox.messages]
    assert told["problems"] == []
    assert told["subject"].startswith(TAG)
    assert len(told["subject"]) <= LONGEST_SUBJECT
