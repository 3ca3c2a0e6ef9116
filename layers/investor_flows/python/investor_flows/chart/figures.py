"""Amounts and dates as text. 億円 and 百万株 are truncated toward zero, as the press does; ¥bn are rounded half up.

Every amount comes in thousand yen or thousand shares and without its sign.
"""

from collections.abc import Callable
from datetime import date

QUANTA = {"value": 100_000, "volume": 1_000}
"""The smallest amount that the chart can say: 1億円, which is ¥0.1bn, and a million shares."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def oku_yen(amount: int) -> str:
    """1,204,000,000 thousand yen is 1兆2,040億円."""
    cho, oku = divmod(amount // QUANTA["value"], 10_000)
    return "".join((f"{cho:,}兆" if cho else "", f"{oku:,}億" if oku or not cho else "", "円"))


def billion_yen(amount: int) -> str:
    """512,345,678 thousand yen is ¥512.3bn."""
    billions, tenth = divmod(_rounded(amount, QUANTA["value"]), 10)
    return f"¥{billions:,}.{tenth}bn"


def million_shares_ja(amount: int) -> str:
    """182,999 thousand shares are 182百万株."""
    return f"{amount // QUANTA['volume']:,}百万株"


def million_shares_en(amount: int) -> str:
    """182,500 thousand shares are 183m shares."""
    return f"{_rounded(amount, QUANTA['volume']):,}m shares"


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


def _rounded(amount: int, quantum: int) -> int:
    """Whole quanta, half up."""
    return (amount + quantum // 2) // quantum
