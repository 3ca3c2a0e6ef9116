"""Faults that are placed: which request fails, and how, is decided before it comes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, slots=True)
class _Planned[Fault]:
    target: str
    first: int
    last: int | None
    fault: Fault


class FaultPlan[Fault]:
    """Counts the requests by the names each goes by, and says which of them are to fail."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._planned: list[_Planned[Fault]] = []
        self._lock = Lock()

    def add(self, fault: Fault, target: str, times: int | None = 1, after: int = 0) -> None:
        """Let the next `times` requests of a target fail once `after` more have passed; None means from then on."""
        with self._lock:
            first = self._counts[target] + after
            last = None if times is None else first + times - 1
            self._planned.append(_Planned(target, first, last, fault))

    def clear(self) -> None:
        """Let nothing fail any more."""
        with self._lock:
            self._planned.clear()

    def next(self, targets: Iterable[str]) -> Fault | None:
        """Count a request under each of its names and say how it is to fail, if it is."""
        with self._lock:
            numbers = {target: self._counts[target] for target in targets}
            self._counts.update(numbers.keys())
            due = (planned for planned in self._planned if _is_due(planned, numbers))
            return next((planned.fault for planned in due), None)


def _is_due[Fault](planned: _Planned[Fault], numbers: dict[str, int]) -> bool:
    number = numbers.get(planned.target)
    if number is None or number < planned.first:
        return False
    return planned.last is None or number <= planned.last
