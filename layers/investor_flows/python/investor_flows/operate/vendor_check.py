"""What J-Quants Pro's server shows of what its documents leave open (FACTS 1): in at most four small requests."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from investor_flows.errors import InvestorFlowsError, SourceRejected
from investor_flows.intake import Source, Window, today
from investor_flows.model import Held, Measure, Record, VintageKey
from investor_flows.operate.findings import Finding, ill, well

RECENT = timedelta(days=7)
KEY, WINDOW = "J-Quants Pro", "from and to"


def vendor_findings(
    sources: Mapping[str, Source], scheme: str, newest: VintageKey | None, now: datetime
) -> list[Finding]:
    """Say whether the key is accepted, how it is sent, and what `from` and `to` mean.

    `sources` are J-Quants Pro by the way of sending the key, `newest` is a vintage that the server had lately.
    """
    day = newest.published_date if newest else today(now)
    window = (day, day) if newest else (day - RECENT, day)
    try:
        rows = _rows(sources[scheme], window)
    except SourceRejected as error:
        return [_other_scheme(sources, scheme, window, error)]
    except InvestorFlowsError as error:
        return [ill(KEY, str(error))]
    accepted = well(KEY, f"accepts the key, sent as JQuantsAuthScheme={scheme}")
    return [accepted, _meaning(sources[scheme], newest, rows)]


def _other_scheme(sources: Mapping[str, Source], scheme: str, window: Window, error: SourceRejected) -> Finding:
    """Say whether the key would be accepted where it is sent in the other way."""
    for other in sources.keys() - {scheme}:
        try:
            _rows(sources[other], window)
        except InvestorFlowsError:
            continue
        return ill(KEY, f"refuses the key sent as {scheme} and accepts it as {other}: deploy JQuantsAuthScheme={other}")
    return ill(KEY, str(error))


def _meaning(source: Source, newest: VintageKey | None, rows: list[Record | Held]) -> Finding:
    """Tell by a window that holds a vintage's published date, and not its week; then by one that holds its week."""
    if newest is None:
        return well(WINDOW, "not known before the first poll; send events/poll.json to the poll function")
    days = {row.published_date for row in rows}
    if newest.published_date in days and len(days) > 1:
        return well(WINDOW, "are ignored: each poll fetches the whole history, and sees every correction")
    if newest.published_date in days:
        return well(WINDOW, "mean the published date: each poll sees corrections of old weeks")
    try:
        of_week = _rows(source, (newest.start_date, newest.end_date))
    except InvestorFlowsError as error:
        return ill(WINDOW, str(error))
    if any(row.end_date == newest.end_date for row in of_week):
        return well(WINDOW, "mean the week: corrections of weeks older than 35 days are found by the weekly audit")
    return ill(
        WINDOW,
        f"the server has nothing of {newest.published_date}, neither by published date nor by week;"
        " look at its answer by hand, then send events/audit.json to the poll function",
    )


def _rows(source: Source, window: Window) -> list[Record | Held]:
    return list(source.rows(Measure.VALUE, window))
