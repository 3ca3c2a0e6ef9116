"""Golden cases of what an operator sends: a replay, and a test."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from investor_flows.model import JST
from investor_flows.operate.replay import once_more
from investor_flows.operate.trial import of_test
from investor_flows.summary import Summary

from tests.unit import golden_corrections, golden_notices, golden_releases

AT = datetime(2026, 11, 20, 9, 12, 33, tzinfo=JST)


@dataclass(frozen=True)
class ByHand:
    """A summary that an operator had made."""

    summary: Callable[[], Summary]


def replay_of_a_release() -> ByHand:
    return ByHand(lambda: once_more(golden_releases.regular().summary(), AT))


def replay_of_a_correction() -> ByHand:
    return ByHand(lambda: once_more(golden_corrections.revision().summary(), AT))


def replay_of_a_notice() -> ByHand:
    return ByHand(lambda: once_more(golden_notices.overdue_over_new_year().summary(), AT))


def test_message() -> ByHand:
    return ByHand(lambda: of_test(date(2026, 11, 13), "TokyoNagoya", AT))
