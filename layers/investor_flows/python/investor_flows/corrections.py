"""What an announcement corrects: each revision beside what it supersedes, its effects, and who was told otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from investor_flows.announcements import Occasion
from investor_flows.flows import statistics
from investor_flows.model import LEADS, Measure, Record, Vintage
from investor_flows.recall import History
from investor_flows.revisions import Change, Effect, compare, effects, with_revision

PROMINENCE = ("TokyoNagoya", "TSEPrime", "TSE1st", "TSEStandard", "TSEGrowth", "TSE2nd", "TSEMothers", "TSEJASDAQ")


@dataclass(frozen=True, slots=True)
class Revision:
    """A vintage that supersedes another, and the figures that changed, the most telling first."""

    prior: Vintage
    revised: Vintage
    changes: tuple[Change, ...]
    returns_to: date | None = None  # published date of an older vintage that had the same figures


def revisions_of(vintages: Sequence[Vintage], store: History, prominence: Sequence[str]) -> tuple[Revision, ...]:
    """Compare each vintage with the one that it supersedes; the most prominent section first, value before volume."""
    revisions: list[Revision] = []
    by_series = sorted(vintages, key=lambda v: (place_of(v.record.section, prominence), v.record.measure, v.order))
    for (section, measure), group in groupby(by_series, key=lambda v: (v.record.section, v.record.measure)):
        revised = sorted(group, key=lambda vintage: vintage.record.end_date, reverse=True)
        known = list(store.vintages(section, measure, revised[-1].record.end_date, revised[0].record.end_date))
        revisions += (_revision(_prior(each, known), each, known) for each in revised)
    return tuple(revisions)


def _prior(vintage: Vintage, known: Iterable[Vintage]) -> Vintage:
    """The vintage of the same week that this one supersedes."""
    older = (v for v in known if v.record.end_date == vintage.record.end_date and v.order < vintage.order)
    return max(older, key=lambda v: v.order)


def _revision(prior: Vintage, revised: Vintage, known: Iterable[Vintage]) -> Revision:
    return Revision(prior, revised, compare(prior.record, revised.record), _returns_to(prior, revised, known))


def _returns_to(prior: Vintage, revised: Vintage, known: Iterable[Vintage]) -> date | None:
    """When the figures were published that a revision goes back to (A, B, A)."""
    end_date, state = revised.record.end_date, (revised.record.start_date, revised.record.figures)
    older = [v.record for v in known if v.record.end_date == end_date and v.order < prior.order]
    return max((r.published_date for r in older if (r.start_date, r.figures) == state), default=None)


def place_of(section: str, prominence: Sequence[str]) -> tuple[int, str]:
    """Where a section stands among others: by prominence, then by name."""
    return (prominence.index(section) if section in prominence else len(prominence)), section


def _touches(revision: Revision, section: str) -> bool:
    return (revision.revised.record.section, revision.revised.record.measure) == (section, Measure.VALUE)


def effects_of(revisions: Iterable[Revision], section: str, series: Sequence[Record]) -> tuple[tuple[str, Effect], ...]:
    """What the corrections of a section's values changed of what the message on the newest week of its series said."""
    own = [each for each in revisions if _touches(each, section)]
    before = after = tuple(series)
    for each in sorted(own, key=lambda revision: revision.revised.order):
        _, after = with_revision(after, each.prior.record, each.revised.record)
    for each in sorted(own, key=lambda revision: revision.revised.order, reverse=True):
        before, _ = with_revision(before, each.prior.record, each.revised.record)
    pairs = [(lead, statistics(before, lead), statistics(after, lead)) for lead in LEADS] if own else []
    return tuple((lead, effect) for lead, old, new in pairs if old and new for effect in effects(old, new))


def corrected_receipts(revisions: Sequence[Revision], store: History) -> tuple[str, ...]:
    """Receipts of the messages that told figures which are superseded now; silent history told nobody."""
    priors = {revision.prior.key for revision in revisions}
    told = (
        each
        for published_date in sorted({key.published_date for key in priors})
        for each in store.announcements(published_date)
        if each.occasion is not Occasion.HISTORY
    )
    return tuple(each.receipt for each in told if priors & set(each.keys))
