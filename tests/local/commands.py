"""The commands behind the Makefile: `python -m tests.local.commands up | down | invoke FUNCTION EVENT`."""

import json
import os
import sys
from pathlib import Path

from tests.local.inbox.notices import say_whose_figures
from tests.local.processes import StackError
from tests.local.programs import QUEUE
from tests.local.settings import Settings
from tests.local.stack import Stack


def up(settings: Settings) -> None:
    """Start the stack in the background, as its state left it, and say where everything is."""
    stack = Stack(settings.folder, settings.port, parameters=settings.parameters)
    print("starting the emulator and what stands around it ...", flush=True)
    if settings.simulates_vendor:
        settings.vendor.start("--follows-clock")
    settings.inbox.start()
    say_whose_figures(settings.inbox.url, simulated=settings.simulates_vendor)
    stack.start()
    for name, secret in settings.secrets.items():
        stack.put_secret(name, secret)
    print("sam deploy (about 10 s) ...", flush=True)
    stack.deploy()
    stack.subscribe("http", f"{settings.inbox.url}/email")
    stack.subscribe("sqs", stack.open_queue(QUEUE))
    settings.program.start(stack.endpoint, settings.inbox)
    _tell(settings, stack)


def down(settings: Settings) -> None:
    """Stop everything; the state stays in the folder."""
    stack = Stack(settings.folder, settings.port)
    for each in (settings.program, stack, settings.vendor, settings.inbox):
        each.process.stop()
    print(f"stopped; the state is in {settings.folder}")


def invoke(settings: Settings, function: str, event_file: str) -> None:
    """Invoke one function with the event of a file, and print its answer as JSON."""
    event = json.loads(Path(event_file).read_text())
    stack = Stack(settings.folder, settings.port)
    if stack.process.pid is None:
        raise StackError("the stack is not up: run `make up` first")
    print(json.dumps(stack.invoke(function, event), ensure_ascii=False))


def _tell(settings: Settings, stack: Stack) -> None:
    vendor = settings.vendor.url if settings.simulates_vendor else settings.get("JQUANTS_BASE_URL", "the real one")
    print(f"endpoint      {stack.endpoint}  (credentials test/test, region ap-northeast-1)")
    print(f"J-Quants Pro  {vendor}")
    print(f"inbox         {settings.inbox.url}/")
    print(f"state         {settings.folder}")
    print(json.dumps(stack.outputs, indent=2))


def main(arguments: list[str]) -> int:
    """Run one command; a failure is one clear text on standard error and status 1."""
    settings = Settings.read(os.environ)
    try:
        match arguments:
            case ["up"]:
                up(settings)
            case ["down"]:
                down(settings)
            case ["invoke", function, event_file]:
                invoke(settings, function, event_file)
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except (StackError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
