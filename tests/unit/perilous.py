"""Any port, with what can befall every call to it, and what another process does between two calls."""

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.unit.fake_board import Peril, Perils


class Fate(Perils):
    """Perils, and another process that acts in the middle of this one."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = 0
        self._meanwhile: Callable[[], object] | None = None

    def befall(self, peril: Peril | None, number: int) -> None:
        """Let a peril befall the call of this number from now on, or none."""
        if peril:
            self.place(peril, len(self.calls) + number)
        else:
            self.spare()

    def spare(self) -> None:
        """Let nothing go wrong any more, in a new process."""
        self.place(Peril.FAILS, first=0, times=0)
        self._meanwhile = None
        self.start()

    def interrupt(self, number: int, meanwhile: Callable[[], object]) -> None:
        """Let another process act before the call of this number from now on."""
        self._turn, self._meanwhile = len(self.calls) + number, meanwhile

    def meet[Answer](self, name: str, act: Callable[[], Answer], lost: Exception) -> Answer:
        """Carry out a call, or let it go wrong."""
        if self._meanwhile and len(self.calls) + 1 >= self._turn:
            meanwhile, self._meanwhile = self._meanwhile, None
            meanwhile()
        return super().meet(name, act, lost)


class Perilous:
    """Passes every call on to a port, if nothing befalls it; `lost` is what the caller sees of a call that fails."""

    def __init__(self, port: Any, fate: Fate, lost: Callable[[], Exception]) -> None:
        self._port = port
        self._fate = fate
        self._lost = lost

    def __getattr__(self, name: str) -> Any:
        """Find a method or a name of the port."""
        found = getattr(self._port, name)
        return partial(self._call, name, found) if callable(found) else found

    def _call(self, name: str, method: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return self._fate.meet(name, partial(method, *given, **named), self._lost())
