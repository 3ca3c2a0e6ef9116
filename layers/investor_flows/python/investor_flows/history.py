"""The history before monitoring: stored silently, year by year, going on where it was cut off."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from investor_flows.announcements import Occasion
from investor_flows.intake import (
    HISTORY_BEGINS,
    OVERLAP,
    Report,
    Rows,
    Source,
    Store,
    Window,
    compare,
    fetch,
    today,
    years,
)
from investor_flows.model import Held, Record
from investor_flows.news import Release
from investor_flows.progress import Progress
from investor_flows.releases import announcement, by_kind, parts

DAY = timedelta(days=1)
LARGEST_PACK = 98
"""Items stored at once beside the progress: DynamoDB takes 100 in a transaction."""


def fill(source: Source, store: Store, now: datetime, progress: Progress) -> tuple[Progress, Report]:
    """Store all releases that polls do not look at any more; on a first fill, all before the newest week's release.

    That one, and what was published after it, is left to the poll: its announcement is the start of monitoring.
    """
    report, left, filled = Report(), list[Record | Held](), progress
    for window in years(progress.backfill_from or HISTORY_BEGINS, today(now)):
        fetched = fetch(source, now, window)
        report = replace(report, rows=report.rows + len(fetched))
        received = [*left, *fetched]
        cut = _first_left_out(received, progress)
        old = [row for row in received if row.published_date is None or row.published_date < cut]
        goes_on = min([window[0], *(date(row.end_date.year, 1, 1) for row in left if row.end_date)])
        filled, report = _store_silently(store, now, replace(filled, backfill_from=goes_on), old, report)
        left = [row for row in received if row.published_date and row.published_date >= cut]
    return _finish(store, progress, filled, left), report


def fill_span(source: Source, store: Store, now: datetime, progress: Progress, span: Window) -> Report:
    """Store what was published in a span, as far as polls do not look at it any more.

    Each window reaches back by some weeks: a server may take it for the weeks that the figures are about.
    """
    report, end = Report(), _first_left_out((), progress) - DAY
    for first, last in years(span[0], min(span[1], end)) if span[0] <= end else ():
        fetched = fetch(source, now, (first - OVERLAP, last))
        report = replace(report, rows=report.rows + len(fetched))
        old = [row for row in fetched if row.published_date is None or first <= row.published_date <= last]
        progress, report = _store_silently(store, now, progress, old, report)
    return report


def _first_left_out(received: Rows, progress: Progress) -> date:
    """The first published date that is not history: where polls begin to look, or the newest week's release."""
    if progress.last_published:
        return progress.last_published - OVERLAP
    records = [row for row in received if isinstance(row, Record)]
    newest = max((record.end_date for record in records), default=None)
    return min((record.published_date for record in records if record.end_date == newest), default=HISTORY_BEGINS)


def _store_silently(
    store: Store, now: datetime, progress: Progress, rows: Rows, report: Report
) -> tuple[Progress, Report]:
    found = compare(store, now, rows, rows)
    report = report.noting(found)
    for pack in _packs(part for release in found.releases for part in parts(release)):
        silent = [announcement(each, Occasion.HISTORY, now) for release in pack for each in by_kind(release)]
        progress = store.add(progress, silent, [item.vintage for release in pack for item in release.news])
        for release in pack:
            report = report.plus(release, announced=0)
    return progress, report


def _packs(releases: Iterable[Release]) -> Iterator[list[Release]]:
    """Fill transactions: several small releases in each."""
    pack: list[Release] = []
    for release in releases:
        if sum(len(each.news) + len(by_kind(each)) for each in (*pack, release)) > LARGEST_PACK:
            yield pack
            pack = []
        pack.append(release)
    if pack:
        yield pack


def _finish(store: Store, before: Progress, filled: Progress, left: Rows) -> Progress:
    """End the fill: polls begin at the oldest release that is left. Nothing is written where nothing was found."""
    oldest_left = min((row.published_date for row in left if row.published_date), default=None)
    finished = replace(filled, backfill_from=None, last_published=before.last_published or oldest_left)
    return before if finished == before else store.add(finished, (), ())
