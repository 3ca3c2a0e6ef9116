"""Which messages a Slack channel wants: by language, kind, section and amount."""

from typing import Any

import pytest
from investor_flows.slack.channel import KINDS, Entry

from tests.unit.golden_cases import CASES, message

LARGE, SMALL, PRIME_CORRECTED = "release_regular", "release_tiny", "correction_revision"
LATE, NAGOYA_ALONE = "notice_overdue_over_new_year", "release_everything_missing"
ALL = Entry("desk", "ja")
RELEASES = [case for case in CASES if case.startswith("release")]
REPEATED = "correction_repeated"  # corrects nothing after all
CORRECTIONS_AND_NOTICES = [case for case in CASES if case.startswith(("correction", "notice")) and case != REPEATED]


def document(case: str, language: str = "ja") -> dict[str, Any]:
    return dict(message(case, language).document)


@pytest.mark.parametrize("case", CASES)
def test_a_channel_that_chooses_nothing_wants_every_message_of_its_language(case: str) -> None:
    assert ALL.wants(document(case, "ja"))
    assert not ALL.wants(document(case, "en"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_channel_that_chooses_kinds_wants_these_alone(kind: str) -> None:
    told = {**document(LARGE), "kind": kind}

    assert Entry("desk", "ja", kinds=frozenset({kind, "other"})).wants(told)
    assert not Entry("desk", "ja", kinds=frozenset(KINDS) - {kind}).wants(told)


@pytest.mark.parametrize(
    ("section", "case", "wanted"),
    [
        ("TSEPrime", LARGE, True),
        ("TSEPrime", PRIME_CORRECTED, True),
        ("TSEPrime", NAGOYA_ALONE, False),
        ("TSEGrowth", PRIME_CORRECTED, False),
        ("TSE1st", LARGE, False),
        ("TSEPrime", LATE, True),
    ],
)
def test_a_channel_that_chooses_sections_wants_them_and_what_is_about_none(
    section: str, case: str, *, wanted: bool
) -> None:
    assert Entry("desk", "ja", sections=frozenset({section})).wants(document(case)) is wanted


def test_a_section_of_another_week_of_the_release_counts() -> None:
    told = document("release_section_change")
    weeks: list[dict[str, Any]] = [{"sections": {"TSE2nd": {}}}]

    assert Entry("desk", "ja", sections=frozenset({"TSE2nd"})).wants({**told, "other_weeks": weeks})


@pytest.mark.parametrize("case", RELEASES)
def test_a_minimum_goes_by_the_number_that_filter_policies_go_by(case: str) -> None:
    worded = message(case, "ja")
    net = worded.attributes.get("abs_max_net_oku")

    assert Entry("desk", "ja", minimum_oku=net if isinstance(net, int) else 10**9).wants(worded.document)
    assert net is None or not Entry("desk", "ja", minimum_oku=int(str(net)) + 1).wants(worded.document)


@pytest.mark.parametrize("case", CORRECTIONS_AND_NOTICES)
def test_a_correction_or_a_notice_is_never_too_small(case: str) -> None:
    assert Entry("desk", "ja", minimum_oku=10**9).wants(document(case))


def test_a_channel_does_not_carry_a_report_on_itself() -> None:
    report = {"kind": "operation", "about": "desk"}

    assert not ALL.wants(report)
    assert Entry("research", "en", sections=frozenset({"TSEPrime"}), minimum_oku=5).wants(report)


def test_no_secret_is_in_an_entry_that_is_printed() -> None:
    printed = repr([Entry("a", "ja", webhook="https://canary"), Entry("b", "ja", token="canary", channel="C01")])

    assert "canary" not in printed
