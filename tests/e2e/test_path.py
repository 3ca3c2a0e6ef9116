"""The whole path on the deployed template: a published release becomes an e-mail and a Slack message."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.conftest import World
from tests.local.processes import StackError


def test_the_first_poll_stores_history_silently_and_tells_the_newest_release_alone(world: World) -> None:
    report = world.poll()

    [email] = world.await_messages("email", 1)
    [slack] = world.await_messages("slack", 1)
    assert (report["announced"], report["new"]) == (1, 2 * len(world.vendor.exchange.rows()))
    assert "START" in email["subject"]
    lead = slack["text"].partition("（")[0]
    assert lead.startswith("海外投資家")
    assert lead in email["message"]


def test_a_new_week_is_told_once_and_a_poll_with_nothing_new_says_nothing(world: World) -> None:
    world.poll()
    world.vendor.exchange.publish_next_week()

    reports = [world.poll(), world.poll()]

    assert [report["announced"] for report in reports] == [1, 0]
    assert len(world.await_messages("email", 2)) == len(world.await_messages("slack", 2)) == 2


def test_a_correction_is_told_with_the_old_and_the_new_figure(world: World) -> None:
    world.poll()
    world.vendor.exchange.correct(sections="TokyoNagoya")

    report = world.poll()

    [_, email] = world.await_messages("email", 2)
    assert (report["revised"], report["announced"]) == (2, 1)
    assert "CORRECTED" in email["subject"]
    assert "→" in email["message"]


def test_a_section_that_fails_its_accounts_is_named_and_the_others_go_out(world: World) -> None:
    world.poll()
    world.vendor.exchange.break_accounts(sections="TSEPrime", measure="value")
    world.vendor.exchange.publish_next_week()

    report = world.poll()
    world.vendor.exchange.mend()
    mended = world.poll()

    messages = [email["message"] for email in world.await_messages("email", 3)]
    assert (report["held"], report["announced"], mended["new"], mended["announced"]) == (1, 1, 1, 1)
    assert "プライム" in messages[1]


def test_a_late_volume_is_waited_for_then_named_missing_and_told_as_an_addition(world: World) -> None:
    world.poll()
    world.vendor.exchange.withhold("TSEGrowth", "volume")
    world.vendor.exchange.publish_next_week()
    at = world.vendor.exchange.now

    early, late = world.poll(at), world.poll(at + timedelta(minutes=31))
    world.vendor.exchange.release_withheld()
    complete = world.poll(at + timedelta(minutes=40))

    assert [report["announced"] for report in (early, late, complete)] == [0, 1, 1]
    assert early["waiting"] == 1
    assert len(world.await_messages("email", 3)) == 3


def test_two_polls_at_the_same_time_announce_a_new_week_once(world: World) -> None:
    world.poll()
    world.vendor.exchange.publish_next_week()

    with ThreadPoolExecutor() as pool:
        reports = list(pool.map(lambda _: world.poll(), range(2)))

    assert sum(report["announced"] for report in reports) == 1
    assert len(world.await_messages("slack", 2)) == 2


def test_a_wrong_key_is_a_clear_error_and_stores_and_announces_nothing(world: World) -> None:
    world.stack.put_secret("/investor-flows/jquants-api-key", "canary-wrong-key")
    world.restart_functions()

    with pytest.raises(StackError, match="JQuantsApiKeyParameter") as caught:
        world.poll()

    items = world.client("dynamodb").scan(TableName=world.table_name)["Items"]
    assert items == []
    assert "canary-wrong-key" not in str(caught.value) + world.stack.process.log.read_text()
    assert world.count_errors("PollFunctionName") >= 1


def test_a_mended_key_is_read_again_without_a_restart(world: World) -> None:
    world.vendor.fail_next("403")
    with pytest.raises(StackError):
        world.poll()

    assert world.poll()["announced"] == 1


def test_an_announcement_that_the_stream_forgot_is_offered_again_after_ten_minutes(world: World) -> None:
    world.poll()
    world.await_messages("slack", 1)
    world.vendor.exchange.publish_next_week()
    at = world.vendor.exchange.now

    with world.stream_stopped():
        world.poll(at)
        reports = [world.poll(at + timedelta(minutes=minutes)) for minutes in (9, 11, 12)]

    assert [report["offered_again"] for report in reports] == [0, 1, 0]
    assert len(world.await_messages("slack", 2)) == 2
