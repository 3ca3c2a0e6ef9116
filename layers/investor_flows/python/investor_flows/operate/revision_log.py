"""The log of revisions of a series: what changed, when, by how much, and how large revisions usually are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from investor_flows.model import JST, Vintage
from investor_flows.operate.extract import UNITS
from investor_flows.revisions import Change, compare

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Revised:
    """A vintage that supersedes another, and what changed of the investor types that are looked at."""

    prior: Vintage
    revised: Vintage
    changes: tuple[Change, ...]


def revision_log(vintages: Iterable[Vintage], investor_types: Sequence[str]) -> Json:
    """List what superseded a vintage, in the order in which it became known, and sum it up."""
    in_order = sorted(vintages, key=lambda vintage: (vintage.record.end_date, vintage.order))
    weeks = [list(group) for _, group in groupby(in_order, key=lambda vintage: vintage.record.end_date)]
    found = [_revised(*pair, investor_types) for week in weeks for pair in pairwise(week)]
    found.sort(key=lambda each: (each.revised.known_on, each.revised.record.end_date, each.revised.order))
    return {
        "weeks": len(weeks),
        "revised_weeks": len({each.revised.record.end_date for each in found}),
        "revisions": [_entry(each) for each in found],
        "typical": [size for name in investor_types if (size := _typical(name, found))],
    }


def _revised(prior: Vintage, revised: Vintage, investor_types: Sequence[str]) -> Revised:
    changes = compare(prior.record, revised.record)
    return Revised(prior, revised, tuple(each for each in changes if each.investor_type in investor_types))


def _entry(found: Revised) -> Json:
    prior, revised = found.prior.record, found.revised.record
    return {
        "kind": "restatement" if found.revised.restatement else "revision",
        "start_date": str(revised.start_date),
        "end_date": str(revised.end_date),
        "published_date": str(revised.published_date),
        "supersedes": str(prior.published_date),
        "first_seen_at": found.revised.first_seen_at.astimezone(JST).isoformat(timespec="seconds"),
        "changes": [_change(each, UNITS[revised.measure]) for each in found.changes],
    }


def _change(change: Change, unit: str) -> Json:
    return {
        "investor_type": change.investor_type,
        "figure": change.figure,
        f"before_{unit}": change.before,
        f"after_{unit}": change.after,
        f"delta_{unit}": change.delta,
    }


def _typical(investor_type: str, found: Sequence[Revised]) -> Json | None:
    """How far the balance of an investor type moved, where it ever did."""
    sizes = [
        abs(change.delta)
        for each in found
        for change in each.changes
        if (change.investor_type, change.figure) == (investor_type, "balance") and change.delta is not None
    ]
    if not sizes:
        return None
    unit = UNITS[found[0].revised.record.measure]
    return {
        "investor_type": investor_type,
        "balances_revised": len(sizes),
        f"median_{unit}": round(median(sizes)),
        f"largest_{unit}": max(sizes),
    }
