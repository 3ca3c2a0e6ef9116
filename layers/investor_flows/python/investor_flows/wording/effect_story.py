"""What corrections do to what readers were told, in words, and only where the words come out differently."""

from collections.abc import Iterator
from datetime import date

from investor_flows.flows import Largest
from investor_flows.model import Measure
from investor_flows.revisions import Effect, Turn, Value
from investor_flows.summary import Summary
from investor_flows.wording.phrases import Phrases
from investor_flows.wording.story import Paragraph


class EffectStory:
    """Tells the effects on the statistics of the newest week that was told before."""

    def __init__(self, summary: Summary, phrases: Phrases) -> None:
        self._summary, self._phrases = summary, phrases

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """One paragraph where a correction touches the series that statistics are told of."""
        weeks = self._told_weeks()
        if not weeks or not self._touched():
            return ()
        lines = list(self._lines()) or [self._phrases.say("no_effect")]
        return (Paragraph(self._phrases.say("effects_title", weeks[-1], self._summary.section), tuple(lines)),)

    def _touched(self) -> bool:
        series = self._summary.section, Measure.VALUE
        records = (revision.revised.record for revision in self._summary.revisions)
        return any((record.section, record.measure) == series for record in records)

    def _told_weeks(self) -> list[date]:
        """The weeks that were told before this announcement, as far as the chart goes back."""
        new = {week.end_date for week in self._summary.weeks}
        return [week.record.end_date for week in self._summary.chart if week.record.end_date not in new]

    def _lines(self) -> Iterator[str]:
        effects = self._summary.effects
        turns = {name: effect for name, effect in effects if effect.turn is Turn.TURNED}
        for investor_type, effect in effects:
            yield from self._effect(investor_type, effect, turns.get(investor_type))

    def _effect(self, investor_type: str, effect: Effect, turn: Effect | None) -> Iterator[str]:
        before = self._told(effect.name, effect.before, turn.before if turn else None)
        after = self._told(effect.name, effect.after, turn.after if turn else None)
        if before != after:
            yield self._phrases.say("effect", investor_type, effect.name, before, after, self._turn(effect))
        elif effect.name == "streak":
            yield self._phrases.say("streak_stays", investor_type, before)
        if effect.name == "streak" and not turn:
            yield from self._run(investor_type, effect)

    def _run(self, investor_type: str, effect: Effect) -> Iterator[str]:
        before, after = (self._phrases.say("told", "run", value, None) for value in (effect.before, effect.after))
        if before != after:
            yield self._phrases.say("effect", investor_type, "run", before, after, "")

    def _told(self, name: str, value: Value, streak: Value) -> str:
        """What a message says of a statistic. `streak`: which way the week went, where a correction turned it."""
        week_before = self._told_weeks()[-2:-1]
        if isinstance(value, Largest) and (value.since in week_before or not value.searched):
            return self._phrases.absent(name)
        return self._phrases.say("told", name, value, streak)

    def _turn(self, effect: Effect) -> str:
        """How and where a streak was broken or turned."""
        match effect.turn:
            case Turn.TURNED:
                return self._phrases.say("turned")
            case Turn.BROKEN if effect.broken_by:
                return self._phrases.say("broken", effect.broken_by)
            case Turn.SHORTER if effect.broken_by:
                return self._phrases.say("unknown_before", effect.broken_by)
        return ""
