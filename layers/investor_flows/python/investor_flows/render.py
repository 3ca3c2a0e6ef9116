"""Wording: a summary in every form that readers get, in one language."""

from functools import partial

from investor_flows.message import Message
from investor_flows.summary import Summary
from investor_flows.wording.blocks import slack
from investor_flows.wording.columns import fold
from investor_flows.wording.correction_story import CorrectionStory
from investor_flows.wording.document import attributes, document
from investor_flows.wording.effect_story import EffectStory
from investor_flows.wording.marks import marked_as_replay
from investor_flows.wording.notes import footer, notes, occasion, receipt
from investor_flows.wording.notice_story import notice_story
from investor_flows.wording.phrases import Phrases
from investor_flows.wording.release_story import ReleaseStory
from investor_flows.wording.story import Story
from investor_flows.wording.subject import subject
from investor_flows.wording.tables import changes_table, profiles_table


class Wording:
    """Words summaries in one language, ja or en."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._phrases = Phrases(language)
        self.environment = self._phrases.environment
        self.environment.filters["fold"] = partial(fold, language=language)

    def message(self, summary: Summary) -> Message:
        """Word a summary in every form that readers get."""
        story = self._story(summary)
        body = self.environment.get_template("email.txt.j2").render(story=story, say=self._phrases.say)
        email = {"subject": story.subject, "body": body}
        return Message(
            subject=story.subject,
            email=body,
            document=document(summary, self._language, email, slack(story)),
            attributes=attributes(summary, self._language),
        )

    def _story(self, summary: Summary) -> Story:
        """The story, marked where the message is sent again."""
        story = self._unmarked(summary)
        return marked_as_replay(story, summary.replays, self._phrases) if summary.replays else story

    def _unmarked(self, summary: Summary) -> Story:
        if summary.announcement.due:
            return notice_story(summary, summary.announcement.due, self._phrases)
        if summary.headline:
            return self._release(summary, ReleaseStory(summary, summary.headline, self._phrases))
        return self._correction(summary, CorrectionStory(summary, self._phrases))

    def _release(self, summary: Summary, release: ReleaseStory) -> Story:
        phrases, profiles = self._phrases, release.profiles()
        return Story(
            subject=subject(summary),
            headline=release.headline(),
            lead=(*release.lead(), *occasion(summary, phrases)),
            profiles=profiles,
            paragraphs=tuple(release.paragraphs()),
            notes=notes(summary, phrases),
            table=profiles_table(profiles, phrases),
            receipt=receipt(summary, phrases),
            cut=phrases.say("cut"),
            footer=tuple(footer(summary, phrases)),
        )

    def _correction(self, summary: Summary, correction: CorrectionStory) -> Story:
        phrases, told, changes = self._phrases, correction.lead(), correction.changes()
        return Story(
            subject=subject(summary),
            headline=told[0],
            lead=(*occasion(summary, phrases), *told, *correction.scope()),
            paragraphs=EffectStory(summary, phrases).paragraphs(),
            changes=changes,
            notes=notes(summary, phrases),
            table=changes_table(changes, phrases),
            receipt=receipt(summary, phrases),
            cut=phrases.say("cut"),
            footer=(*correction.footer(), *footer(summary, phrases)),
        )
