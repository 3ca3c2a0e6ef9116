"""Cold starts in the real runtime: from the first import to the first line of the handler, and to its clients."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench import package, plain
from tests.bench.child import PYTHON
from tests.bench.place import Place
from tests.bench.table import Row, beside
from tests.e2e.runtime import serving, variables
from tests.local.toolchain import BUILD, ROOT

SUBJECT = "cold start"
ROUNDS = 5
PROBE = "tests.bench.programs.probe.lambda_handler"
BARE = "tests.bench.programs.bare"
OF_PLAIN, OF_BARE = 0.5, 1.25

Starts = dict[str, list[float]]


def rows(place: Place, bundled: Path) -> Iterator[Row]:
    """Each function beside the plain build of the same code, and beside a bare function with one client."""
    starts = _interleaved(place, bundled)
    for name in package.sizes():
        ours, bundle = min(starts[name]), min(starts[f"{name} bundled"])
        yield beside(SUBJECT, f"{name}, CPU", ours, "ms", ("plain sam build", bundle), OF_PLAIN)
        yield beside(SUBJECT, f"{name}, CPU", ours, "ms", ("bare client and logger", min(starts["bare"])), OF_BARE)


def build() -> Path:
    """Build the plain rival of all functions."""
    return plain.build([_folder(name) for name in package.sizes()])


def _interleaved(place: Place, bundled: Path) -> Starts:
    starts: Starts = {}
    layers = package.layers()
    for _ in range(ROUNDS):
        for name in layers:
            settings = variables(place.stack, f"{name}Name")
            built = [BUILD / name, *(BUILD / layer / "python" for layer in layers[name])]
            starts.setdefault(name, []).append(_cold(name, "app", settings, built))
            starts.setdefault(f"{name} bundled", []).append(_cold(name, f"{_folder(name)}_app", settings, [bundled]))
        starts.setdefault("bare", []).append(_cold("bare", BARE, settings, built))
    return starts


def _cold(name: str, module: str, settings: Mapping[str, str], path: Sequence[Path]) -> float:
    """Start the runtime, ask once, and tell how long it took until the clients were there."""
    asked = {**settings, "PROBED": module, "PYTHONDONTWRITEBYTECODE": "1"}  # Lambda's disk cannot be written to
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(name, asked, [*path, ROOT], Path(folder), handler=PROBE, python=PYTHON) as runtime,
    ):
        return float(runtime.invoke({"cold": True})["ready"])


def _folder(function: str) -> str:
    return function.removesuffix("Function").lower()
