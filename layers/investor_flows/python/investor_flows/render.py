"""Wording: a summary in every form that readers get, in one language."""

from investor_flows.blocks import slack
from investor_flows.correction_story import CorrectionStory
from investor_flows.document import attributes, document
from investor_flows.message import Message
from investor_flows.model import Gap, Occasion
from investor_flows.periods import moment
from investor_flows.phrases import Phrases
from investor_flows.release_story import ReleaseStory
from investor_flows.story import Paragraph, Story
from investor_flows.subject import subject
from investor_flows.summary import Summary

GAPS_TOLD = 8


class Wording:
    """Words summaries in one language, ja or en."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._phrases = Phrases(language)

    def message(self, summary: Summary) -> Message:
        """Word a summary in every form that readers get."""
        story = self._story(summary)
        email = self._phrases.environment.get_template("email.txt.j2").render(story=story, say=self._phrases.say)
        return Message(
            subject=story.subject,
            email=email,
            document=document(summary, self._language, {"subject": story.subject, "body": email}, slack(story)),
            attributes=attributes(summary, self._language),
        )

    def _story(self, summary: Summary) -> Story:
        corrections = CorrectionStory(summary, self._phrases)
        release = ReleaseStory(summary, summary.headline, self._phrases) if summary.headline else None
        lead = [*(release.lead() if release else ()), *corrections.lead()]
        return Story(
            subject=subject(summary),
            headline=release.headline() if release else lead[0],
            lead=tuple(lead),
            scope=(release.scope(),) if release else (),
            corrections=corrections.paragraphs(),
            profiles=release.profiles() if release else (),
            paragraphs=tuple([*(release.paragraphs() if release else ()), *self._notes(summary)]),
            footer=(*corrections.footer(), *self._footer(summary)),
        )

    def _notes(self, summary: Summary) -> list[Paragraph]:
        announcement, lines = summary.announcement, list[str]()
        if announcement.occasion is Occasion.START:
            lines.append(self._phrases.say("start"))
        if announcement.occasion is Occasion.ADDITION:
            lines.append(self._phrases.say("addition", announcement.published_date))
        lines += self._gaps("missing", announcement.missing) + self._gaps("held", announcement.held)
        return [Paragraph(self._phrases.say("notes_title"), tuple(lines))] if lines else []

    def _gaps(self, phrase: str, gaps: tuple[Gap, ...]) -> list[str]:
        lines = [self._phrases.say(phrase, gap) for gap in gaps[:GAPS_TOLD]]
        return lines + ([self._phrases.left_out(len(gaps) - GAPS_TOLD, "gaps")] if len(gaps) > GAPS_TOLD else [])

    def _footer(self, summary: Summary) -> tuple[str, ...]:
        announcement = summary.announcement
        seen = moment(announcement.first_seen_at)
        initial = bool(summary.weeks) and not summary.revisions and announcement.occasion is not Occasion.START
        return (
            self._phrases.say("published", announcement.published_date, seen, initial),
            self._phrases.say("receipt", announcement.receipt),
            self._phrases.say("source"),
            self._phrases.say("rounding"),
        )
