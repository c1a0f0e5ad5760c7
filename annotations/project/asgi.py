"""The site as an ASGI application; serving.py runs it.

Pages are Django's WSGI application in a few threads: Django's own ASGI handler costs several
times the processor time for the same page (tests/benchmarks/servers.py measures it). Streams,
which stay open for hours, hold no thread: Django answers with who may listen to what, and the
event loop tells them from there.
"""

import asyncio
import io
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes
from wsgiref.util import FileWrapper

from annotations.project.bodies import Message, Receive, TooSlow, body_of

Send = Callable[[Message], Awaitable[None]]
Page = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

FILE_BLOCK = 256 * 1024
"""Bytes of a file that are read and sent at once."""

STUCK_SECONDS = 30.0
"""How long a client may take to read one part of an answer that is made while it is sent."""

logger = logging.getLogger(__name__)


class Streams(Protocol):
    """Who is told what happens while they read."""

    async def open(self) -> None:
        """Begin, in the event loop that all streams are told in."""

    async def close(self) -> None:
        """End every stream and take in no more."""

    async def tell(self, ticket: Any, send: Send, is_gone: "asyncio.Future[None]") -> None:
        """Tell who holds `ticket` what happens until they are gone."""


@dataclass
class _Head:
    """What a page said before its body."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)

    def start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        """Take the status line and the headers, as WSGI's start_response does."""
        self.status = int(status.partition(" ")[0])
        self.headers = [
            (name.lower().encode("latin-1"), value.strip().encode("latin-1"))
            for name, value in headers
        ]

    def message(self) -> Message:
        """Return what begins the answer."""
        return {"type": "http.response.start", "status": self.status, "headers": self.headers}


class Site:
    """The pages in `threads` threads, and the streams in the event loop."""

    def __init__(self, page: Page, streams: Streams, threads: int) -> None:
        self.page = page
        self.streams = streams
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the life of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] != "lifespan.shutdown":
            if message["type"] == "lifespan.startup":
                _when_told_to_end(self._end_streams, asyncio.get_running_loop())
                await self.streams.open()
                await send({"type": "lifespan.startup.complete"})
        await self.streams.close()
        await send({"type": "lifespan.shutdown.complete"})

    def _end_streams(self) -> None:
        self._ending = asyncio.ensure_future(self.streams.close())

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        try:
            body = await body_of(scope, receive)
        except TooSlow:
            await _send_all(send, _TOO_SLOW)
            return
        if body is None:
            return
        environ = environ_of(scope, body) | {"postil.streams": self.streams}
        caller = _Caller(receive, send, loop)
        messages, ticket = await loop.run_in_executor(self.pool, self._run, environ, caller)
        await _send_all(send, messages)
        if ticket is not None:
            caller.watch()
        try:
            if ticket is not None:
                await self.streams.tell(ticket, send, caller.is_gone)
        finally:
            caller.end()

    def _run(self, environ: dict[str, Any], caller: "_Caller") -> tuple[list[Message], Any]:
        """Run the page in a thread; return what is left to send, and the ticket of a listener."""
        head = _Head()
        with environ["wsgi.input"]:
            answer = self.page(environ, head.start)
        try:
            ticket = getattr(answer, "ticket", None)
            if ticket is not None:
                head.headers = [pair for pair in head.headers if pair[0] != b"content-length"]
                return [head.message()], ticket
            if getattr(answer, "streaming", True):
                return caller.stream(head.message(), answer), None
            return [head.message(), {"type": _BODY, "body": b"".join(answer)}], None
        finally:
            getattr(answer, "close", _nothing)()


_BODY = "http.response.body"
_TOO_SLOW: list[Message] = [
    {
        "type": "http.response.start",
        "status": 408,
        "headers": [(b"content-type", b"text/plain"), (b"connection", b"close")],
    },
    {"type": _BODY, "body": b"This did not arrive in time. Nothing was kept. Send it again.\n"},
]


class _Caller:
    """Who asked: what threads send them, and whether they are still there."""

    def __init__(self, receive: Receive, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        self.is_gone: asyncio.Future[None] = loop.create_future()
        self._receive = receive
        self._send = send
        self._loop = loop
        self._watching: asyncio.Task[None] | None = None

    def watch(self) -> None:
        """Notice, from now on, when they hang up; called in the event loop."""
        self._watching = self._watching or self._loop.create_task(self._wait_for_the_end())

    def stream(self, head: Message, parts: Iterable[bytes]) -> list[Message]:
        """Send from a thread a body while it is made, and they are there; return what is left."""
        self._loop.call_soon_threadsafe(self.watch)
        waiting = [head]
        for part in parts:
            if self.is_gone.done():
                break
            if part:
                waiting.append({"type": _BODY, "body": part, "more_body": True})
                if not self._sent(waiting):
                    return []
                waiting = []
        return [*waiting, {"type": _BODY, "body": b""}]

    def _sent(self, messages: list[Message]) -> bool:
        """Send from a thread; say whether the caller took it in time."""
        sending = asyncio.run_coroutine_threadsafe(_send_all(self._send, messages), self._loop)
        try:
            sending.result(STUCK_SECONDS)
        except TimeoutError:
            sending.cancel()
            logger.info("A client that did not read what it asked for was dropped.")
            return False
        return True

    def end(self) -> None:
        """Watch no more."""
        if self._watching is not None:
            self._watching.cancel()

    async def _wait_for_the_end(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            continue
        if not self.is_gone.done():
            self.is_gone.set_result(None)


class _Blocks(FileWrapper):
    """A file in large blocks; Django wraps files in what `wsgi.file_wrapper` names."""

    def __init__(self, file: Any, _block_size: int = 0) -> None:
        super().__init__(file, FILE_BLOCK)


def environ_of(scope: Message, body: io.BufferedIOBase) -> dict[str, Any]:
    """Return the request of `scope` as WSGI has it, with the bytes of its path unchanged.

    A header whose name has an underscore would pass for one with a hyphen: it is left out.
    Source: PEP 3333; RFC 9113, 8.2.3 for the joining of cookies.
    """
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": _Blocks,
    }
    if scope.get("client"):
        environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = map(str, scope["client"])
    for name, value in scope["headers"]:
        if b"_" in name:
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        text = value.decode("latin-1")
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{text}" if key in environ else text
    return environ


async def _send_all(send: Send, messages: Iterable[Message]) -> None:
    for message in messages:
        await send(message)


def _when_told_to_end(act: Callable[[], None], loop: asyncio.AbstractEventLoop) -> None:
    """Call `act` in `loop` on SIGINT and SIGTERM, beside what the server does on them.

    It would wait for the end of every answer, and streams have none.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _both(signal.getsignal(number), act, loop))


def _both(former: Any, act: Callable[[], None], loop: asyncio.AbstractEventLoop) -> Any:
    def on_signal(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(act)
        if callable(former):
            former(number, frame)

    return on_signal


def _nothing() -> None:
    """Close what needs no closing."""
