"""A server on 127.0.0.1 that sends the simulated vendor's answers byte for byte, or what a test makes of them.

It may speak TLS with one of the certificates in `tls/`. Those were made with openssl for these tests and protect
nothing: `authority.pem` signed all but the self-signed one, and its own key was thrown away.
"""

import socket
import ssl
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.integration.answer import Answer, End, Spoil
from tests.local.vendor.server import Vendor
from tests.local.web.loopback import hang_up
from tests.local.web.visit import Visit

TLS = Path(__file__).parent / "tls"
AUTHORITY = TLS / "authority.pem"
RIGHT = "right"
ELSEWHERE = b"{elsewhere}"


class Wire:
    """Sends what a vendor answers. `spoil` makes the bad answer of it, for requests by value or by volume."""

    def __init__(self, vendor: Vendor, *, tls: bool = False) -> None:
        self.vendor = vendor
        self.visits: list[Visit] = []
        self.spoil: Spoil | None = None
        self.spoilt = "true"  # the is_value of the requests that are answered badly
        self.certificate = RIGHT if tls else None
        self.elsewhere = 0  # port of a server that must not be asked
        self.errors: list[object] = []
        self._answers: dict[object, Answer] = {}
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._server = _Server(self)

    @property
    def port(self) -> int:
        """The port, any free one."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """The address, while the server runs."""
        return f"{'https' if self.certificate else 'http'}://127.0.0.1:{self.port}"

    @contextmanager
    def serving(self) -> Iterator["Wire"]:
        """Listen and answer in the background."""
        thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="wire")
        thread.start()
        yield self
        self._server.stop()
        thread.join()
        assert self.errors == []

    def answer(self, visit: Visit) -> Answer:
        """Answer well, or badly as told."""
        self.visits.append(visit)
        good = self._good(visit)
        bad = self.spoil and visit.query.get("is_value") == self.spoilt
        return self.spoil(good) if self.spoil and bad else good

    def _good(self, visit: Visit) -> Answer:
        """Ask the vendor, once for each query."""
        query = tuple(sorted(visit.query.items()))
        if query not in self._answers:
            reply = self.vendor.answer(visit)
            self._answers[query] = Answer(reply.body, f"HTTP/1.1 {reply.status} Said")
        return self._answers[query]

    def context(self) -> ssl.SSLContext | None:
        """What the certificate of the moment takes, or None for plain HTTP."""
        name = self.certificate
        if name and name not in self._contexts:
            self._contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._contexts[name].load_cert_chain(TLS / f"{name}.pem")
        return self._contexts[name] if name else None


class _Server(ThreadingTCPServer):
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.lines: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def stop(self) -> None:
        """Hang up on clients that are still there, and wait for the threads."""
        self.shutdown()
        for line in tuple(self.lines):
            hang_up(line)
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - socketserver's signature
        """Pass over a client that goes because it does not like the answer; keep what else goes wrong."""
        if not isinstance(error := sys.exception(), OSError):
            self.wire.errors.append(error)


class _Handler(StreamRequestHandler):
    """Reads requests without a body, one after the other, and sends bytes."""

    server: _Server

    def setup(self) -> None:
        context = self.server.wire.context()
        if context:
            self.request = context.wrap_socket(self.request, server_side=True)
        self.server.lines.add(self.request)
        super().setup()

    def handle(self) -> None:
        end = End.WAIT
        while end is End.WAIT and (visit := self._visit()):
            answer = self.server.wire.answer(visit)
            end = answer.end
            self.wfile.write(answer.sent().replace(ELSEWHERE, b"%d" % self.server.wire.elsewhere))
        if end is End.HANG:
            self.rfile.read()
        if end is End.RESET:
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.server.lines.discard(self.request)
            self.request.close()

    def _visit(self) -> Visit | None:
        method, _, rest = self.rfile.readline().decode("latin-1").partition(" ")
        if not rest:
            return None
        address, headers = urlsplit(rest.split(" ")[0]), Message()
        while line := self.rfile.readline().decode("latin-1").strip():
            name, _, content = line.partition(": ")
            if name != "Accept-Encoding":  # answers are compressed by those tests alone that are about it
                headers[name] = content
        return Visit(method, address.path, dict(parse_qsl(address.query)), headers, b"")
