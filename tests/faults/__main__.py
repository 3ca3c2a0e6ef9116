"""`make faults`: every outside call of a story with every fault, by a webhook and by a bot side by side.

Status 1 when a promise breaks.
"""

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.faults.channel import FUNCTIONS, campaign
from tests.faults.table import failures, table
from tests.local.toolchain import build


def main() -> int:
    """Run both campaigns and print their table."""
    began = time.monotonic()
    build()
    with ProcessPoolExecutor(len(FUNCTIONS), mp_context=get_context("spawn")) as pool:
        done = [trial for campaigns in pool.map(campaign, FUNCTIONS) for trial in campaigns]
    print(table(done))
    broken = failures(done)
    minutes = (time.monotonic() - began) / 60
    print(f"\n{len(broken)} of {len(done)} runs broke a promise; {minutes:.1f} minutes on {os.cpu_count()} processors")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
