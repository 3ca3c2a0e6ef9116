"""The story of a week that is overdue, has arrived after all, or comes next (in a test): no figures, one fact."""

from datetime import datetime

from investor_flows.announcements import Announcement, DueWeek, Kind
from investor_flows.overdue import RELEASE_TIME
from investor_flows.summary import Summary
from investor_flows.wording.notes import notes
from investor_flows.wording.periods import PERIODS, moment
from investor_flows.wording.phrases import Phrases
from investor_flows.wording.story import Story
from investor_flows.wording.subject import TAG

PHRASES = {
    Kind.OVERDUE: ("overdue", "overdue_since"),
    Kind.ARRIVED: ("arrived", "arrived_at"),
    Kind.TEST: ("test", "test_next"),
}
SUBJECTS = {
    Kind.OVERDUE: "OVERDUE {days}: due {due} 18:00 JST, {state}",
    Kind.ARRIVED: "ARRIVED {days}: was due {due} 18:00 JST, is here now",
    Kind.TEST: "TEST: the next release, {days}, is due {due} 18:00 JST",
}


def notice_story(summary: Summary, week: DueWeek, phrases: Phrases) -> Story:
    """Say which week, when it is or was due, whether it is here, and what of it is held."""
    announcement = summary.announcement
    said, more = ("kept", "kept_since") if announcement.held else PHRASES[announcement.kind]
    headline = phrases.say(said, week)
    due = moment(datetime.combine(week.published_date, RELEASE_TIME))
    now = moment(announcement.first_seen_at)
    receipt = phrases.say("receipt", announcement.receipt)
    return Story(
        subject=_subject(announcement, week),
        headline=headline,
        lead=(headline, phrases.say(more, due, now)),
        notes=notes(summary, phrases),
        receipt=receipt,
        cut=phrases.say("cut"),
        footer=(receipt, phrases.say("source")),
    )


def _subject(announcement: Announcement, week: DueWeek) -> str:
    days, due = (PERIODS["en"].days(*span) for span in ((week.start_date, week.end_date), (week.published_date,) * 2))
    state = "held back" if announcement.held else "not here yet"
    return f"{TAG} {SUBJECTS[announcement.kind].format(days=days, due=due, state=state)}"
