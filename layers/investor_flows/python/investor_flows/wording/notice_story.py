"""The story of a week that is overdue, or has arrived after all: no figures, one fact."""

from datetime import datetime

from investor_flows.announcements import Announcement, DueWeek, Kind
from investor_flows.overdue import RELEASE_TIME
from investor_flows.wording.periods import PERIODS, moment
from investor_flows.wording.phrases import Phrases
from investor_flows.wording.story import Story
from investor_flows.wording.subject import TAG


def notice_story(announcement: Announcement, week: DueWeek, phrases: Phrases) -> Story:
    """Say which week, when it was due, and whether it is here."""
    overdue = announcement.kind is Kind.OVERDUE
    headline = phrases.say("overdue" if overdue else "arrived", week)
    due = moment(datetime.combine(week.published_date, RELEASE_TIME))
    now = moment(announcement.first_seen_at)
    receipt = phrases.say("receipt", announcement.receipt)
    return Story(
        subject=_subject(week, overdue=overdue),
        headline=headline,
        lead=(headline, phrases.say("overdue_since" if overdue else "arrived_at", due, now)),
        profiles=(),
        paragraphs=(),
        effects=(),
        changes=(),
        notes=(),
        table=(),
        receipt=receipt,
        cut=phrases.say("cut"),
        footer=(receipt, phrases.say("source")),
    )


def _subject(week: DueWeek, *, overdue: bool) -> str:
    days, due = (PERIODS["en"].days(*span) for span in ((week.start_date, week.end_date), (week.published_date,) * 2))
    if overdue:
        return f"{TAG} OVERDUE {days}: due {due} 18:00 JST, not here yet"
    return f"{TAG} ARRIVED {days}: was due {due} 18:00 JST, is here now"
