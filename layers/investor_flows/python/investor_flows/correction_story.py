"""Corrections in words: what changed, and which message and publication it corrects."""

from collections.abc import Iterator, Sequence

from investor_flows.model import Measure, Record
from investor_flows.phrases import Phrases
from investor_flows.revisions import Change, dates_changed
from investor_flows.story import ChangedFigure, ChangedSeries
from investor_flows.summary import LEADS, Revision, Summary

LEADS_TOLD = 4
SERIES_TOLD = 6
CHANGES_TOLD = 18
LEAST_CHANGES = 3
PUBLICATIONS_TOLD = 3
RECEIPTS_TOLD = 3


def value_first(revisions: Sequence[Revision]) -> list[Revision]:
    """Value before volume, each with the most prominent section first."""
    return sorted(revisions, key=lambda revision: revision.revised.record.measure is not Measure.VALUE)


def telling_changes(revision: Revision) -> list[Change]:
    """What a line about a revision says: the balances of foreigners and individuals, or else its first change."""
    balances = [each for each in revision.changes if each.figure == "balance" and each.investor_type in LEADS]
    return balances or list(revision.changes[:1])


class CorrectionStory:
    """Tells the corrections of an announcement."""

    def __init__(self, summary: Summary, phrases: Phrases) -> None:
        self._summary, self._phrases = summary, phrases
        self._revisions = value_first(summary.revisions)

    def lead(self) -> list[str]:
        """All of the first correction, a line each for the next; the rest is counted."""
        first = [line for revision in self._revisions[:1] for line in self._lines(revision)]
        room = LEADS_TOLD - len(first)
        rest = [self._lines(revision)[0] for revision in self._revisions[1 : 1 + room]]
        count = len(self._revisions) - 1 - room
        return [*first, *rest, *([self._phrases.left_out(count, "corrections")] if count > 0 else ())]

    def _lines(self, revision: Revision) -> list[str]:
        mark = self._phrases.say("mark", revision.revised.restatement)
        record = revision.revised.record
        return [self._phrases.say("corrected", mark, record, what) for what in self._what_changed(revision)]

    def _what_changed(self, revision: Revision) -> list[str]:
        prior, revised = revision.prior.record, revision.revised.record
        if not revision.changes:
            moved = dates_changed(prior, revised)
            return [self._phrases.say("period_moved", prior, revised) if moved else self._unchanged()]
        return [self._changed(change, revised.measure) for change in telling_changes(revision)]

    def _unchanged(self) -> str:
        return self._phrases.say("figures_unchanged")

    def _changed(self, change: Change, measure: Measure) -> str:
        """To the printed precision, or exactly where that would show no change."""
        amount = self._phrases.numerals.amount
        coarse = change.figure == "balance" and amount(change.before, measure) != amount(change.after, measure)
        return self._phrases.say("changed" if coarse else "changed_exactly", change, measure)

    def scope(self) -> list[str]:
        """What a reader must know of the corrections besides the figures."""
        facts = [*self._replaced(), *self._volume_only()]
        return list(dict.fromkeys(facts))[:PUBLICATIONS_TOLD]

    def _replaced(self) -> Iterator[str]:
        for revision in self._revisions:
            if revision.returns_to:
                yield self._phrases.say("reverted", revision.returns_to)
            if revision.revised.restatement:
                yield self._phrases.say("restated", revision.revised.record.published_date)
            if revision.changes and dates_changed(revision.prior.record, revision.revised.record):
                yield self._phrases.say("period_moved", revision.prior.record, revision.revised.record)

    def _volume_only(self) -> Iterator[str]:
        measures = {revision.revised.record.measure for revision in self._revisions}
        if measures == {Measure.VOLUME}:
            yield self._phrases.say("volume_only")

    def changes(self) -> tuple[ChangedSeries, ...]:
        """The figures, shared out among the corrections; what does not fit is counted."""
        changed = [revision for revision in self._revisions if revision.changes]
        told = changed[:SERIES_TOLD]
        limit = max(LEAST_CHANGES, CHANGES_TOLD // len(told)) if told else 0
        found = [self._series(revision, limit) for revision in told]
        if count := len(changed) - len(told):
            found.append(ChangedSeries(self._phrases.left_out(count, "corrections"), (), ""))
        return tuple(found)

    def _series(self, revision: Revision, limit: int) -> ChangedSeries:
        record, count = revision.revised.record, len(revision.changes)
        return ChangedSeries(
            title=self._phrases.say("changes_title", record, count),
            figures=tuple(self._figure(change, record) for change in revision.changes[:limit]),
            rest=self._phrases.left_out(count - limit, "changes") if count > limit else "",
        )

    def _figure(self, change: Change, record: Record) -> ChangedFigure:
        numerals, say = self._phrases.numerals, self._phrases.say
        return ChangedFigure(
            series=say("series_name", record),
            what=say("change_name", change),
            before=numerals.exact(change.before, record.measure),
            after=numerals.exact(change.after, record.measure),
            delta=say("delta", numerals.exact_delta(change.delta, record.measure), change),
            line=say("changed_exactly", change, record.measure),
        )

    def footer(self) -> list[str]:
        """When the figures were published before and now, and which messages told them."""
        lines = list(dict.fromkeys(self._published(each) for each in self._revisions if not each.revised.restatement))
        receipts = self._summary.corrected_receipts
        more = max(0, len(receipts) - RECEIPTS_TOLD)
        told = [self._phrases.say("corrects", receipts[:RECEIPTS_TOLD], more)] if receipts else []
        return [*lines[:PUBLICATIONS_TOLD], *told]

    def _published(self, revision: Revision) -> str:
        before, after = revision.prior.record.published_date, revision.revised.record.published_date
        return self._phrases.say("republished", before, after)
