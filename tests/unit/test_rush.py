"""A thousand messages while Slack says 429 for ten minutes: all arrive, each once, none is sent before its time."""

from datetime import timedelta

import pytest

from tests.unit.rush import BEGIN, BusySlack, Rush
from tests.unit.template import resources

MESSAGES = 1_000
TEN_MINUTES = timedelta(minutes=10)
RECEIVES = resources("AWS::SQS::Queue")["SlackQueue"]["RedrivePolicy"]["maxReceiveCount"]


@pytest.mark.parametrize("retry_after", [1, 30, 60])
@pytest.mark.parametrize("pause", [timedelta(milliseconds=50), timedelta(milliseconds=200)])
def test_a_thousand_messages_outlast_ten_minutes_of_429(retry_after: int, pause: timedelta) -> None:
    rush = Rush(BusySlack(BEGIN + TEN_MINUTES, retry_after), MESSAGES, RECEIVES, pause)

    took = rush.run()

    assert rush.dead == []
    assert len(rush.slack.posts) == len(set(rush.slack.posts)) == MESSAGES
    assert rush.slack.too_early == []
    assert TEN_MINUTES < took < timedelta(hours=2)
