"""A headless Chromium driven through its DevTools protocol over a pipe: needs no driver, no socket and no package."""

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
ANSWER_SECONDS = 60
END = b"\0"
OPTIONS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",  # root has none; the only pages are ours
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
RING = 2
FOCUS = """
((part) => {
  const style = getComputedStyle(part), box = part.getBoundingClientRect();
  return [part.tagName, style.outlineStyle, parseFloat(style.outlineWidth), box.top, box.bottom, innerHeight];
})(document.activeElement)
"""

BOX = """
(({{ left, top, width, height }}) => ({{ x: left + scrollX, y: top + scrollY, width, height }}))(
  document.querySelector({}).getBoundingClientRect()
)
"""


class BrowserError(Exception):
    """The browser cannot do what was asked."""


def executable() -> str | None:
    """Where Chromium is, if it is there."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Browser:
    """One tab. What the page complains about, such as a resource that its policy forbids, is kept in `complaints`."""

    reader: int
    writer: int
    session: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    _unread: bytes = b""
    _number: int = 0

    def attach(self) -> None:
        """Open the tab."""
        target = self.do("Target.createTarget", url="about:blank")["targetId"]
        self.session = {"sessionId": self.do("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}
        for domain in ("Page", "Runtime", "Log", "Accessibility"):
            self.do(f"{domain}.enable")

    def show(self, url: str, *, width: int = 1280, dark: bool = False, script: bool = True) -> None:
        """Open an address in a window of a width, and wait until all of it is there."""
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.do("Emulation.setEmulatedMedia", features=scheme)
        self.do("Emulation.setDeviceMetricsOverride", width=width, height=844, deviceScaleFactor=1, mobile=width < 600)
        self.do("Emulation.setScriptExecutionDisabled", value=not script)
        self.do("Page.navigate", url=url)
        self._until(lambda message: message.get("method") == "Page.loadEventFired")

    def run(self, script: str) -> Any:
        """The value of an expression in the page, waited for where it is a promise."""
        answer = self.do("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press and release a key."""
        code = {"Tab": 9, "Enter": 13}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        self.do("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, windowsVirtualKeyCode=code, **text)
        self.do("Input.dispatchKeyEvent", type="keyUp", key=key, code=key, windowsVirtualKeyCode=code)

    def tab(self) -> tuple[str, bool]:
        """Go on by keyboard; the tag that has the focus now, and whether a ring in the window shows it."""
        self.press("Tab")
        tag, style, width, top, bottom, height = self.run(FOCUS)
        return tag, style == "solid" and width >= RING and bottom > 0 and top < height

    def nodes(self, role: str) -> list[str]:
        """The names of everything of a role, as a screen reader is told them."""
        tree = self.do("Accessibility.getFullAXTree")["nodes"]
        return [node["name"]["value"] for node in tree if not node["ignored"] and node["role"]["value"] == role]

    def picture(self, path: Path, of: str = "body") -> None:
        """Keep a picture of the whole page, also of what is below the window, or of one element (a CSS selector)."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.run(
            "Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode(); }))"
        )
        clip = {} if of == "body" else {"clip": self.run(BOX.format(json.dumps(of))) | {"scale": 1}}
        answer = self.do("Page.captureScreenshot", captureBeyondViewport=True, format="png", **clip)
        path.write_bytes(base64.b64decode(answer["data"]))

    def do(self, method: str, **how: Any) -> dict[str, Any]:
        """Carry out one command of the protocol."""
        self._number += 1
        number = self._number
        command = {"id": number, "method": method, "params": how, **self.session}
        os.write(self.writer, json.dumps(command).encode() + END)
        answer = self._until(lambda message: message.get("id") == number)
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            message = self._next(deadline)
            self._note(message)
            if wanted(message):
                return message

    def _note(self, message: dict[str, Any]) -> None:
        told = message.get("params", {})
        if message.get("method") == "Log.entryAdded":
            self.complaints.append(f"{told['entry']['level']}: {told['entry']['text']}")
        if message.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(str(told["exceptionDetails"]))

    def _next(self, deadline: float) -> dict[str, Any]:
        while END not in self._unread:
            ready, _, _ = select.select([self.reader], [], [], max(0.0, deadline - time.monotonic()))
            more = os.read(self.reader, 1 << 20) if ready else b""
            if not more:
                raise BrowserError("the browser does not answer" if not ready else "the browser has ended")
            self._unread += more
        text, _, self._unread = self._unread.partition(END)
        message: dict[str, Any] = json.loads(text)
        return message


@contextmanager
def running(path: str, folder: Path) -> Iterator[Browser]:
    """Start Chromium with a profile of its own in a folder, and end it."""
    commands, writer = os.pipe()
    reader, answers = os.pipe()
    process = _start([path, *OPTIONS, f"--user-data-dir={folder / 'profile'}"], commands, answers, folder)
    try:
        os.close(commands)
        os.close(answers)
        browser = Browser(reader, writer)
        browser.attach()
        yield browser
    finally:
        os.close(writer)  # Chromium ends when nobody can command it any more
        os.close(reader)
        try:
            process.wait(ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _start(command: Sequence[str], commands: int, answers: int, folder: Path) -> subprocess.Popen[bytes]:
    """Chromium reads commands from descriptor 3 and answers on 4."""
    shell = ["bash", "-c", f'exec "$@" 3<&{commands} 4>&{answers}', "chromium", *command]
    environment = {**os.environ, "HOME": str(folder)}
    with (folder / "chromium.log").open("wb") as log:
        return subprocess.Popen(shell, pass_fds=(commands, answers), stdout=log, stderr=log, env=environment)
