"""Corrections in words: what changed, and which message and publication it corrects."""

from collections import Counter
from collections.abc import Iterator, Sequence

from investor_flows.corrections import Revision, value_first
from investor_flows.model import LEADS, Measure, Vintage
from investor_flows.revisions import Change, dates_changed
from investor_flows.summary import Summary
from investor_flows.wording.phrases import Phrases
from investor_flows.wording.story import ChangedFigure, ChangedSeries

LEADS_TOLD = 4
SERIES_TOLD = 6
CHANGES_TOLD = 18
LEAST_CHANGES = 3
DATES_TOLD = 3


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
        """A line each for the first corrections; the rest is counted."""
        return self._cut([self._line(revision) for revision in self._revisions], LEADS_TOLD, "corrections")

    def _cut(self, lines: list[str], limit: int, what: str) -> list[str]:
        rest = [self._phrases.left_out(len(lines) - limit, what)] if len(lines) > limit else []
        return [*lines[:limit], *rest]

    def _line(self, revision: Revision) -> str:
        mark = self._phrases.say("mark", revision.revised.restatement)
        return self._phrases.say("corrected", mark, revision.revised.record, self._what_changed(revision))

    def _what_changed(self, revision: Revision) -> str:
        prior, revised = revision.prior.record, revision.revised.record
        if revision.changes:
            told = [self._changed(change, revised.measure) for change in telling_changes(revision)]
            return self._phrases.say("listed", told)
        if dates_changed(prior, revised):
            return self._phrases.say("period_moved", prior, revised)
        return self._phrases.say("figures_unchanged")

    def _changed(self, change: Change, measure: Measure) -> str:
        """To the printed precision, or exactly where that would show no change."""
        amount = self._phrases.numerals.amount
        coarse = change.figure == "balance" and amount(change.before, measure) != amount(change.after, measure)
        return self._phrases.say("changed" if coarse else "changed_exactly", change, measure)

    def scope(self) -> list[str]:
        """What a reader must know of the corrections besides the figures."""
        facts = list(dict.fromkeys([*self._facts(), *self._volume_only()]))
        return [*self._cut(facts, DATES_TOLD, "gaps"), *self._republished()]

    def _facts(self) -> Iterator[str]:
        """What is said of a correction; where it is not true of all, whose it is."""
        said = [(revision, fact) for revision in self._revisions for fact in self._replaced(revision)]
        counts = Counter(fact for _, fact in said)
        for revision, fact in said:
            common = counts[fact] == len(self._revisions)
            yield fact if common else self._phrases.say("fact_of", revision.revised, fact)

    def _republished(self) -> Iterator[str]:
        revised = [revision for revision in self._revisions if not revision.revised.restatement]
        if priors := sorted({revision.prior.record.published_date for revision in revised}, reverse=True):
            yield self._phrases.say("republished", *_first(priors), self._summary.announcement.published_date)

    def _replaced(self, revision: Revision) -> Iterator[str]:
        if revision.returns_to:
            yield self._phrases.say("reverted", revision.returns_to)
        if revision.revised.restatement:
            yield self._phrases.say("restated", revision.revised.record.published_date)
        if revision.superseded_by:
            yield self._phrases.say("superseded", revision.superseded_by)
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
        limit = max(LEAST_CHANGES, CHANGES_TOLD // max(1, len(told)))
        found = [self._series(revision, limit) for revision in told]
        if count := len(changed) - len(told):
            found.append(ChangedSeries(self._phrases.left_out(count, "corrections"), (), ""))
        return tuple(found)

    def _series(self, revision: Revision, limit: int) -> ChangedSeries:
        vintage, count = revision.revised, len(revision.changes)
        return ChangedSeries(
            title=self._phrases.say("changes_title", vintage, count),
            figures=tuple(self._figure(change, vintage) for change in revision.changes[:limit]),
            rest=self._phrases.left_out(count - limit, "changes") if count > limit else "",
        )

    def _figure(self, change: Change, vintage: Vintage) -> ChangedFigure:
        numerals, say, measure = self._phrases.numerals, self._phrases.say, vintage.record.measure
        return ChangedFigure(
            series=say("series_name", vintage),
            what=say("change_name", change),
            before=numerals.exact(change.before, measure),
            after=numerals.exact(change.after, measure),
            delta=say("delta", numerals.exact_delta(change.delta, measure), change),
        )

    def footer(self) -> list[str]:
        """Which messages told the superseded figures."""
        receipts = self._summary.corrected_receipts[::-1]
        return [self._phrases.say("corrects", *_first(receipts))] if receipts else []


def _first(found: Sequence[object]) -> tuple[Sequence[object], int]:
    """As many as are told, and how many more there are."""
    return found[:DATES_TOLD], max(0, len(found) - DATES_TOLD)
