"""The subject of an e-mail: ASCII, under 100 characters, one line, with the fact in it. The same in every language."""

from investor_flows.leads import Lead, leads
from investor_flows.model import Measure, Occasion
from investor_flows.names import ascii_section
from investor_flows.numerals import ascii_amount
from investor_flows.periods import PERIODS
from investor_flows.summary import LEADS, Revision, SectionWeek, Summary

LONGEST = 99
TAG = "[JPX flows]"
_MARKS = {Occasion.START: "START ", Occasion.ADDITION: "ADDED "}


def subject(summary: Summary) -> str:
    """Say the fact in one line."""
    if summary.headline:
        text = _of_week(summary, summary.headline)
    else:
        text = _of_corrections(summary.revisions)
    return f"{TAG} {text}"[:LONGEST]


def _of_week(summary: Summary, week: SectionWeek) -> str:
    mark = _MARKS.get(summary.announcement.occasion, "")
    where = "" if week.section == "TokyoNagoya" else f" ({ascii_section(week.section)})"
    facts = ", ".join(_of_lead(lead) for lead in leads(summary, week))
    extra = f"; {len(summary.revisions)} corrected" if summary.revisions else ""
    return f"{mark}{_days(week)}{where}: {facts}{extra}"


def _of_lead(lead: Lead) -> str:
    streak = lead.statistics.streak.weeks if lead.statistics else 0
    return f"{lead.investor_type.lower()} {ascii_amount(lead.balance, lead.measure)}" + (
        f" ({_ordinal(streak)} week)" if streak > 1 and lead.investor_type == "Foreigners" else ""
    )


def _of_corrections(revisions: tuple[Revision, ...]) -> str:
    revision = revisions[0]
    record = revision.revised.record
    mark = "RESTATED" if revision.revised.restatement else "CORRECTED"
    extra = f"; {len(revisions) - 1} more" if len(revisions) > 1 else ""
    where = f"{_days(record)} ({ascii_section(record.section)})"
    return f"{mark} {where}: {_changed(revision, record.measure)}{extra}"


def _changed(revision: Revision, measure: Measure) -> str:
    leading = [each for each in revision.changes if each.figure == "balance" and each.investor_type in LEADS]
    if not leading:
        return f"{len(revision.changes)} figures"
    change = leading[0]
    before, after, delta = (ascii_amount(each, measure) for each in (change.before, change.after, change.delta))
    return f"{change.investor_type.lower()} {before} -> {after} ({delta})"


def _days(week: object) -> str:
    return PERIODS["en"].days(week.start_date, week.end_date)  # type: ignore[attr-defined]


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
