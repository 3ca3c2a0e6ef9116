"""A small HTTP server on 127.0.0.1: what the simulated vendor and the inbox have in common.

A reply can be spoilt on purpose: cut, slow, padded, or lost after the request was acted on.
"""

import signal
import socket
import socketserver
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import FrameType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.local.web.visit import Reply, Visit

MEGABYTE = 1_000_000


class Loopback:
    """Hands every request to `answer`, keeps it in `visits`, and counts connections. Port 0 means any free one."""

    def __init__(self, port: int = 0) -> None:
        self.visits: list[Visit] = []
        self.connections = 0
        self._port = port
        self._lock = Lock()
        self._server: _Server | None = None
        self._thread: Thread | None = None

    def answer(self, visit: Visit) -> Reply:
        """Say what to answer; called by many threads at once."""
        raise NotImplementedError

    @property
    def url(self) -> str:
        """The address, without a slash at the end; known while the server runs."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """The port, once the server runs."""
        if self._server is None:
            raise RuntimeError("the server is not running; use it as a context manager")
        return int(self._server.server_address[1])

    def receive(self, visit: Visit) -> Reply:
        """Keep the request and answer it."""
        with self._lock:
            self.visits.append(visit)
        return self.answer(visit)

    def count(self) -> None:
        """Count a connection."""
        with self._lock:
            self.connections += 1

    def start(self) -> Self:
        """Listen and serve in the background."""
        self._server = _Server(self._port, self.receive, self.count)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="loopback")
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving, hang up on every client, and wait for the threads."""
        if self._server and self._thread:
            self._server.stop()
            self._thread.join()
            self._server = self._thread = None

    def __enter__(self) -> Self:
        """Start the server."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop the server."""
        self.stop()


def serve_until_stopped(server: Loopback, name: str) -> None:
    """Run a server until SIGTERM or Ctrl-C, for programs of their own."""
    stopped = Event()

    def stop(_: int, __: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with server:
        print(f"{name} at {server.url}", flush=True)
        stopped.wait()


class _Server(ThreadingHTTPServer):
    """Threads are joined and connections closed at the end, so that tests leave nothing behind."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, port: int, receive: Callable[[Visit], Reply], count: Callable[[], None]) -> None:
        self.receive, self.count = receive, count
        self.stopping = Event()
        self._connections: set[socket.socket] = set()
        self._connections_lock = Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server who we are."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def stop(self) -> None:
        self.stopping.set()
        self.shutdown()
        with self._connections_lock:
            for connection in self._connections:
                hang_up(connection)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.count()
        with self._connections_lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._connections_lock:
            self._connections.discard(request)
        super().shutdown_request(request)


def hang_up(connection: socket.socket) -> None:
    """End a connection that another thread may be reading from."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the client was faster


class _Handler(BaseHTTPRequestHandler):
    """Turns requests into visits, and replies into bytes."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True  # the client has gone; nobody is left to be told

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        reply = self.server.receive(Visit(self.command, address.path, query, self.headers, body))
        if reply.lost:
            self.close_connection = True
            return
        self._send(reply)
        if reply.afterwards:
            reply.afterwards()

    do_POST = do_PUT = do_DELETE = do_GET

    def _send(self, reply: Reply) -> None:
        self.server.stopping.wait(reply.headers_delay)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(reply.padding + len(reply.body) + reply.missing))
        self.end_headers()
        self._send_body(reply)
        self.close_connection = self.close_connection or reply.missing > 0

    def _send_body(self, reply: Reply) -> None:
        for start in range(0, reply.padding, MEGABYTE):
            self.wfile.write(b" " * min(MEGABYTE, reply.padding - start))
        half = len(reply.body) // 2 if reply.body_delay else 0
        self.wfile.write(reply.body[:half])
        self.wfile.flush()
        self.server.stopping.wait(reply.body_delay)
        self.wfile.write(reply.body[half:])

    def log_message(self, format: str, *args: object) -> None:
        """Write no log: an address may carry a secret."""
