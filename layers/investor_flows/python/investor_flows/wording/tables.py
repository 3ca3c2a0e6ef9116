"""Tables for a wide screen: foreigners beside individuals, or corrected figures before and after."""

from collections.abc import Sequence

from investor_flows.wording.phrases import Phrases
from investor_flows.wording.release_story import FACTS
from investor_flows.wording.story import ChangedSeries, Profile

Table = tuple[tuple[str, ...], ...]


def profiles_table(profiles: Sequence[Profile], phrases: Phrases) -> Table:
    """A row for each fact, a column for each investor type; no cell is empty, since Slack refuses that."""
    texts = [{fact.name: fact.text for fact in profile.facts} for profile in profiles]
    labels = {fact.name: fact.label for profile in profiles for fact in profile.facts}
    order = sorted(labels, key=lambda name: FACTS.index(name) if name in FACTS else len(FACTS))
    head = (phrases.label("item"), *(profile.name for profile in profiles))
    return (head, *((labels[name], *(text.get(name) or phrases.absent(name) for text in texts)) for name in order))


def changes_table(changes: Sequence[ChangedSeries], phrases: Phrases) -> Table:
    """A row for each corrected figure; with the series it belongs to where there are several."""
    figures = [figure for series in changes for figure in series.figures]
    several = len({figure.series for figure in figures}) > 1
    names = (*(("series",) if several else ()), "what", "before", "after", "delta")
    if not figures:
        return ()
    head = tuple(phrases.label(name) for name in names)
    return (head, *(tuple(getattr(figure, name) for name in names) for figure in figures))
