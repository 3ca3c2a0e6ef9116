"""`make picture`: the pictures of README.md, taken of what `make demo` left: a message in the inbox, and its chart."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.e2e.browser import executable, running
from tests.local.processes import free_ports
from tests.local.surroundings import RunningInbox
from tests.local.toolchain import ROOT

TO = ROOT / ".github" / "pictures"
WIDTH = 760


def main() -> int:
    """Take both of the newest release that was no correction."""
    demo = ROOT / (os.environ.get("LOCAL_STATE") or ".local") / "demo"
    charts = sorted((demo / "messages").glob("rel-*.png"))
    browser = executable()
    if not charts or browser is None:
        print("run `make demo` first, and `make browser` where there is no Chromium", file=sys.stderr)
        return 1
    TO.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(charts[-1], TO / "chart.png")
    _take_message(demo, browser, charts[-1].stem.rpartition("-")[0])
    return 0


def _take_message(demo: Path, browser: str, receipt: str) -> None:
    inbox = RunningInbox(demo, free_ports(1)[0])
    inbox.start()
    try:
        with tempfile.TemporaryDirectory() as profile, running(browser, Path(profile)) as tab:
            tab.show(f"{inbox.url}/?form=slack", width=WIDTH)
            tab.picture(TO / "message.png", of=f"#m{_number(inbox, receipt)}")
    finally:
        inbox.process.stop()


def _number(inbox: RunningInbox, receipt: str) -> int:
    """The number of the first Slack message with the receipt; a correction names it later."""
    numbers = [each["number"] for each in inbox.messages() if each["form"] == "slack" and receipt in str(each)]
    return int(min(numbers))


if __name__ == "__main__":
    sys.exit(main())
