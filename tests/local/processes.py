"""Background processes of the local stack: started detached, known by a pid file, stopped by that pid."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 30
POLL_SECONDS = 0.05
_children: dict[int, subprocess.Popen[bytes]] = {}
"""Processes that this one started: a parent has to ask for their end, or they stay as zombies."""


class StackError(Exception):
    """The local stack cannot do what was asked; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Process:
    """One background process. `folder` holds its pid file and its log."""

    name: str
    folder: Path

    @property
    def log(self) -> Path:
        """What the process printed."""
        return self.folder / f"{self.name}.log"

    @property
    def _pid_file(self) -> Path:
        return self.folder / f"{self.name}.pid"

    @property
    def pid(self) -> int | None:
        """The id of the running process, or None. A pid file left by a crash names no process of ours."""
        if not self._pid_file.exists():
            return None
        pid, started = self._pid_file.read_text().split()
        return int(pid) if _started(int(pid)) == started else None

    def start(self, command: Sequence[str | Path], environment: Mapping[str, str], port: int) -> None:
        """Start the process and return when it listens on its port."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._end_orphans(port)
        if port_taken(port):
            raise StackError(f"port {port} is taken by another program: stop it, or choose another LOCAL_PORT")
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                [str(part) for part in command], env=dict(environment), stdout=log, stderr=log, start_new_session=True
            )
        _children[child.pid] = child
        self._pid_file.write_text(f"{child.pid} {_started(child.pid)}")
        self._await(lambda: port_taken(port) or child.poll() is not None, START_SECONDS, "does not start")
        if child.poll() is not None:
            raise StackError(f"{self.name} ended at once; see {self.log}")

    def stop(self) -> None:
        """Ask the process to end, and wait until it has."""
        if (pid := self.pid) is not None:
            os.kill(pid, signal.SIGTERM)
            self._await(lambda: self.pid is None, STOP_SECONDS, "does not stop")
            if child := _children.pop(pid, None):
                child.wait()
        self._pid_file.unlink(missing_ok=True)

    def _end_orphans(self, port: int) -> None:
        """End what a killed process left behind: its children share its listening socket."""
        if self._pid_file.exists() and self.pid is None:
            leader = int(self._pid_file.read_text().split()[0])
            if _started(leader) is None:  # the group's number cannot belong to anybody else while a child lives
                with suppress(ProcessLookupError):
                    os.killpg(leader, signal.SIGKILL)
            self._await(lambda: not port_taken(port), STOP_SECONDS, f"left port {port} taken")

    def _await(self, reached: Callable[[], bool], seconds: float, failure: str) -> None:
        wait_until(reached, seconds, f"{self.name} {failure}; see {self.log}")


def wait_until(reached: Callable[[], bool], seconds: float, failure: str) -> None:
    """Look until something is so; raise StackError after so many seconds."""
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            raise StackError(failure)
        time.sleep(POLL_SECONDS)


def port_taken(port: int) -> bool:
    """Whether a program listens on the port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _started(pid: int) -> str | None:
    """When a living process started, so that a number used again is not mistaken; None where there is none."""
    answer = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, started = answer.stdout.strip().partition(" ")
    return None if answer.returncode or state.startswith("Z") else started.strip().replace(" ", "_")
