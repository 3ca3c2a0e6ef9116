"""Sections and dates that are none, or that cannot be."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.integration.answer import Spoil, field, literal, newest
from tests.integration.bad_answer import BadAnswer, Outcome, accepted, held
from tests.integration.bad_figures import without
from tests.local.vendor.publication import Row

DATES = ("StartDate", "EndDate", "PublishedDate")

NO_SECTIONS: dict[str, object] = {
    "null": None,
    "empty": "",
    "a blank": " ",
    "blanks": "   ",
    "a number": 7,
    "a list": ["TSEPrime"],
    "an object": {"name": "TSEPrime"},
    "true": True,
    "with a space before": " TSEPrime",
    "with a space behind": "TSEPrime ",
    "with a no-break space": "TSE\u00a0Prime",
    "with a line end": "TSE\nPrime",
    "with a tab": "TSE\tPrime",
    "with a NUL": "TSE\x00Prime",
    "with an escape": "\x1b[31mTSEPrime",
    "with a joiner": "TSE\u200dPrime",
    "with a turn of direction": "TSE\u202ePrime",
    "with a BOM": "\ufeffTSEPrime",
    "with half a surrogate": "TSE\ud800",
    "with a hash": "TSE#Prime",
    "a key of the table": "PROGRESS#POLL",
    "of 41 letters": "x" * 41,
    "of 10 kB": "x" * 10_000,
}

STRANGE_SECTIONS = {
    "unknown": "TSEFuture",
    "hostile to Slack": "A&B <!channel>",
    "hostile to HTML": "<script>alert(1)</script>",
    "hostile to templates": "{{ 7 * 7 }} {% raw %}",
    "hostile to formats": "{0.__class__} %s %(x)s",
    "Japanese": "東証プライム",
    "an emoji": "📈",
    "a path": "../../etc/passwd",
}

NO_DATES: dict[str, object] = {
    "null": None,
    "empty": "",
    "a number": 20261113,
    "a list": ["2026-11-13"],
    "an object": {"year": 2026},
    "a word": "soon",
    "31 November": "2026-11-31",
    "29 February of a common year": "2026-02-29",
    "month 13": "2026-13-01",
    "day 0": "2026-11-00",
    "zeros": "0000-00-00",
    "day first": "13-11-2026",
    "month first": "11/13/2026",
    "with slashes": "2026/11/13",
    "with dots": "2026.11.13",
    "Japanese": "2026年11月13日",
    "of an era": "R8-11-13",
    "without zeros": "2026-1-3",
    "with a time": "2026-11-13T00:00:00",
    "with a zone": "2026-11-13Z",
    "with a space": " 2026-11-13",
    "of an ISO week": "2026-W46-5",
    "of a short ISO week": "26-W46-5",
    "of a day of the year": "2026-317",
    "seconds since 1970": "1794528000",
    "full width": "２０２６-１１-１３",
    "with half a surrogate": "2026-11-\ud800",
    "of five digits": "12026-11-13",
}


def sections() -> Iterator[BadAnswer]:
    """A row without a name that can be used, and rows of a section that nobody knows."""
    yield held("Section is missing", without("Section"), "Section")
    for name, section in NO_SECTIONS.items():
        yield held(f"Section is {name}", field("Section", section), "Section")
    for name, section in STRANGE_SECTIONS.items():
        yield BadAnswer(f"Section is {name}", field("Section", section), Outcome.ACCEPTED, unknown_section=section)


def dates() -> Iterator[BadAnswer]:
    """Dates that are none, and dates that are in the wrong place."""
    for name in DATES:
        yield held(f"{name} is missing", without(name), f"{name} is missing")
        for form, content in NO_DATES.items():
            yield held(f"{name} is {form}", field(name, content), name)
        yield held(f"{name} is a bare number", literal(name, "2026"), name)
        yield held(f"{name} is a century early", shifted(-36525, name), "StartDate")
        yield held(f"{name} is 4000 years late", field(name, "6026-11-13"), "Date")
    for one, other in (("StartDate", "EndDate"), ("EndDate", "PublishedDate"), ("StartDate", "PublishedDate")):
        yield held(f"{one} and {other} are swapped", swapped(one, other), "out of order")
    for days in (1, 7, 365):
        yield held(f"EndDate is {days} days late", shifted(days, "EndDate"), "EndDate")
        yield held(f"StartDate is {days + 6} days late", shifted(days + 6, "StartDate"), "StartDate")
    for days in (15, 365):
        yield held(f"StartDate is {days} days early", shifted(-days, "StartDate"), "StartDate")
        yield held(f"PublishedDate is {days} days early", shifted(-days, "PublishedDate"), "PublishedDate")
        yield held(f"PublishedDate is {days} days late", shifted(days, "PublishedDate"), "PublishedDate")
    yield held("all dates are a century early", shifted(-36525, *DATES), "EndDate")
    yield held("all dates are a year late", shifted(364, *DATES), "PublishedDate")
    yield held("the week is before all history", shifted(-7300, "StartDate", "EndDate"), "EndDate")
    yield accepted("dates with two digits of the year", newest(lambda row: row | {n: row[n][2:] for n in DATES}))
    yield accepted("dates without dashes", newest(lambda row: row | {n: row[n].replace("-", "") for n in DATES}))
    yield accepted("PublishedDate is tomorrow", shifted(1, "PublishedDate"))


def swapped(one: str, other: str) -> Spoil:
    """Put two fields of the newest row in each other's place."""
    return newest(lambda row: {**row, one: row[other], other: row[one]})


def shifted(days: int, *names: str) -> Spoil:
    """Move dates of the newest row."""

    def move(row: Row) -> Row:
        return row | {name: (date.fromisoformat(row[name]) + timedelta(days=days)).isoformat() for name in names}

    return newest(move)
