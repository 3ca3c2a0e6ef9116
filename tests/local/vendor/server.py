"""The simulated J-Quants Pro: the documented endpoint over a synthetic exchange, with faults on request.

    python -m tests.local.vendor.server --port 8901 --state .local/vendor.json --key local-key

`/_exchange/...` is no part of the vendor: it lets another process steer the exchange. GET /_exchange/state says what
is out; POST /_exchange/<operation> (see `operation.py`), /_exchange/fail_next and /_exchange/heal take JSON.
"""

import argparse
import hmac
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock
from typing import Any, Literal

from tests.local.vendor.exchange import Exchange
from tests.local.vendor.exchange_file import keep, kept
from tests.local.vendor.faults import MESSAGES, Fault, fault_named
from tests.local.vendor.operation import Operation
from tests.local.vendor.publication import Row
from tests.local.vendor.query import BadParameter, Query, Window, read
from tests.local.vendor.trading_weeks import released_by
from tests.local.web.fault_plan import FaultPlan
from tests.local.web.loopback import Loopback, serve_until_stopped
from tests.local.web.visit import Reply, Visit, compressed, json_reply

PATH = "/v2/markets/trades_spec"
ADMIN = "/_exchange/"
KEY = "local-key"
PAGE_SIZE = 1000

type Scheme = Literal["raw", "bearer", "either"]
type NumberForm = Callable[[int], Any]


class Vendor(Loopback):
    """Serves an exchange. The switches are the things nobody here knows about the real endpoint (FACTS 1).

    accepts        how `Authorization` may carry the key
    window         what `from` and `to` filter on
    rows_key       the array's name in the answer
    number_form    how a figure is sent: int, float or str
    change_rows    changes a page's rows before they are sent, for tests of bad data
    state_file     where the exchange is kept after every operation, and found at the start
    follows_clock  publishes each week when its time has come by the wall clock
    """

    def __init__(
        self,
        exchange: Exchange | None = None,
        *,
        port: int = 0,
        key: str = KEY,
        accepts: Scheme = "either",
        window: Window | Literal["published", "period"] = Window.PUBLISHED,
        rows_key: Literal["trades_spec", "data"] = "trades_spec",
        number_form: NumberForm = int,
        change_rows: Callable[[list[Row]], list[Row]] = list,
        page_size: int = PAGE_SIZE,
        state_file: Path | None = None,
        follows_clock: bool = False,
    ) -> None:
        super().__init__(port)
        self.exchange = kept(state_file) or exchange or Exchange()
        self.key, self.accepts, self.window = key, accepts, Window(window)
        self.rows_key, self.number_form, self.change_rows, self.page_size = (
            rows_key,
            number_form,
            change_rows,
            page_size,
        )
        self._state_file, self._follows_clock = state_file, follows_clock
        self._faults: FaultPlan[Fault] = FaultPlan()
        self._operating = RLock()
        keep(self.exchange, self._state_file)

    @property
    def requests(self) -> list[Visit]:
        """The requests for data so far, steering left out."""
        return [visit for visit in self.visits if not visit.path.startswith(ADMIN)]

    def fail_next(self, fault: str | int, times: int | None = 1, after: int = 0, **options: object) -> None:
        """Let requests for data fail: the next `times` once `after` more have passed; None means until `heal`."""
        if fault == "redirect":
            options = {"location": f"http://localhost:{self.port}{PATH}", **options}
        self._faults.add(fault_named(str(fault), options), PATH, times, after)

    def heal(self) -> None:
        """Let nothing fail any more."""
        self._faults.clear()

    def do(self, operation: Operation) -> None:
        """Steer the exchange and keep its state."""
        with self._operating:
            self.exchange.do(operation)
            keep(self.exchange, self._state_file)

    def state(self) -> dict[str, Any]:
        """Say what is out, what comes next, and when a poll would see it all; and the state that is kept."""
        return {**self.exchange.outlook(), "state": self.exchange.state()}

    def answer(self, visit: Visit) -> Reply:
        """Answer for the vendor, or for the exchange behind it."""
        if visit.path.startswith(ADMIN):
            return self._steer(visit)
        self._catch_up()
        good = self._data(visit)
        fault = self._faults.next([PATH])
        return fault(good) if fault else good

    def _data(self, visit: Visit) -> Reply:
        """Give the rows to who has the key; a wrong path looks like a wrong key, as at the retail API."""
        sent = visit.headers.get("Authorization")
        if not sent:
            return _refused(401)
        if not self._knows(sent) or visit.path != PATH or visit.method != "GET":
            return _refused(403)
        try:
            query = read(visit.query)
        except BadParameter as error:
            return _refused(400, str(error))
        return compressed(self._page(query), visit)

    def _knows(self, sent: str) -> bool:
        allowed = {"raw": [self.key], "bearer": [f"Bearer {self.key}"], "either": [self.key, f"Bearer {self.key}"]}
        return any(hmac.compare_digest(sent.encode(), key.encode()) for key in allowed[self.accepts])

    def _page(self, query: Query) -> Reply:
        with self._operating:
            published = self.exchange.publications(query.measure)
        selected = [row for row in published if query.selects(row, self.window)]
        end = query.offset + self.page_size
        rows = self.change_rows([self._formed(row.row()) for row in selected[query.offset : end]])
        more = {"pagination_key": query.key(end)} if end < len(selected) else {}
        return json_reply({self.rows_key: rows, **more})

    def _formed(self, row: Row) -> Row:
        if self.number_form is int:
            return row
        return {name: self.number_form(cell) if isinstance(cell, int) else cell for name, cell in row.items()}

    def _steer(self, visit: Visit) -> Reply:
        name = visit.path.removeprefix(ADMIN)
        try:
            if visit.method == "POST":
                self._told(name, visit.json())
            elif name != "state":
                return json_reply({"message": f"no {name} here; GET {ADMIN}state"}, 404)
        except (ValueError, TypeError, KeyError) as error:
            return json_reply({"message": f"{type(error).__name__}: {error}"}, 400)
        return json_reply(self.state())

    def _told(self, name: str, told: dict[str, Any]) -> None:
        if name == "fail_next":
            self.fail_next(**told)
        elif name == "heal":
            self.heal()
        else:
            self.do(Operation.from_json(name, told))

    def _catch_up(self) -> None:
        """Publish what the wall clock says is due."""
        if self._follows_clock:
            with self._operating:
                self.exchange.publish_through(released_by(datetime.now(UTC)))
                keep(self.exchange, self._state_file)


def _refused(status: int, message: str | None = None) -> Reply:
    return json_reply({"message": message or MESSAGES[status]}, status)


def main() -> None:
    """Run the simulated vendor until it is stopped."""
    parser = argparse.ArgumentParser(description="Simulated J-Quants Pro; every figure is synthetic.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--state", type=Path, help="JSON file that keeps what is published")
    parser.add_argument("--key", default=KEY, help="the access key it asks for")
    parser.add_argument("--accepts", choices=("raw", "bearer", "either"), default="either")
    parser.add_argument("--published-through", type=date.fromisoformat, default=released_by(datetime.now(UTC)))
    parser.add_argument("--follows-clock", action="store_true", help="publish each week when its time has come")
    told = parser.parse_args()
    vendor = Vendor(
        Exchange(told.published_through),
        port=told.port,
        key=told.key,
        accepts=told.accepts,
        state_file=told.state,
        follows_clock=told.follows_clock,
    )
    serve_until_stopped(vendor, "simulated J-Quants Pro")


if __name__ == "__main__":
    main()
