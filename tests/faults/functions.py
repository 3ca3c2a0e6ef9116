"""The three functions as they ship, run in this process: each a process that may die and start anew."""

import importlib.util
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from types import ModuleType
from typing import Any
from unittest.mock import patch
from warnings import catch_warnings, simplefilter

from tests.faults.clock import Clock
from tests.faults.wire import Died, Wire
from tests.local.toolchain import ROOT

NAMES = ("poll", "announce", "slack")
QUIET = {
    "POWERTOOLS_SERVICE_NAME": "investor-flows",
    "POWERTOOLS_METRICS_NAMESPACE": "InvestorFlows",
    "POWERTOOLS_METRICS_DISABLED": "true",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
}


@dataclass(frozen=True)
class Context:
    """What Lambda tells a handler about its run."""

    function_name: str
    memory_limit_in_mb: int = 256
    aws_request_id: str = "request"

    @property
    def invoked_function_arn(self) -> str:
        """The function's name in full."""
        return f"arn:aws:lambda:ap-northeast-1:000000000000:function:{self.function_name}"


class Functions:
    """The handlers of functions/*/app.py with their own adapters. Built and used inside `in_environment`."""

    def __init__(self, wire: Wire, clock: Clock) -> None:
        self._wire = wire
        self._apps = {name: _load(name) for name in NAMES}
        for app in self._apps.values():
            vars(app)["datetime"] = clock
        announce, slack = vars(self._apps["announce"]), vars(self._apps["slack"])
        announce["Wording"] = cache(announce["Wording"])  # templates need not be compiled at each start
        slack["chart_of"] = _drawn_once(slack["chart_of"])

    def invoke(self, name: str, event: Mapping[str, Any]) -> dict[str, Any] | None:
        """Invoke a handler; None where it failed or its process died, which leaves a cold container."""
        app = self._apps[name]
        self._wire.enter(name)
        try:
            with redirect_stdout(StringIO()), catch_warnings():
                simplefilter("ignore")  # Powertools warns of runs without a metric
                answer: dict[str, Any] = app.lambda_handler(dict(event), Context(name))
        except Exception:  # noqa: BLE001 - Lambda catches whatever a handler raises
            return None
        except Died:
            app.adapters.cache_clear()
            return None
        return answer

    def restart(self) -> None:
        """Begin with cold containers."""
        for app in self._apps.values():
            app.adapters.cache_clear()


@contextmanager
def in_environment(variables: Mapping[str, str]) -> Iterator[None]:
    """The environment that the template and Lambda give the functions."""
    with patch.dict(os.environ, {**variables, **QUIET}):
        yield


def _drawn_once(draw: Callable[[Mapping[str, Any]], Any]) -> Callable[[Mapping[str, Any]], Any]:
    """Drawing takes longer than all calls of a run, and the same figures always give the same picture."""
    pictures: dict[str, Any] = {}

    def drawn(document: Mapping[str, Any]) -> Any:
        series = json.dumps([document.get("series"), document.get("language")])  # a report to operators has neither
        if series not in pictures:
            pictures[series] = draw(document)
        return pictures[series]

    return drawn


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"shipped_{name}", ROOT / "functions" / name / "app.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
