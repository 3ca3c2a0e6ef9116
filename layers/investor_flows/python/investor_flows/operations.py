"""What operators are told in words: one SNS message to the topic that alarms ring too, for e-mail and for Slack."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef

TAG = "[JPX flows operation]"
LONGEST_SUBJECT = 99


class OpsTopic:
    """Reports to operators."""

    def __init__(self, client: "SNSClient", topic_arn: str) -> None:
        self._client = client
        self._arn = topic_arn

    def report(self, subject: str, text: str, about: str = "") -> None:
        """Tell operators, in Slack too. `about` names the Slack channel that is the trouble: it is not asked to."""
        told = {"kind": "operation"} | ({"about": about} if about else {})
        attributes: dict[str, MessageAttributeValueTypeDef] = {
            name: {"DataType": "String", "StringValue": value} for name, value in told.items()
        }
        self._client.publish(
            TopicArn=self._arn, Subject=_line(f"{TAG} {subject}"), Message=text, MessageAttributes=attributes
        )


def _line(subject: str) -> str:
    """The subject as SNS takes it: one line of ASCII, under 100 characters."""
    ascii_only = " ".join(subject.split()).encode("ascii", "replace").decode()
    return ascii_only if len(ascii_only) <= LONGEST_SUBJECT else f"{ascii_only[: LONGEST_SUBJECT - 3]}..."
