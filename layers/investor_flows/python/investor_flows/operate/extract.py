"""Figures for a table: one row a week and investor type, as dictionaries or as CSV. A unit is part of each name."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from investor_flows.model import JST, Measure, Vintage

UNITS = {Measure.VALUE: "thousand_yen", Measure.VOLUME: "thousand_shares"}

type Row = dict[str, Any]


def rows(vintages: Iterable[Vintage], investor_types: Sequence[str]) -> Iterator[Row]:
    """Each vintage's figures; what was not published is null."""
    for vintage in vintages:
        for investor_type in investor_types:
            yield {**_of(vintage), "investor_type": investor_type, **_figures(vintage, investor_type)}


def as_csv(found: Sequence[Row]) -> str:
    """The rows as CSV with a header; what was not published is empty. No rows, no text."""
    if not found:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(found[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return text.getvalue()


def _of(vintage: Vintage) -> Row:
    record = vintage.record
    return {
        "section": record.section,
        "measure": str(record.measure),
        "start_date": str(record.start_date),
        "end_date": str(record.end_date),
        "published_date": str(record.published_date),
        "restatement": vintage.restatement,
        "first_seen_at": vintage.first_seen_at.astimezone(JST).isoformat(timespec="seconds"),
    }


def _figures(vintage: Vintage, investor_type: str) -> Row:
    trades, unit = vintage.record.trades(investor_type), UNITS[vintage.record.measure]
    names = ("sales", "purchases", "total", "balance")
    return {f"{name}_{unit}": getattr(trades, name) if trades else None for name in names}
