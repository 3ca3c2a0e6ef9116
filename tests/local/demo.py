"""`make demo`: a story on a local stack. The first poll, a new week, a correction, and a poll that has nothing to say.

All figures are synthetic. A second run goes on from the state that the first one left.
"""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from investor_flows.chart import draw
from investor_flows.config import languages

from tests.local.inbox.notices import say_whose_figures, show_document
from tests.local.inbox.reading import as_read
from tests.local.processes import StackError, free_ports, port_taken, wait_until
from tests.local.settings import API_KEY_PARAMETER, SLACK_PARAMETER
from tests.local.stack import QUIET, Stack
from tests.local.surroundings import KEY, RunningInbox, SimulatedVendor
from tests.local.toolchain import ROOT

BEGINS_AFTER = "2026-11-05"
DELIVERY_SECONDS = 60
QUEUE = "demo-programs"
FIRST_POLL = "The first poll: history is stored silently, the newest release is told as the start"


@dataclass(frozen=True)
class Demo:
    """The stack, the vendor and the inbox of the story, and where its files go."""

    folder: Path
    stack: Stack
    vendor: SimulatedVendor
    inbox: RunningInbox
    language: str  # as MessageLanguage has it

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which each message comes."""
        return languages(self.language)

    def run(self) -> None:
        """Tell the story."""
        self._set_up()
        self._tell("A poll after the restart" if self._number() else FIRST_POLL)
        self.vendor.do("publish_next_week")
        self._tell("A new week is published")
        self.vendor.do("correct")
        self._tell("A correction of that week is published")
        self._tell("A poll with nothing new")

    def stop(self) -> None:
        """Stop everything; the state stays."""
        for process in (self.stack.process, self.vendor.process, self.inbox.process):
            process.stop()

    def _set_up(self) -> None:
        _say("starting the simulated exchange, the inbox and the emulator ...")
        self.vendor.start("--published-through", BEGINS_AFTER)
        self.inbox.start()
        say_whose_figures(self.inbox.url, simulated=True)
        _say(f"inbox: {self.inbox.url}/ shows every message as its reader sees it, while this runs")
        self.stack.start()
        _say("sam deploy (about 10 s) ...")
        self.stack.deploy()
        self.stack.put_secret(API_KEY_PARAMETER, KEY)
        self.stack.put_secret(SLACK_PARAMETER, self.inbox.webhook)
        self.stack.subscribe("http", f"{self.inbox.url}/email")
        self.stack.subscribe("sqs", self.stack.open_queue(QUEUE))

    def _tell(self, title: str) -> None:
        """Poll once, wait until everything that is owed has reached its reader, and print it."""
        _say(f"\n━━━ {title} ━━━")
        before = self._number()
        report = self.stack.invoke("poll", {"task": "poll", "time": self.vendor.state()["now"]})
        _say(f"poll: {json.dumps({name: count for name, count in report.items() if count})}")
        told = report["announced"] * len(self.languages)
        owed = told + report["announced"]  # e-mail comes in each language, Slack in the first
        wait_until(lambda: self._number() >= before + owed, DELIVERY_SECONDS, f"{owed} messages did not all arrive")
        for message in self.inbox.messages(before):
            _say(as_read(message))
        for document in self.stack.take_messages(QUEUE, told):
            self._keep(document)
        if not owed:
            _say("(silence)")

    def _number(self) -> int:
        return len(self.inbox.messages())

    def _keep(self, document: dict[str, Any]) -> None:
        """Keep what programs get, and the chart that it carries the data of; show it in the inbox."""
        show_document(self.inbox.url, document)
        folder = self.folder / "messages"
        folder.mkdir(exist_ok=True)
        name = folder / f"{document['receipt']}-{document['language']}"
        name.with_suffix(".json").write_text(json.dumps(document, ensure_ascii=False, indent=1))
        name.with_suffix(".png").write_bytes(draw(document["series"], document["language"]))
        _say(f"for programs: {name}.json   chart: {name}.png")


def _say(text: str) -> None:
    print(text, flush=True)


def demo_in(folder: Path) -> Demo:
    """Find the demo's places. Ports that were chosen once are kept while they are free: subscriptions name them."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "ports.json"
    if not kept.exists() or any(port_taken(port) for port in json.loads(kept.read_text())):
        kept.write_text(json.dumps(free_ports(3)))
    port, vendor_port, inbox_port = json.loads(kept.read_text())
    vendor, inbox = SimulatedVendor(folder, vendor_port), RunningInbox(folder, inbox_port)
    language = os.environ.get("MESSAGE_LANGUAGE") or "ja"
    parameters = {**QUIET, "MessageLanguage": language, "JQuantsBaseUrl": vendor.url}
    stack = Stack(folder, port, parameters=parameters | {"SlackChannelsParameter": SLACK_PARAMETER})
    return Demo(folder, stack, vendor, inbox, language)


def main() -> int:
    """Run the demo, and stop what it started."""
    demo = demo_in(ROOT / (os.environ.get("LOCAL_STATE") or ".local") / "demo")
    try:
        demo.run()
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        demo.stop()
    _say(f"\nmessages and pictures: {demo.folder}/messages   state: {demo.folder} (the next run goes on from it)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
