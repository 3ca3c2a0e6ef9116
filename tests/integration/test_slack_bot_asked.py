"""A bot that the doctor asks: Slack says whom it takes it for and whether it takes blocks, and nothing is posted."""

import pytest
from investor_flows.errors import DeliveryDelayed, DeliveryRefused

from tests.integration.bot_channel import HEADER, a_bot
from tests.integration.slack_document import BAD_BLOCK
from tests.local.inbox.server import Inbox


def test_slack_says_whom_it_takes_the_bot_for(inbox: Inbox) -> None:
    assert a_bot(inbox).who() == "investor-flows in local"


def test_a_token_that_slack_does_not_know_is_refused(inbox: Inbox) -> None:
    with pytest.raises(DeliveryRefused, match="invalid_auth") as refused:
        a_bot(inbox, "xoxb-canary").who()

    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(("block", "taken"), [(HEADER, True), (BAD_BLOCK, False)])
def test_slack_says_whether_it_takes_blocks_and_posts_none(
    inbox: Inbox, block: dict[str, object], *, taken: bool
) -> None:
    assert a_bot(inbox).takes([block]) is taken
    assert inbox.messages == []


def test_a_slack_that_is_busy_is_no_verdict_on_the_blocks(inbox: Inbox) -> None:
    inbox.fail_next(503, on="blocks.validate")

    with pytest.raises(DeliveryDelayed):
        a_bot(inbox).takes([HEADER])
