"""Whether foreigners and individuals go the same way. Pure: a series of weeks in, plain data out."""

from collections.abc import Sequence
from dataclasses import dataclass

from investor_flows.model import LEADS, Record
from investor_flows.weeks import Week, run_length, sign, weeks_back


@dataclass(frozen=True, slots=True)
class Directions:
    """Which ways foreigners and individuals went in the newest week. Where either stood still, neither is said."""

    opposite_weeks: int  # weeks, the newest included, in which they went opposite ways; 0 if not now
    together: int  # 1 where both bought net, -1 where both sold


def directions(series: Sequence[Record]) -> Directions:
    """Say which ways foreigners and individuals went in the newest week.

    A missing week, a missing figure or a zero ends a run of opposite weeks.
    """
    both = zip(weeks_back(series, "Foreigners"), weeks_back(series, "Individuals"), strict=True)
    opposite = (Week(a.end_date, (sign(a.balance) or 0) * (sign(b.balance) or 0), a.ago) for a, b in both)
    newest = {sign(series[-1].balance(lead)) for lead in LEADS} if series else set()
    return Directions(run_length(opposite, of=-1), together=(newest.pop() or 0) if len(newest) == 1 else 0)
