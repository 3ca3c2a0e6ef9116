"""What corrections do to what readers were told, in words, and only where the words come out differently."""

from collections.abc import Iterator
from datetime import date

from investor_flows.model import Measure
from investor_flows.phrases import Phrases
from investor_flows.revisions import Effect, Turn
from investor_flows.story import Paragraph
from investor_flows.summary import Summary


class EffectStory:
    """Tells the effects on the statistics of the newest week that was told before."""

    def __init__(self, summary: Summary, phrases: Phrases) -> None:
        self._summary, self._phrases = summary, phrases

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """One paragraph where a correction touches the series that statistics are told of."""
        end_date = self._end_date()
        if end_date is None or not self._touched():
            return ()
        section = self._summary.section
        lines = list(self._lines()) or [self._phrases.say("no_effect", section)]
        return (Paragraph(self._phrases.say("effects_title", end_date, section), tuple(lines)),)

    def _touched(self) -> bool:
        series = self._summary.section, Measure.VALUE
        records = (revision.revised.record for revision in self._summary.revisions)
        return any((record.section, record.measure) == series for record in records)

    def _end_date(self) -> date | None:
        """The newest week that was told before this announcement."""
        new = {week.end_date for week in self._summary.weeks}
        told = [week.record.end_date for week in self._summary.chart if week.record.end_date not in new]
        return max(told, default=None)

    def _lines(self) -> Iterator[str]:
        for investor_type, effect in self._summary.effects:
            yield from self._effect(investor_type, effect)

    def _effect(self, investor_type: str, effect: Effect) -> Iterator[str]:
        before, after = (self._told(effect.name, value) for value in (effect.before, effect.after))
        if before != after:
            yield self._phrases.say("effect", investor_type, effect.name, before, after, self._turn(effect))
        elif effect.name == "streak":
            yield self._phrases.say("streak_stays", investor_type, before)
        if effect.name == "streak" and effect.turn is not Turn.TURNED:
            yield from self._run(investor_type, effect)

    def _run(self, investor_type: str, effect: Effect) -> Iterator[str]:
        before, after = (self._told("run", value) for value in (effect.before, effect.after))
        if before != after:
            yield self._phrases.say("effect", investor_type, "run", before, after, "")

    def _told(self, name: str, value: object) -> str:
        return self._phrases.say("told", name, value)

    def _turn(self, effect: Effect) -> str:
        """How and where a streak was broken or turned."""
        match effect.turn:
            case Turn.TURNED:
                return self._phrases.say("turned")
            case Turn.BROKEN | Turn.SHORTER if effect.broken_by:
                phrase = "broken" if effect.turn is Turn.BROKEN else "unknown_before"
                return self._phrases.say(phrase, effect.broken_by)
        return ""
