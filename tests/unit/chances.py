"""What a state machine draws by chance: how much goes wrong, where, and when."""

from hypothesis import strategies as st
from investor_flows.poll import audit, backfill, poll

from tests.unit.fake_board import Peril
from tests.unit.publishing import SECTIONS
from tests.unit.republishing import ROWS_OF_A_WEEK

tasks = st.sampled_from([poll, poll, poll, audit, backfill])
perils = st.sampled_from([None, *Peril])
calls = st.integers(1, 9)
numbers = st.integers(0, 2)
sections = st.sampled_from([SECTIONS, SECTIONS[:1], SECTIONS[1:]])
polled = st.sampled_from([None, False, True, True])  # None: not before its day
seldom = st.sampled_from([False, False, False, True])
some_rows = st.sets(st.integers(0, ROWS_OF_A_WEEK - 1), max_size=2)
waits = st.sampled_from([1, 4, 12, 31, 60, 24 * 60, 3 * 24 * 60])
weeks_back, days_back = st.sampled_from([0, 0, 1, 3]), st.integers(0, 40)
