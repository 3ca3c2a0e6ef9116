"""What an announcement corrects: each revision beside what it supersedes, its effects, and who was told otherwise."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, takewhile

from investor_flows.announcements import Occasion
from investor_flows.directions import directions
from investor_flows.flows import statistics
from investor_flows.model import LEADS, Measure, Record, Vintage
from investor_flows.recall import History
from investor_flows.revisions import Change, Effect, compare, effects, with_revision

PROMINENCE = ("TokyoNagoya", "TSEPrime", "TSE1st", "TSEStandard", "TSEGrowth", "TSE2nd", "TSEMothers", "TSEJASDAQ")


BOTH = "Both"
"""Stands for foreigners and individuals in an effect on the directions of the two."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A vintage that supersedes others, and the figures that changed, the most telling first."""

    priors: tuple[Vintage, ...]  # the row as it stood before, oldest first: it may have been published again unchanged
    revised: Vintage
    changes: tuple[Change, ...]
    returns_to: date | None = None  # published date of an older vintage that had the same figures
    superseded_by: date | None = None  # published date of a newer row that stood already: an old one was rewritten

    @property
    def prior(self) -> Vintage:
        """The vintage in which the superseded figures were published first."""
        return self.priors[0]


def revisions_of(
    vintages: Sequence[Vintage], store: History, prominence: Sequence[str], known_then: Callable[[Vintage], bool]
) -> tuple[Revision, ...]:
    """Compare each vintage with what it supersedes, of what was known then.

    The most prominent section comes first, in it value before volume.
    """
    revisions: list[Revision] = []
    by_series = sorted(vintages, key=lambda v: (place_of(v.record.section, prominence), v.record.measure))
    for (section, measure), group in groupby(by_series, key=lambda v: (v.record.section, v.record.measure)):
        revised = sorted(group, key=_end_date, reverse=True)
        stored = store.vintages(section, measure, _end_date(revised[-1]), _end_date(revised[0]))
        in_order = sorted(stored, key=lambda vintage: vintage.order)
        for each in revised:
            week = [vintage for vintage in in_order if _end_date(vintage) == _end_date(each)]
            revisions.append(_revision(each, week, known_then))
    return tuple(revisions)


def value_first(revisions: Sequence[Revision]) -> list[Revision]:
    """What stands before what is superseded, value before volume, each with the most prominent section first."""
    return sorted(revisions, key=lambda r: (bool(r.superseded_by), r.revised.record.measure is not Measure.VALUE))


def _end_date(vintage: Vintage) -> date:
    return vintage.record.end_date


def _revision(revised: Vintage, week: Sequence[Vintage], known_then: Callable[[Vintage], bool]) -> Revision:
    """Compare with the other vintages of the week, oldest first. Where a clock went back, with all of them."""
    superseded = [v for v in week if v.order < revised.order]
    older = list(filter(known_then, superseded)) or superseded
    newer = [v for v in week if v.record.published_date > revised.record.published_date and known_then(v)]
    priors = tuple(takewhile(lambda v: _state(v) == _state(older[-1]), reversed(older)))[::-1]
    before = [v for v in older if v.order < priors[0].order and _state(v) == _state(revised)]
    return Revision(
        priors=priors,
        revised=revised,
        changes=compare(priors[0].record, revised.record),
        returns_to=before[-1].record.published_date if before else None,
        superseded_by=newer[-1].record.published_date if newer else None,
    )


def _state(vintage: Vintage) -> tuple[date, tuple[int | None, ...]]:
    """What a row says of its week."""
    return vintage.record.start_date, vintage.record.figures


def place_of(section: str, prominence: Sequence[str]) -> tuple[int, str]:
    """Where a section stands among others: by prominence, then by name."""
    return (prominence.index(section) if section in prominence else len(prominence)), section


def touches(revision: Revision, section: str) -> bool:
    """Whether a revision changes what stands in the value series of a section."""
    record = revision.revised.record
    return (record.section, record.measure) == (section, Measure.VALUE) and not revision.superseded_by


def effects_of(revisions: Iterable[Revision], section: str, series: Sequence[Record]) -> tuple[tuple[str, Effect], ...]:
    """What the corrections of a section's values changed of what the message on the newest week of its series said.

    Each effect comes with its investor type, or BOTH. No week of a series is revised twice in one announcement.
    """
    own = [each for each in revisions if touches(each, section)]
    if not own:
        return ()
    before = after = tuple(series)
    for each in own:
        before, _ = with_revision(before, each.prior.record, each.revised.record)
        _, after = with_revision(after, each.prior.record, each.revised.record)
    pairs = [(lead, statistics(before, lead), statistics(after, lead)) for lead in LEADS]
    found = [(lead, effect) for lead, old, new in pairs if old and new for effect in effects(old, new)]
    both = Effect("directions", directions(before), directions(after))
    return (*found, *([(BOTH, both)] if both.before != both.after else ()))


def corrected_receipts(revisions: Sequence[Revision], store: History) -> tuple[str, ...]:
    """Receipts of the messages that told figures which are superseded now; silent history told nobody."""
    priors = {prior.key for revision in revisions for prior in revision.priors}
    told = (
        each
        for published_date in sorted({key.published_date for key in priors})
        for each in store.announcements(published_date)
        if each.occasion is not Occasion.HISTORY
    )
    return tuple(each.receipt for each in told if priors & set(each.keys))
