"""START HERE. Poll J-Quants Pro: store what is new as vintages and owe readers an announcement, in one transaction.

The announcement, not the poll, is what a message is made of: see announce.py for the other half.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import wraps

from investor_flows.announcements import Kind, Occasion
from investor_flows.errors import Outrun
from investor_flows.history import fill, fill_span
from investor_flows.intake import (
    HISTORY_BEGINS,
    OVERLAP,
    Comparison,
    Report,
    Rows,
    Source,
    Store,
    Window,
    compare,
    fetch,
    today,
)
from investor_flows.model import KNOWN_SECTIONS, Held, Record
from investor_flows.overdue import hours_overdue, notice, overdue_week
from investor_flows.owed import advanced, announcements_of, arrivals, occasion_of
from investor_flows.progress import Progress
from investor_flows.releases import fingerprint, held_gaps, held_up, parts
from investor_flows.trading_calendar import monday_of

COMPLETION = timedelta(minutes=30)
"""How long a release that lacks value or volume of a section is waited for."""

PATIENCE = timedelta(minutes=10)
"""After this an announcement that is still untold is offered to the stream again."""

OVERDUE_REMEMBERED = 8
"""Overdue weeks that still get an all-clear; a week that never comes is forgotten at last."""


def _unless_outrun[**Asked](use_case: Callable[Asked, Report]) -> Callable[Asked, Report]:
    """Leave the rest to another poll that was faster: it stores the same news and owes the same announcement."""

    @wraps(use_case)
    def guarded(*args: Asked.args, **kwargs: Asked.kwargs) -> Report:
        try:
            return use_case(*args, **kwargs)
        except Outrun:
            return Report(outrun=True)

    return guarded


@_unless_outrun
def poll(source: Source, store: Store, now: datetime) -> Report:
    """Look for releases and corrections since the newest one seen; on an empty store, store the history first."""
    progress, report = store.progress(), Report()
    if progress.last_published is None:
        progress, report = fill(source, store, now, progress)
    if progress.last_published is None:
        return report
    report = replace(report, offered_again=store.offer_again(now - PATIENCE, now))
    window = progress.last_published - OVERLAP, max(progress.last_published, today(now))
    try:
        received = fetch(source, now, window)
    except Exception:  # a key that cannot be read, too: readers wait for the release, whatever keeps it from us
        _tell_overdue(store, now, progress, report)
        raise
    recent = [row for row in received if row.published_date is None or row.published_date >= window[0]]
    taken = _take(store, now, progress, recent, report)
    return _tell_overdue(store, now, taken.progress, taken.report, taken.held)


@_unless_outrun
def audit(source: Source, store: Store, now: datetime) -> Report:
    """Compare the whole history with the store: corrections of old weeks are found whatever from and to mean."""
    progress = store.progress()
    if progress.last_published is None:
        return poll(source, store, now)
    return _take(store, now, replace(progress, seen=frozenset()), fetch(source, now), Report()).report


@_unless_outrun
def backfill(source: Source, store: Store, now: datetime, span: Window | None = None) -> Report:
    """Store the history silently: what was published in a span, or all, going on where an earlier backfill was cut off.

    What polls still look at is left to them, and so is everything where nothing is stored yet.
    """
    progress = store.progress()
    if progress.last_published is None:
        return poll(source, store, now)
    if span:
        return fill_span(source, store, now, progress, span)
    return fill(source, store, now, progress)[1]


def _tell_overdue(store: Store, now: datetime, progress: Progress, report: Report, held: Sequence[Held] = ()) -> Report:
    """Owe readers a notice, once, where the next release should be here and is not; say how long it has been.

    A release that is here and waits for its rest is told within half an hour, which is no time for a notice; longer it
    waits only where the vendor is out of reach, or took it back.
    """
    if progress.newest_week:
        hours = hours_overdue(progress.newest_week, now)
        report = replace(report, last_published=str(progress.last_published), hours_overdue=hours)
    week = overdue_week(progress.newest_week, now) if progress.newest_week and progress.started else None
    here = any(now - since < COMPLETION for _, since in progress.waiting)
    if report.outrun or week is None or week in progress.overdue or here:
        return report
    remembered = (*progress.overdue, week)[-OVERDUE_REMEMBERED:]
    try:
        own = [row for row in held if row.end_date is None or monday_of(row.end_date) == monday_of(week.end_date)]
        gaps = held_gaps(own, week.published_date)
        store.add(replace(progress, overdue=remembered), [notice(Kind.OVERDUE, week, now, gaps)], ())
    except Outrun:
        return replace(report, outrun=True)
    return replace(report, overdue=1, announced=report.announced + 1)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What received rows came to, and which of them are held."""

    progress: Progress
    report: Report
    held: Sequence[Held]


def _take(store: Store, now: datetime, progress: Progress, received: Rows, report: Report) -> _Taken:
    """Store and owe what is new in the received rows, oldest release first. Nothing new: nothing is written."""
    report = replace(report, rows=report.rows + len(received))
    unseen = [row for row in received if fingerprint(row) not in progress.seen] if progress.seen else received
    held = [row for row in received if isinstance(row, Held)]
    if not unseen:
        return _Taken(progress, report, held)
    found = compare(store, now, unseen, received)
    unknown = {row.section for row in unseen if isinstance(row, Record)} - KNOWN_SECTIONS
    report = replace(report.noting(found), unknown_sections=tuple(sorted(unknown)))
    if progress.seen:  # what cannot be read and is not settled counts, though a poll that kept it could not say so
        report = replace(report, held=max(report.held, sum(isinstance(row, Held) for row in unseen)))
    try:
        progress, report = _settle(store, now, progress, received, found, report)
    except Outrun:
        report = replace(report, outrun=True)  # what this poll held, no other counts
    return _Taken(progress, report, [*held, *found.kept_apart])


def _settle(
    store: Store, now: datetime, progress: Progress, received: Rows, found: Comparison, report: Report
) -> tuple[Progress, Report]:
    """Store each release that is complete, or has been waited for, with its announcements; remember the others."""
    releases = found.releases
    since = {release.published_date: now for release in releases} | dict(progress.waiting)
    waiting = held_up(releases, [r for r in releases if r.missing and now - since[r.published_date] < COMPLETION])
    unsettled = {item.vintage.record for release in releases for item in release.news} | found.contested
    known = progress
    progress = replace(progress, waiting=tuple((r.published_date, since[r.published_date]) for r in waiting))
    for release in releases:
        if release in waiting:
            continue
        occasion = occasion_of(store, progress, release)
        for part in parts(release):
            unsettled -= {item.vintage.record for item in part.news}
            announcements = [*announcements_of(part, occasion, known, now), *arrivals(part, progress, now)]
            progress = advanced(progress, part, occasion)
            progress = replace(progress, seen=_seen(received, unsettled, progress))
            progress = store.add(progress, announcements, [item.vintage for item in part.news])
            report = report.plus(part, sum(a.occasion is not Occasion.HISTORY for a in announcements))
    if progress.version == known.version and (report.held or progress.waiting != known.waiting):
        progress = store.add(replace(progress, seen=_seen(received, unsettled, progress)), (), ())
    return progress, replace(report, waiting=len(waiting))


def _seen(received: Rows, unsettled: set[Record], progress: Progress) -> frozenset[bytes]:
    """Fingerprints of the rows that the next poll will meet again and has nothing to do for."""
    since = (progress.last_published or HISTORY_BEGINS) - OVERLAP
    recent = (row for row in received if row.published_date is None or row.published_date >= since)
    return frozenset(fingerprint(row) for row in recent if row not in unsettled)
