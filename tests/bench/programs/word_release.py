"""Statistics and messages of the newest release and of a correction: what the announce function does but for sending.

python -m tests.bench.programs.word_release VENDOR TABLE NOW
"""

import sys
from datetime import date

from investor_flows.announcements import Announcement
from investor_flows.render import Wording
from investor_flows.summary import summarise

from tests.bench.programs.meter import cpu_milliseconds, peak_megabytes, tell
from tests.bench.programs.product import Product, product

HEADLINE = "TokyoNagoya"
TIMES = 5


def main() -> None:
    """Word it until the function is warm, then measure."""
    made = product(*sys.argv[1:])
    published = made.store.progress().last_published
    owed = made.store.announcements(published)[0] if published else sys.exit("the table is empty")
    wording = Wording("ja")
    word(made, owed, wording)
    cpu = cpu_milliseconds(lambda: word(made, owed, wording), TIMES)
    whole = HEADLINE, owed.keys[0].measure, date.min, made.now.date()
    reading = cpu_milliseconds(lambda: list(made.store.vintages(*whole)), TIMES)
    made.meter.reset()
    word(made, owed, wording)
    series = len({(key.section, key.measure) for key in owed.keys})
    queries, units = made.meter.calls["Query"], made.meter.read_units
    tell(cpu=cpu, reading=reading, queries=queries, series=series, units=units, peak=peak_megabytes())


def word(made: Product, owed: Announcement, wording: Wording) -> None:
    """Read what the announcement needs, compute, and word it in every form."""
    wording.message(summarise(owed, made.store, HEADLINE))


main()
