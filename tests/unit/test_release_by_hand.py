"""A held row that a person vouches for is stored with the reason, and told as any other."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from investor_flows.announcements import Kind, Occasion
from investor_flows.held_rows import BY_HAND
from investor_flows.poll import audit, poll
from investor_flows.releases import fingerprint, held_record
from investor_flows.summary import summarise

from tests.unit.builders import a_revision
from tests.unit.golden_cases import LANGUAGES, wording
from tests.unit.held_scene import GOOD, NOW, RIGHT, WEEK, WHY, holding, of_row, off_by_one, release
from tests.unit.publishing import NEXT, a_week, after, monitored, records_of, told
from tests.unit.sent import a_row, moved


def test_it_is_stored_and_told_as_a_late_section() -> None:
    held = off_by_one()
    _, store = holding(held, *GOOD)

    report = release(store, held)

    assert (report.new, report.announced) == (1, 1)
    assert records_of(store) == {held.record}
    assert told(store)[-1] == (Occasion.ADDITION, Kind.RELEASE, RIGHT.published_date)


def test_the_reason_is_kept_with_the_vintage_beside_what_the_vendor_sent() -> None:
    held = of_row(moved(a_row(RIGHT), TrustBanksSales=1, TrustBanksTotal=1, TrustBanksBalance=-1) | {"Note": "n"})
    _, store = holding(held, *GOOD)

    release(store, held)

    extra = json.loads(store.stored[-1].record.extra)
    assert extra["Note"] == "n"
    assert (extra[BY_HAND]["why"], extra[BY_HAND]["fingerprint"]) == (WHY, fingerprint(held).hex())
    assert "Brokerage" in extra[BY_HAND]["held_for"]


def test_readers_are_told_that_it_was_held_and_why_and_that_a_person_checked_it() -> None:
    held = off_by_one()
    _, store = holding(held, *GOOD)
    release(store, held)

    messages = [wording(language).message(summarise(store.owed[-1], store, "TokyoNagoya")) for language in LANGUAGES]

    japanese, english = (" ".join(message.email.split()) for message in messages)
    assert "確認済み: 東証プライム 金額" in japanese
    assert "Held at first, then checked by the operator: TSE Prime, value" in english
    assert all("is not the sum of its clients" in text for text in (japanese, english))
    assert WHY not in japanese + english


@pytest.mark.parametrize("look", [poll, audit])
def test_the_same_row_sent_again_is_no_news(look: Any) -> None:
    held = off_by_one()
    source, store = holding(held, *GOOD)
    release(store, held)
    before = list(store.stored), list(store.owed)

    report = look(source, store, NOW + timedelta(minutes=1))

    assert (report.new, report.held, report.announced) == (0, 0, 0)
    assert (store.stored, store.owed) == before


@pytest.mark.parametrize("look", [poll, audit])
def test_a_row_out_of_proportion_is_no_news_either_once_it_is_released(look: Any) -> None:
    huge = replace(RIGHT, figures=tuple(1000 * (figure or 0) for figure in RIGHT.figures))
    source, store = holding(huge, *GOOD)
    [held] = store.held
    release(store, held)
    before = list(store.stored), list(store.owed)

    report = look(source, store, NOW + timedelta(minutes=1))

    assert (report.new, report.held, report.announced) == (0, 0, 0)
    assert (store.stored, store.owed) == before


def test_the_row_sent_right_afterwards_is_told_as_a_restatement() -> None:
    held = off_by_one()
    source, store = holding(held, *GOOD)
    release(store, held)
    source.replace([held], [RIGHT])

    report = poll(source, store, NOW + timedelta(minutes=1))

    assert (report.restated, report.announced) == (1, 1)
    assert told(store)[-1][1] is Kind.RESTATEMENT


def test_a_correction_that_was_held_is_told_as_a_correction() -> None:
    corrected = a_revision(a_week()[0], NEXT, Foreigners=(1, 2))
    held = held_record(corrected, "TotalTotal 3 is less than a 50th of 9, the size of the weeks around")
    _, store = holding(*WEEK)
    store.hold(held, NOW)

    report = release(store, held)

    assert (report.revised, report.announced) == (1, 1)
    assert told(store)[-1][1] is Kind.REVISION


def test_a_whole_week_that_was_held_gives_the_all_clear_when_it_is_released() -> None:
    held = off_by_one()
    source, store = monitored()
    source.publish(held)
    poll(source, store, after(RIGHT, minutes=3 * 60))
    assert store.owed[-1].kind is Kind.OVERDUE

    report = release(store, held)

    assert report.announced == 2
    assert {each.kind for each in store.owed[-2:]} == {Kind.RELEASE, Kind.ARRIVED}
    assert (store.kept.newest_week, store.kept.last_published) == (NEXT, RIGHT.published_date)


def test_history_that_was_held_completes_it_silently() -> None:
    old = replace(a_week(date(2024, 3, 8))[0])
    held = held_record(old, "TotalTotal 3 is less than a 50th of 9, the size of the weeks around")
    _, store = holding(*WEEK)
    store.hold(held, NOW)

    report = release(store, held)

    assert (report.new, report.announced) == (1, 0)
