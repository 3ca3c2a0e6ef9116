"""What readers are owed for a release, and how far polling has come with it."""

from dataclasses import replace
from datetime import date, datetime

from investor_flows.announcements import Announcement, Kind, Occasion
from investor_flows.intake import HISTORY_BEGINS, OVERLAP, Store
from investor_flows.news import News, Release, Role
from investor_flows.overdue import notice
from investor_flows.progress import Progress
from investor_flows.releases import announcement, by_kind
from investor_flows.trading_calendar import monday_of


def occasion_of(store: Store, progress: Progress, release: Release) -> Occasion:
    """Why a release is announced."""
    if not progress.started:
        return Occasion.START
    late = any(item.role is Role.INITIAL for item in release.news) and store.was_announced(release.published_date)
    return Occasion.ADDITION if late else Occasion.NEW


def announcements_of(release: Release, occasion: Occasion, known: Progress, now: datetime) -> list[Announcement]:
    """What is news: new week, corrections and restatements, each told apart. Silent: what only completes the history.

    Only a release can be an addition to what was told; a start is whatever was published then.
    """
    horizon = (known.last_published or HISTORY_BEGINS) - OVERLAP
    overdue = {monday_of(week.end_date) for week in known.overdue}
    told: list[News] = []
    silent: list[News] = []
    for item in release.news:
        awaited = monday_of(item.vintage.record.end_date) in overdue
        recent = item.role is Role.INITIAL and (release.published_date >= horizon or awaited)
        (told if recent or item.role in (Role.REVISED, Role.RESTATED) else silent).append(item)
    loud, quiet = (by_kind(replace(release, news=tuple(news))) for news in (told, silent))
    owed = [announcement(part, Occasion.NEW, now) for part in loud]
    if owed and (owed[0].kind is Kind.RELEASE or occasion is Occasion.START):
        owed[0] = replace(owed[0], occasion=occasion)
    return owed + [announcement(part, Occasion.HISTORY, now) for part in quiet]


def arrivals(part: Release, progress: Progress, now: datetime) -> list[Announcement]:
    """All-clears for weeks that readers were told to be overdue."""
    weeks = _mondays(part)
    return [notice(Kind.ARRIVED, week, now) for week in progress.overdue if monday_of(week.end_date) in weeks]


def _mondays(part: Release) -> set[date]:
    """The weeks of a release. A holiday that the calendar does not know moves their last day, not their Monday."""
    return {monday_of(item.vintage.record.end_date) for item in part.news}


def advanced(progress: Progress, part: Release, occasion: Occasion) -> Progress:
    """The progress once a part of a release is stored."""
    newest = max(progress.last_published or part.published_date, part.published_date)
    ends = {item.vintage.record.end_date for item in part.news}
    return replace(
        progress,
        last_published=newest,
        started=progress.started or occasion is Occasion.START,
        newest_week=max(ends | ({progress.newest_week} if progress.newest_week else set())),
        overdue=tuple(week for week in progress.overdue if monday_of(week.end_date) not in _mondays(part)),
    )
