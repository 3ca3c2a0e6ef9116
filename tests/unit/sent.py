"""Rows as J-Quants Pro sends them: four texts and 64 numbers, made from synthetic records."""

from datetime import date

from investor_flows.model import GROUPS, INVESTOR_TYPES, Measure, Record, Trades

from tests.unit.builders import a_record

Row = dict[str, object]

SUFFIX = {Measure.VALUE: "Value", Measure.VOLUME: "Volume"}
FOUR = ("Sales", "Purchases", "Total", "Balance")


def a_row(record: Record | None = None, **changes: object) -> Row:
    """Send a record as the API does; `changes` put other values into fields, by the API's full names."""
    record = record or a_record()
    row: Row = {
        "Section": record.section,
        "PublishedDate": _text(record.published_date),
        "StartDate": _text(record.start_date),
        "EndDate": _text(record.end_date),
    }
    for name in INVESTOR_TYPES:
        for figure in FOUR if name in GROUPS else FOUR[:2]:
            row[cell(name + figure, record.measure)] = _figure(record.trades(name), figure)
    return row | changes


def cell(name: str, measure: Measure = Measure.VALUE) -> str:
    """The API's full name of a figure."""
    return name + SUFFIX[measure]


def moved(row: Row, **amounts: int) -> Row:
    """Add amounts to cells of a row by value, by their names without the suffix."""
    changed = dict(row)
    for name, amount in amounts.items():
        before = changed[cell(name)]
        assert isinstance(before, int)
        changed[cell(name)] = before + amount
    return changed


def without(row: Row, *names: str) -> Row:
    """Leave fields out."""
    return {name: content for name, content in row.items() if name not in names}


def _figure(trades: Trades | None, figure: str) -> int | None:
    return None if trades is None else int(getattr(trades, figure.lower()))


def _text(day: date) -> str:
    return day.isoformat()
