"""Random histories for property tests: holes, missing figures, zeros, ties and changes of sign."""

from datetime import date

from hypothesis import strategies as st
from investor_flows.model import Record

from tests.unit.builders import a_series

LAST_WEEKS = [
    date(2010, 1, 8),
    date(2019, 5, 17),
    date(2020, 1, 10),
    date(2022, 4, 1),
    date(2022, 4, 8),
    date(2025, 1, 10),
    date(2026, 4, 3),
    date(2026, 11, 13),
]
"""Weeks after which a year, a fiscal year or a week without trading has just begun."""

BALANCES = st.one_of(
    st.integers(-3, 3),  # ties and zeros
    st.sampled_from([None, 0, 1, -1]),
    st.integers(-(10**10), 10**10),
)


@st.composite
def histories(draw: st.DrawFn, least: int = 1, most: int = 70) -> list[Record]:
    """Draw a series of up to `most` weeks; some may be missing, never the newest."""
    last = draw(st.one_of(st.sampled_from(LAST_WEEKS), st.dates(date(2011, 1, 1), date(2034, 12, 1))))
    balances = draw(st.lists(st.tuples(BALANCES, BALANCES), min_size=least, max_size=most))
    holes = draw(st.sets(st.integers(0, len(balances) - 1), max_size=draw(st.sampled_from([0, 0, 1, 4]))))
    foreigners, individuals = zip(*balances, strict=True)
    return a_series(foreigners, individuals, last=last, missing=holes - {len(balances) - 1})
