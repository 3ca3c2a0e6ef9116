"""Watch: counts who gets e-mail, and reports a drop where it is still read. AWS tells nobody that somebody left."""

from datetime import datetime
from typing import Any, Protocol

from investor_flows.operate.doctor import Services

SUBJECT = "{before} e-mail subscribers, now {count}"
TEXT = """\
E-mail subscribers who have confirmed: {count}, {before} when they were last counted.
Readers and operators are counted together. Somebody unsubscribed, perhaps a mail scanner that follows links, or a
subscription was deleted.
Look: aws sns list-subscriptions-by-topic --topic-arn ARN, for TopicArn and OpsTopicArn in the outputs of the stack.
Subscribe again who did not mean to leave; AWS asks them to confirm.
"""


class Memory(Protocol):
    """What was counted last."""

    def last_count(self) -> int | None:
        """The last count; None where there is none yet."""
        ...

    def remember(self, count: int, before: int | None, now: datetime) -> bool:
        """Keep a count in the place of `before`; say whether that was still there."""
        ...


class Operators(Protocol):
    """Whom a report goes to: the operators' topic, which Slack and their e-mail take."""

    def report(self, subject: str, text: str) -> None:
        """Report."""
        ...


def watch(services: Services, memory: Memory, operators: Operators, now: datetime) -> dict[str, Any]:
    """Compare the number of subscribers with the last one; a drop is reported before it is remembered."""
    count, before = services.subscribers().confirmed + services.operators().confirmed, memory.last_count()
    dropped = before is not None and count < before
    if dropped:
        words = {"count": count, "before": before}
        operators.report(SUBJECT.format(**words), TEXT.format(**words))
    if count != before:
        memory.remember(count, before, now)  # last: a crash repeats the report, never loses it
    return {"subscribers": count, "before": before, "reported": dropped}
