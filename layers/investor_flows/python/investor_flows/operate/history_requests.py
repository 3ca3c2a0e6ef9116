"""Requests about history: as_of, revisions, held. Each reads its fields and lets a use case answer."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from investor_flows.asof import Clock, as_of
from investor_flows.corrections import PROMINENCE
from investor_flows.errors import RequestError
from investor_flows.held_rows import describe, held_list
from investor_flows.intake import HISTORY_BEGINS, today
from investor_flows.model import INVESTOR_TYPES, Measure, Vintage
from investor_flows.operate.desk import Desk
from investor_flows.operate.extract import as_csv, rows
from investor_flows.operate.revision_log import revision_log
from investor_flows.request import Json, Request

A_YEAR = timedelta(weeks=52)
SERIES = ("section", "measure", "investor_types", "from", "to")
FORMATS = ("json", "csv")
Event = Mapping[str, Any]


def answer_as_of(event: Event, desk: Desk, now: datetime) -> Json:
    """The figures as they were known at the end of a day."""
    request = Request(event, *SERIES, "clock", "date", "format")
    day, clock = request.day_or_latest("date", today(now)), Clock(request.choice("clock", list(Clock), Clock.VENDOR))
    form = request.choice("format", FORMATS, "json")
    investor_types = request.choices("investor_types", INVESTOR_TYPES)
    known = as_of(_series(request, desk, day, A_YEAR), day, clock)
    found = list(rows(known, investor_types))
    told = {"date": str(day), "clock": str(clock), "weeks": len(known)}
    return told | ({"csv": as_csv(found)} if form == "csv" else {"rows": found})


def answer_revisions(event: Event, desk: Desk, now: datetime) -> Json:
    """What was corrected of a series."""
    request = Request(event, *SERIES)
    investor_types = request.choices("investor_types", INVESTOR_TYPES)
    return revision_log(_series(request, desk, today(now), today(now) - HISTORY_BEGINS), investor_types)


def answer_held(event: Event, desk: Desk, _: datetime) -> Json:
    """The rows that are held; of one, the row itself too."""
    request = Request(event, "fingerprint")
    kept = desk.held()
    if "fingerprint" not in request:
        return held_list(kept, desk.archive)
    mark = request.fingerprint()
    found = [row for row in kept if row.mark == mark]
    if not found:
        raise RequestError(f'"fingerprint" must be of a held row; without it they are listed. This was "{mark}"')
    return describe(found[0], desk.archive) | {"row": found[0].held.raw}


def _series(request: Request, desk: Desk, last: date, reach: timedelta) -> Iterable[Vintage]:
    """All vintages of a series, of the weeks that end in a span."""
    section = request.text("section", desk.headline_section) if "section" in request else desk.headline_section
    measure = Measure(request.choice("measure", list(Measure), Measure.VALUE))
    found = list(desk.archive.vintages(section, measure, *request.span(last, reach)))
    if not found and section not in PROMINENCE:
        raise RequestError(f'"section" must be one of {", ".join(PROMINENCE)}, or another that is stored')
    return found
