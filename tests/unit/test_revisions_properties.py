"""Changes and effects on random corrections, against slow and obvious ways to find them."""

from dataclasses import asdict, replace
from itertools import takewhile

from hypothesis import assume, given
from hypothesis import strategies as st
from investor_flows.flows import Statistics, Streak, statistics
from investor_flows.model import GROUPS, INVESTOR_TYPES, Record
from investor_flows.revisions import Turn, compare, effects, with_revision

from tests.unit import slow_flows
from tests.unit.builders import a_record, a_revision, pair
from tests.unit.histories import BALANCES, histories

FIGURES = st.lists(st.one_of(st.none(), st.integers(0, 5), st.integers(0, 10**10)), min_size=38, max_size=38)


@st.composite
def vintages(draw: st.DrawFn) -> tuple[Record, Record]:
    """Draw two vintages of one week; some cells differ, some are empty."""
    prior = replace(a_record(), figures=tuple(draw(FIGURES)))
    others = draw(st.dictionaries(st.integers(0, 37), st.one_of(st.none(), st.integers(0, 10**10))))
    figures = tuple(others.get(position, figure) for position, figure in enumerate(prior.figures))
    return prior, replace(prior, figures=figures)


@st.composite
def corrections(draw: st.DrawFn) -> tuple[Statistics, Statistics, list[Record]]:
    """Draw foreigners' statistics before and after one week's correction, and the series after it."""
    series = draw(histories(least=2, most=40))
    prior = draw(st.sampled_from(series))
    balance = draw(BALANCES)
    revised = a_revision(prior, Foreigners=None if balance is None else pair(balance))
    before, after = with_revision(series, prior, revised)
    told, holds = statistics(before, "Foreigners"), statistics(after, "Foreigners")
    assume(told and holds)
    assert told
    assert holds
    return told, holds, list(after)


def all_figures(record: Record) -> dict[tuple[str, str], int | None]:
    """Every figure of a record, one at a time."""
    found: dict[tuple[str, str], int | None] = {}
    for name, sales, purchases in zip(INVESTOR_TYPES, record.figures[::2], record.figures[1::2], strict=True):
        found[name, "sales"], found[name, "purchases"] = sales, purchases
        if name in GROUPS:
            both = sales is not None and purchases is not None
            found[name, "total"] = (sales or 0) + (purchases or 0) if both else None
            found[name, "balance"] = (purchases or 0) - (sales or 0) if both else None
    return found


@given(vintages())
def test_every_changed_figure_is_named_once_and_no_other(pair_of: tuple[Record, Record]) -> None:
    before, after = map(all_figures, pair_of)

    changes = compare(*pair_of)

    assert len(before) == 13 * 4 + 6 * 2
    assert sorted((c.investor_type, c.figure) for c in changes) == sorted(k for k in before if before[k] != after[k])
    for change in changes:
        key = change.investor_type, change.figure
        assert (change.before, change.after) == (before[key], after[key])


@given(vintages())
def test_balances_lead_and_among_them_foreigners_then_individuals_then_the_largest(
    pair_of: tuple[Record, Record],
) -> None:
    changes = compare(*pair_of)

    balances = list(takewhile(lambda change: change.figure == "balance", changes))
    rest = [change for change in balances if change.investor_type not in {"Foreigners", "Individuals"}]
    sizes = [abs((change.after or 0) - (change.before or 0)) for change in rest]

    assert len(balances) == sum(change.figure == "balance" for change in changes)
    assert sizes == sorted(sizes, reverse=True)
    leads = [change.investor_type for change in balances[: len(balances) - len(rest)]]
    assert leads in ([], ["Foreigners"], ["Individuals"], ["Foreigners", "Individuals"])


@given(vintages())
def test_the_way_back_undoes_every_change_in_the_same_order(pair_of: tuple[Record, Record]) -> None:
    prior, revised = pair_of

    there, back = compare(prior, revised), compare(revised, prior)

    assert back == tuple(replace(change, before=change.after, after=change.before) for change in there)


@given(corrections())
def test_effects_are_all_that_separates_before_and_after(
    correction: tuple[Statistics, Statistics, list[Record]],
) -> None:
    before, after, _ = correction

    found = effects(before, after)

    told, holds = asdict(before), asdict(after)
    separate = [name for name in told if told[name] != holds[name] and name != "balance"]
    assert sorted(effect.name for effect in found) == sorted(separate)
    assert all((getattr(before, e.name), getattr(after, e.name)) == (e.before, e.after) for e in found)
    assert effects(after, after) == ()


@given(corrections())
def test_a_broken_streak_names_the_week_that_now_cuts_it(
    correction: tuple[Statistics, Statistics, list[Record]],
) -> None:
    before, after, series = correction

    for effect in effects(before, after):
        if effect.broken_by and isinstance(effect.before, Streak):
            weeks = slow_flows.slots(series, "Foreigners")
            balances = {week.end_date: week.balance for week in weeks}
            direction = 1 if effect.before.balance > 0 else -1
            newer = [week for week in weeks if week.end_date > effect.broken_by]
            assert (balances[effect.broken_by] or 0) * direction <= 0
            assert all((week.balance or 0) * direction > 0 for week in newer)
            assert effect.before.first_end_date <= effect.broken_by <= before.end_date


@given(corrections())
def test_a_streak_is_made_longer_broken_or_turned_as_its_lengths_say(
    correction: tuple[Statistics, Statistics, list[Record]],
) -> None:
    before, after, _ = correction

    turns = {effect.turn for effect in effects(before, after) if effect.name == "streak"}

    same_direction = (before.balance > 0, before.balance < 0) == (after.balance > 0, after.balance < 0)
    assert (Turn.TURNED in turns) == (not same_direction)
    if same_direction and turns:
        difference = after.streak.weeks - before.streak.weeks
        wanted = {True: {Turn.MADE, Turn.LONGER}, False: {Turn.BROKEN, Turn.SHORTER}}
        assert turns <= (wanted[difference > 0] if difference else {Turn.SAME})
