"""What a month costs: README says what was measured, and the schedules are counted right."""

import pytest

from tests.bench.prices import FREE_ALARMS, FREE_DASHBOARDS, PRICED_ON
from tests.bench.readme import measured, told
from tests.bench.schedule import per_month
from tests.unit.template import resources, template

MONTH = 365.25 / 12
WEEKDAYS = MONTH * 5 / 7


def test_readme_tells_the_cost_that_make_bench_measured() -> None:
    assert f"as known on {PRICED_ON}" in told()
    assert told() == measured()  # `make cost` brings it up to date


def test_readme_counts_the_polls_of_the_template_s_schedules() -> None:
    schedules = [template()["Parameters"][name]["Default"] for name in ("PollSchedule", "SparsePollSchedule")]

    assert f"{sum(map(per_month, schedules)):,.0f} polls a month" in told()


def test_alarms_and_dashboards_are_no_more_than_are_always_free() -> None:
    assert len(resources("AWS::CloudWatch::Alarm")) <= FREE_ALARMS
    assert len(resources("AWS::CloudWatch::Dashboard")) <= FREE_DASHBOARDS


@pytest.mark.parametrize(
    ("cron", "times"),
    [
        ("cron(* 18 ? * MON-FRI *)", 60 * WEEKDAYS),
        ("cron(3/30 * ? * * *)", 48 * MONTH),
        ("cron(40 5 ? * SUN *)", MONTH / 7),
        ("cron(0-9,30 18,19 ? * MON-FRI *)", 22 * WEEKDAYS),
        ("cron(*/15 9-11 ? * WED *)", 12 * MONTH / 7),
    ],
)
def test_a_schedule_is_counted_by_its_minutes_hours_and_weekdays(cron: str, times: float) -> None:
    assert per_month(cron) == pytest.approx(times)


def test_a_schedule_that_names_days_of_the_month_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="count the days by hand"):
        per_month("cron(0 18 1 * ? *)")
