"""A web server for tests, on 127.0.0.1: it answers what a test says, and keeps what was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

from corpus.importing.web.hosts import Hosts

HOST = "127.0.0.1"
PAGE = b"<!doctype html><title>The bus</title><article><p>It came late.</p></article>"


@dataclass
class Site:
    """What the server answers by path, and what it was asked so far."""

    answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, Message]] = field(default_factory=list)
    port: int = 0

    @property
    def hosts(self) -> Hosts:
        """Return the setting that lets this server be asked, and no other of its kind."""
        return Hosts(frozenset({(HOST, self.port)}))

    @property
    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [path for path, _headers in self.asked]

    def url(self, path: str) -> str:
        """Return the address of `path` on this server."""
        return f"http://{HOST}:{self.port}{path}"

    def gives(self, path: str, body: bytes, *, status: int = 200, **headers: str) -> None:
        """Let `path` answer `body`; the names of headers are written with _ for -."""
        self.answers[path] = lambda handler: send(handler, status, body, headers)

    def says(self, path: str, words: bytes) -> None:
        """Let `path` answer these bytes and nothing else, not even a head."""

        def write(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(words)

        self.answers[path] = write

    def leads_on(self, path: str, location: str) -> None:
        """Let `path` lead on to another address."""
        self.gives(path, b"", status=302, Location=location)


def send(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]
) -> None:
    """Send a whole answer."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site = cast("_Server", self.server).site
        site.asked.append((self.path, self.headers))
        answer = site.answers.get(self.path)
        if answer is None:
            self.send_error(404)
            return
        try:
            answer(self)
        except OSError:
            return  # who asked has gone

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site


@contextmanager
def served() -> Iterator[Site]:
    """Serve a site while a test runs."""
    server = _Server((HOST, 0), _Handler)
    server.site = Site(port=server.server_address[1])
    server.site.gives("/page", PAGE, Content_Type="text/html; charset=utf-8")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
