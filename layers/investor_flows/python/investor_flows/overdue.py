"""When a release is due, and from when on it is overdue (FACTS 5). Pure."""

import hashlib
from datetime import date, datetime, time, timedelta

from investor_flows.announcements import Announcement, DueWeek, Gap, Kind, Occasion
from investor_flows.model import JST
from investor_flows.trading_calendar import expected_published_date, has_trading, is_business_day, monday_of

RELEASE_TIME = time(18, 0, tzinfo=JST)
GRACE = timedelta(hours=3)
WEEK = timedelta(days=7)
TRADING_DAYS = 5


def overdue_week(newest_end_date: date, now: datetime) -> DueWeek | None:
    """The newest week whose release is overdue, where the newest week seen ends on `newest_end_date`."""
    monday = monday_of(now.astimezone(JST).date())
    while monday > monday_of(newest_end_date):
        if has_trading(monday) and deadline(week := _due_week(monday)) <= now:
            return week
        monday -= WEEK
    return None


def due_after(newest_end_date: date) -> DueWeek:
    """The week whose release comes next, where the newest week seen ends on `newest_end_date`."""
    monday = monday_of(newest_end_date) + WEEK
    while not has_trading(monday):
        monday += WEEK
    return _due_week(monday)


def hours_overdue(newest_end_date: date, now: datetime) -> int:
    """Whole hours since the next release was expected; 0 while it is not."""
    expected = datetime.combine(due_after(newest_end_date).published_date, RELEASE_TIME)
    return max((now - expected) // timedelta(hours=1), 0)


def deadline(week: DueWeek) -> datetime:
    """From this moment on the week's release is overdue."""
    return datetime.combine(week.published_date, RELEASE_TIME) + GRACE


def notice(kind: Kind, week: DueWeek, now: datetime, held: tuple[Gap, ...] = ()) -> Announcement:
    """Make what readers are owed for a week that is overdue, or has arrived after all. One receipt for each.

    `held`: what is here of an overdue week, and cannot be shown.
    """
    digest = hashlib.blake2b(repr((kind, week)).encode(), digest_size=4).hexdigest()
    receipt = f"{kind[:3]}-{week.published_date}-{digest}"
    return Announcement(receipt, kind, Occasion.NEW, week.published_date, now, keys=(), held=held, due=week)


def _due_week(monday: date) -> DueWeek:
    days = [day for n in range(TRADING_DAYS) if is_business_day(day := monday + timedelta(days=n))]
    return DueWeek(days[0], days[-1], expected_published_date(days[-1]))
