"""What a reader must know around the figures: the occasion, what is missing or held, receipt, source and rounding."""

from investor_flows.announcements import Announcement, Gap, Occasion
from investor_flows.held_rows import note_of
from investor_flows.model import Measure
from investor_flows.summary import SectionWeek, Summary
from investor_flows.trading_calendar import business_days_after, expected_published_date
from investor_flows.wording.periods import moment
from investor_flows.wording.phrases import Phrases
from investor_flows.wording.story import Paragraph

GAPS_TOLD = 8


def occasion(summary: Summary, phrases: Phrases) -> list[str]:
    """Say that monitoring starts, or that this came late."""
    match summary.announcement.occasion:
        case Occasion.START:
            return [phrases.say("start")]
        case Occasion.ADDITION:
            return [phrases.say("addition", summary.announcement.published_date)]
    return []


def notes(summary: Summary, phrases: Phrases) -> tuple[Paragraph, ...]:
    """Name what is not in yet and what is held back, with the reason."""
    announcement = summary.announcement
    lines = _no_headline(summary, phrases)
    lines += _gaps("missing", announcement.missing, phrases) + _gaps("held", announcement.held, phrases)
    lines += _by_hand(summary, phrases)
    return (Paragraph(phrases.say("notes_title"), tuple(lines)),) if lines else ()


def _no_headline(summary: Summary, phrases: Phrases) -> list[str]:
    """Say that the section which messages lead with has not come, where another one leads."""
    headline, wanted = summary.headline, summary.headline_section
    late = summary.announcement.occasion is Occasion.ADDITION
    held = (wanted, Measure.VALUE) in {(gap.section, gap.measure) for gap in summary.announcement.held}
    if headline is None or late or held or summary.headline_told or headline.section == wanted:
        return []
    return [phrases.say("no_headline", wanted)]


def _by_hand(summary: Summary, phrases: Phrases) -> list[str]:
    """Name the figures that were held, and that a person vouched for."""
    new = [record for week in summary.weeks for record in (week.value, week.volume) if record]
    told = [*new, *(revision.revised.record for revision in summary.revisions)]
    return [phrases.say("by_hand", record, note["held_for"]) for record in told if (note := note_of(record))]


def _gaps(phrase: str, gaps: tuple[Gap, ...], phrases: Phrases) -> list[str]:
    lines = [phrases.say(phrase, gap) for gap in gaps[:GAPS_TOLD]]
    return lines + ([phrases.left_out(len(gaps) - GAPS_TOLD, "gaps")] if len(gaps) > GAPS_TOLD else [])


def receipt(summary: Summary, phrases: Phrases) -> str:
    """The receipt that every message carries."""
    return phrases.say("receipt", summary.announcement.receipt)


def _in_time(week: SectionWeek, announcement: Announcement) -> bool:
    """Whether a week comes in its own release, and not, as one that was held, with a later publication (FACTS 5)."""
    return announcement.published_date <= business_days_after(expected_published_date(week.end_date), 1)


def footer(summary: Summary, phrases: Phrases) -> list[str]:
    """When it was published and seen, the receipt, the source and how figures are rounded."""
    announcement = summary.announcement
    week = summary.headline if announcement.occasion is Occasion.NEW else None
    new = week is not None and _in_time(week, announcement)
    return [
        phrases.say("published", announcement.published_date, new),
        phrases.say("seen", moment(announcement.first_seen_at)),
        receipt(summary, phrases),
        phrases.say("source"),
        phrases.say("rounding"),
    ]
