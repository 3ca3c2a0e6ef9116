"""What corrections do to what readers were told, in words, and only where the words come out differently."""

from collections.abc import Iterator
from datetime import date

from investor_flows.corrections import Revision, touches
from investor_flows.flows import Largest, Rank, Streak
from investor_flows.model import LEADS, Record
from investor_flows.revisions import Effect, Turn, Value
from investor_flows.summary import Summary
from investor_flows.weeks import weeks_of
from investor_flows.wording.phrases import Phrases
from investor_flows.wording.story import Paragraph


class EffectStory:
    """Tells the effects on the statistics of the newest week that was told before."""

    def __init__(self, summary: Summary, phrases: Phrases) -> None:
        self._summary, self._phrases = summary, phrases

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """One paragraph where a correction touches the series that statistics are told of."""
        weeks = self._weeks()
        if not weeks or not self._touched():
            return ()
        lines = list(dict.fromkeys(self._lines()))  # two ranks read alike in a short series
        if not lines and not self._appeared_or_vanished():
            lines = [self._phrases.say("no_effect")]
        title = self._phrases.say("effects_title", weeks[-1].end_date, self._summary.section)
        return (Paragraph(title, tuple(lines)),) if lines else ()

    def _touched(self) -> list[Revision]:
        return [revision for revision in self._summary.revisions if touches(revision, self._summary.section)]

    def _appeared_or_vanished(self) -> bool:
        """Whether all statistics of foreigners or individuals did, with the figure: the lead says so."""
        changes = (change for revision in self._touched() for change in revision.changes)
        return any(change.delta is None and change.investor_type in LEADS for change in changes)

    def _weeks(self) -> list[Record]:
        """The weeks of the series, as far as the chart goes back."""
        return [week.record for week in self._summary.chart]

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
        before, after = map(self._run_told, (effect.before, effect.after))
        if before != after:
            yield self._phrases.say("effect", investor_type, "run", before, after, "")

    def _run_told(self, streak: Value) -> str:
        """The sum of a streak; one week alone is none."""
        if isinstance(streak, Streak) and streak.weeks > 1:
            return self._phrases.say("told", "run", streak, None)
        return self._phrases.absent("run")

    def _told(self, name: str, value: Value, streak: Value) -> str:
        """What a message says of a statistic. `streak`: which way the week went, where a correction turned it."""
        still = isinstance(streak, Streak) and not streak.weeks
        if isinstance(value, Rank) and still:
            return self._phrases.absent("rank")
        if isinstance(value, Largest) and (value.since in self._week_before() or not value.searched):
            return self._phrases.absent(name)
        return self._phrases.say("told", name, value, streak) or self._phrases.absent(name)

    def _week_before(self) -> list[date]:
        """The last day of the week before the newest; none where that is missing."""
        return [week.end_date for week in weeks_of(self._weeks(), LEADS[0])[1:2] if week.ago == 1]

    def _turn(self, effect: Effect) -> str:
        """How and where a streak was broken or turned."""
        match effect.turn:
            case Turn.TURNED if _went(effect.before) and _went(effect.after):
                return self._phrases.say("turned")
            case Turn.BROKEN if effect.broken_by:
                return self._phrases.say("broken", effect.broken_by)
            case Turn.SHORTER if effect.broken_by:
                return self._phrases.say("unknown_before", effect.broken_by)
        return ""


def _went(streak: Value) -> bool:
    """Whether the week had a direction at all."""
    return isinstance(streak, Streak) and streak.weeks > 0
