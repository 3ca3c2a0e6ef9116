"""The wire between the functions and everything outside: numbers every call, and lets some of them go wrong."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.peril import Fault, Peril

NOTE = "DynamoDB UpdateItem"
CHANNELS = {"SNS Publish": "email", "Slack webhook": "slack"}
"""Calls that reach readers and cannot be looked up afterwards, and the form of message that they bring."""


class Died(BaseException):
    """The process ended. Nothing in the product may catch it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One outside call: which function made it, to whom and what."""

    function: str
    kind: str

    @property
    def service(self) -> str:
        """Who was called."""
        return self.kind.partition(" ")[0]

    def __str__(self) -> str:
        """How it reads in a table."""
        return f"{self.function}: {self.kind}"


@dataclass(frozen=True, slots=True)
class Trouble[Answer]:
    """How trouble looks to who made the call: refused, no answer, no answer in time; `drop` throws an answer away."""

    refuse: Callable[[], Answer]
    lost: Callable[[], Exception]
    hung: Callable[[], Exception]
    drop: Callable[[Answer], object]


class Wire:
    """Numbers the calls from 1. `acted` counts the calls that were carried out, by kind.

    `lost_answers` counts what may reach readers twice: a channel acted, and its answer was lost, or the process ended
    or the store stayed away before the answer could be noted.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.acted: Counter[str] = Counter()
        self.lost_answers: Counter[str] = Counter()
        self.struck = False
        self._fault: Fault | None = None
        self._number = 0
        self._function = ""
        self._service = ""
        self._dead = False
        self._unnoted: str | None = None

    def reset(self, fault: Fault | None = None, number: int = 0) -> None:
        """Begin to count anew; let a fault befall the call of a number."""
        self.calls, self.struck, self._dead = [], False, False
        self.acted.clear()
        self.lost_answers.clear()
        self._fault, self._number, self._service = fault, number, ""

    def heal(self) -> None:
        """Let nothing fail any more, if the fault has struck."""
        self._fault = None if self.struck else self._fault

    def enter(self, function: str) -> None:
        """A function begins to run."""
        self._function, self._dead, self._unnoted = function, False, None

    def meet[Answer](self, kind: str, act: Callable[[], Answer], trouble: Trouble[Answer]) -> Answer:
        """Carry out a call, or let it go wrong."""
        if self._dead:
            raise Died
        call = Call(self._function, kind)
        self.calls.append(call)
        peril = self._peril(call)
        self._account(kind, peril)
        if peril is None or peril.acts:
            self.acted[kind] += 1
            answer = act()
            if peril is None:
                return answer
            trouble.drop(answer)
        return self._go_wrong(peril, trouble)

    def _go_wrong[Answer](self, peril: Peril, trouble: Trouble[Answer]) -> Answer:
        if peril.kills:
            self._dead = True
            raise Died
        if peril is Peril.FAILS:
            return trouble.refuse()
        raise trouble.lost() if peril is Peril.LOSES else trouble.hung()

    def _peril(self, call: Call) -> Peril | None:
        if self._fault is None:
            return None
        if len(self.calls) == self._number:
            self.struck, self._service = True, call.service
            return self._fault.peril
        lasting = self._fault.lasts and self.struck and call.service == self._service
        return self._fault.peril if lasting else None

    def _account(self, kind: str, peril: Peril | None) -> None:
        """Keep account of the answers of channels: what nobody can know afterwards may be told again."""
        if channel := CHANNELS.get(kind):
            if peril is None:
                self._unnoted = channel
            elif peril.acts:
                self.lost_answers[channel] += 1
        elif kind == NOTE and self._unnoted:
            lasting = self._fault is not None and self._fault.lasts
            if peril is None or peril.acts:
                self._unnoted = None
            elif peril.kills or lasting:
                self.lost_answers[self._unnoted] += 1
                self._unnoted = None
