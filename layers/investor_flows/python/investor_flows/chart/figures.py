"""The short forms that only a picture needs: labels of an axis, and dates."""

from collections.abc import Callable
from datetime import date

from investor_flows.model import Measure
from investor_flows.wording.numerals import MILLION_SHARES, OKU

QUANTA = {Measure.VALUE: OKU, Measure.VOLUME: MILLION_SHARES}
"""The smallest amount that an axis can name: 1億円, which is ¥0.1bn, and a million shares."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def ticks(*units: tuple[int, str]) -> Callable[[int, int], str]:
    """Labels in the largest unit that the axis' step fills. A unit is (quanta, suffix); the largest comes first."""

    def label(quanta: int, step: int) -> str:
        size, suffix = next((unit for unit in units if step >= unit[0]), units[-1])
        whole, part = divmod(quanta, size)
        return f"{whole:,}{f'.{part * 10 // size}' if part else ''}{suffix}" if quanta else "0"

    return label


def period_ja(first: date, last: date) -> str:
    """2026/11/9〜11/13."""
    start, end = f"{first.year}/{first.month}/{first.day}", f"{last.month}/{last.day}"
    return start if first == last else f"{start}〜{end if first.year == last.year else f'{last.year}/{end}'}"


def week_ja(first: date, last: date) -> str:
    """11/9〜11/13, for a place where the year is near."""
    start, end = f"{first.month}/{first.day}", f"{last.month}/{last.day}"
    return start if first == last else f"{start}〜{end}"


def period_en(first: date, last: date) -> str:
    """Nov 9–13, 2026."""
    if first.year != last.year:
        return f"{week_en(first, first)}, {first.year} – {week_en(last, last)}, {last.year}"
    return f"{week_en(first, last)}, {last.year}"


def week_en(first: date, last: date) -> str:
    """Nov 9–13, for a place where the year is near."""
    start, end = f"{MONTHS[first.month - 1]} {first.day}", f"{MONTHS[last.month - 1]} {last.day}"
    if first == last:
        return start
    return f"{start}–{last.day}" if first.month == last.month else f"{start} – {end}"
