"""The subject of an e-mail: ASCII, under 100 characters, one line, with the fact in it. The same in every language."""

from investor_flows.announcements import Occasion
from investor_flows.corrections import Revision, value_first
from investor_flows.flows import Streak
from investor_flows.model import Measure, Record
from investor_flows.revisions import Change, dates_changed
from investor_flows.summary import SectionWeek, Summary
from investor_flows.wording.correction_story import telling_changes
from investor_flows.wording.leads import Lead, leads
from investor_flows.wording.names import FIGURES, INVESTOR_TYPES, ascii_section
from investor_flows.wording.numerals import ascii_amount, ascii_exact_delta
from investor_flows.wording.periods import PERIODS
from investor_flows.wording.release_story import PRESS_SECTION

LONGEST = 99
TAG = "[JPX flows]"
_OCCASIONS = {Occasion.START: "START ", Occasion.ADDITION: "ADDED "}


def subject(summary: Summary) -> str:
    """Say the fact in one line."""
    fact = _of_week(summary, summary.headline) if summary.headline else _of_corrections(summary)
    return fitting(f"{TAG} {fact}")


def fitting(line: str) -> str:
    """Cut a line that SNS would not take; no figure is cut apart."""
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 3].rpartition(' ')[0]}..."


def _of_week(summary: Summary, week: SectionWeek) -> str:
    occasion = _OCCASIONS.get(summary.announcement.occasion, "")
    days = PERIODS["en"].days(week.start_date, week.end_date)
    facts = ", ".join(_of_lead(lead) for lead in leads(summary, week))
    return f"{occasion}{days}{_where(week.section)}: {facts}"


def _of_lead(lead: Lead) -> str:
    """The balance; for foreigners the length of the streak too."""
    streak = lead.statistics.streak if lead.statistics and lead.investor_type == "Foreigners" else None
    since = f" ({_run(streak)})" if streak and streak.weeks > 1 else ""
    return f"{lead.investor_type.lower()} {ascii_amount(lead.balance, lead.measure)}{since}"


def _run(streak: Streak) -> str:
    """4th week; at least so many where it may be longer."""
    longer = streak.cut_by_gap and not streak.from_series_start
    return f"at least {_ordinal(streak.weeks)} week" if longer else f"{_ordinal(streak.weeks)} week"


def _of_corrections(summary: Summary) -> str:
    revision, *others = value_first(summary.revisions)
    record = revision.revised.record
    mark = "RESTATED" if revision.revised.restatement else "CORRECTED"
    more = f"; {len(others)} more" if others else ""
    days = PERIODS["en"].dated(revision.revised)
    return f"{mark} {days}{_where(record.section)}: {_what(revision, record)}{more}"


def _where(section: str) -> str:
    """The section, but for the one that the press means."""
    return "" if section == PRESS_SECTION else f" ({ascii_section(section)})"


def _what(revision: Revision, record: Record) -> str:
    if not revision.changes:
        moved = dates_changed(revision.prior.record, record)
        return "reference period" if moved else "no figure changed"
    change = telling_changes(revision)[0]
    before, after, delta = (ascii_amount(each, record.measure) for each in (change.before, change.after, change.delta))
    if change.figure != "balance" or before == after:
        return _by_how_much(change, record.measure)
    return f"{_name(change)} {before} -> {after}" + (f" ({delta})" if change.delta is not None else "")


def _by_how_much(change: Change, measure: Measure) -> str:
    """A figure that would read the same to the printed precision, or that nobody knows by heart."""
    figure = f"{_name(change)} {FIGURES['en'][change.figure]}"
    if change.delta is None:
        return f"{figure} {'now published' if change.before is None else 'withdrawn'}"
    return f"{figure} changed by {ascii_exact_delta(change.delta, measure)}"


def _name(change: Change) -> str:
    return INVESTOR_TYPES["en"][change.investor_type].lower()


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
