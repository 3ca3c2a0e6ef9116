"""What was known at the end of a day: of each week the newest vintage then, by the vendor's clock or by ours. Pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from investor_flows.model import JST, Vintage


class Clock(StrEnum):
    """Whose clock an `as of` goes by."""

    VENDOR = "vendor"  # published dates
    OURS = "ours"  # when we first saw it, to the end of the day in Japan


def known_on(vintage: Vintage, clock: Clock) -> date:
    """The day on which a vintage became known."""
    return vintage.known_on if clock is Clock.VENDOR else vintage.first_seen_at.astimezone(JST).date()


def as_of(vintages: Iterable[Vintage], day: date, clock: Clock) -> list[Vintage]:
    """The vintages of one series that stood at the end of a day, one a week, oldest week first."""
    known = [vintage for vintage in vintages if known_on(vintage, clock) <= day]
    in_order = sorted(known, key=lambda vintage: (vintage.record.end_date, vintage.order))
    return list({vintage.record.end_date: vintage for vintage in in_order}.values())
