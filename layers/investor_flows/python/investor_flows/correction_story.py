"""Corrections in words: what changed, what that does to what was told, and which message it corrects."""

from collections.abc import Iterator

from investor_flows.model import Measure
from investor_flows.phrases import Phrases
from investor_flows.revisions import Change, Effect, dates_changed
from investor_flows.story import Paragraph
from investor_flows.summary import LEADS, Revision, Summary

LEADS_TOLD = 4
REVISIONS_TOLD = 6
CHANGES_TOLD = 18
RECEIPTS_TOLD = 5


class CorrectionStory:
    """Tells the corrections of an announcement."""

    def __init__(self, summary: Summary, phrases: Phrases) -> None:
        self._summary, self._phrases = summary, phrases

    def lead(self) -> list[str]:
        """A line for each correction, foreigners and individuals where they changed; the rest is counted."""
        lines = [line for revision in self._summary.revisions for line in self._lead_of(revision)]
        if len(lines) <= LEADS_TOLD:
            return lines
        told = [line for revision in self._summary.revisions[:1] for line in self._lead_of(revision)]
        told += [self._lead_of(revision)[0] for revision in self._summary.revisions[1 : 1 + LEADS_TOLD - len(told)]]
        count = len(self._summary.revisions) - (1 + LEADS_TOLD - len(self._lead_of(self._summary.revisions[0])))
        return [*told, self._phrases.left_out(count, "corrections")] if count > 0 else told

    def _lead_of(self, revision: Revision) -> list[str]:
        record = revision.revised.record
        where = self._phrases.say("corrected", record)
        mark = self._phrases.say("mark", bool(revision.revised.restatement))
        return [f"{mark}{where} {what}" for what in self._what_changed(revision)]

    def _what_changed(self, revision: Revision) -> list[str]:
        balances = [each for each in revision.changes if each.figure == "balance" and each.investor_type in LEADS]
        told = balances or list(revision.changes[:1])
        if not told:
            return [self._phrases.say("figures_unchanged")]
        return [self._changed(change, revision.revised.record.measure) for change in told]

    def _changed(self, change: Change, measure: Measure) -> str:
        amount = self._phrases.numerals.amount
        coarse = change.figure == "balance" and amount(change.before, measure) != amount(change.after, measure)
        return self._phrases.say("changed", change, measure, coarse)

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The effects on what was told, then the figures."""
        return tuple([*self._effects(), *self._changes(), *self._history()])

    def _effects(self) -> Iterator[Paragraph]:
        if not self._summary.revisions or not self._summary.chart:
            return
        lines = [line for name, effect in self._summary.effects if (line := self._effect(name, effect))]
        title = self._phrases.say("effects_title", self._summary.chart[-1].record.end_date)
        yield Paragraph(title, tuple(lines or [self._phrases.say("no_effect", self._summary.section)]))

    def _effect(self, investor_type: str, effect: Effect) -> str:
        before, after = (self._phrases.say("told", effect.name, value) for value in (effect.before, effect.after))
        if before == after:
            return ""
        line = self._phrases.say("effect", investor_type, effect.name, before, after)
        return line + (self._phrases.say("broken", effect.broken_by) if effect.broken_by else "")

    def _changes(self) -> Iterator[Paragraph]:
        """Share the lines among the corrections; what does not fit is counted."""
        told = [each for each in self._summary.revisions if each.changes][:REVISIONS_TOLD]
        for revision in told:
            yield self._changes_of(revision, max(2, CHANGES_TOLD // len(told)))

    def _changes_of(self, revision: Revision, limit: int) -> Paragraph:
        record, count = revision.revised.record, len(revision.changes)
        lines = [self._phrases.say("change_line", change, record.measure) for change in revision.changes[:limit]]
        if count > limit:
            lines.append(self._phrases.left_out(count - limit, "changes"))
        return Paragraph(self._phrases.say("changes_title", record, count), tuple(lines))

    def _history(self) -> Iterator[Paragraph]:
        return iter(())

    def footer(self) -> list[str]:
        """When the figures were published before and now, and which messages told them."""
        lines = dict.fromkeys(self._published(revision) for revision in self._summary.revisions)
        receipts = self._summary.corrected_receipts
        told = [self._phrases.say("corrects", receipts[:RECEIPTS_TOLD])] if receipts else []
        if len(receipts) > RECEIPTS_TOLD:
            told.append(self._phrases.left_out(len(receipts) - RECEIPTS_TOLD, "receipts"))
        return [*list(lines)[:RECEIPTS_TOLD], *told]

    def _published(self, revision: Revision) -> str:
        before, after = revision.prior.record.published_date, revision.revised.record.published_date
        if revision.revised.restatement:
            return self._phrases.say("restated", after)
        return self._phrases.say("republished", before, after)
