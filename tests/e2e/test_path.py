"""The whole path on the deployed template: a published release becomes an e-mail and a Slack message."""

from tests.conftest import World


def test_the_first_poll_stores_history_silently_and_tells_the_newest_release_alone(world: World) -> None:
    report = world.poll()

    [email] = world.await_messages("email", 1)
    [slack] = world.await_messages("slack", 1)
    assert report["announced"] == 1
    assert report["new"] == len(world.vendor.exchange.rows()) * 2
    assert email and slack
