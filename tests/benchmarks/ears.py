"""Many who listen to the live updates of a running site, at as little cost as can be."""

import asyncio
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

PATIENCE = 60.0
"""Seconds after which a stream that did not begin, or a message that did not come, is missed."""

_AT_ONCE = 50
"""Streams that are opened at the same time."""


class Ear(asyncio.Protocol):
    """One open stream; `heard` is what came, each part with the time at which it came."""

    def __init__(self) -> None:
        self.heard: list[tuple[float, bytes]] = []
        self.has_begun = asyncio.Event()
        self.is_over = False

    def data_received(self, data: bytes) -> None:
        """Keep what came; the first position says that the stream has begun."""
        self.heard.append((time.perf_counter(), data))
        if not self.has_begun.is_set() and b"\nid: " in data:
            self.has_begun.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that no more will come."""
        self.is_over = True

    def told(self) -> Iterator[tuple[float, str]]:
        """Yield when each message that something changed was whole, and the key of the thing."""
        rest = b""
        for at, data in self.heard:
            *blocks, rest = (rest + data).split(b"\n\n")
            for block in blocks:
                if b"event: changed\n" in block:
                    yield at, json.loads(block.partition(b"\ndata: ")[2])["id"]


async def listen(url: str, article: str, session: str) -> tuple[Ear, asyncio.Transport]:
    """Return a stream that has begun, and its connection; raise TimeoutError if it does not."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    loop = asyncio.get_running_loop()
    transport, ear = await loop.create_connection(Ear, parts.hostname, parts.port)
    head = f"GET /live/?article={article} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
    transport.write(f"{head}Cookie: sessionid={session}\r\n\r\n".encode())
    await asyncio.wait_for(ear.has_begun.wait(), PATIENCE)
    return ear, transport


class Audience:
    """Context: a stream for each pair of article and session, all of them begun."""

    def __init__(self, url: str, wanted: Iterable[tuple[str, str]]) -> None:
        self._url = url
        self._wanted = list(wanted)
        self._transports: list[asyncio.Transport] = []

    async def __aenter__(self) -> Sequence[Ear]:
        ears = []
        for first in range(0, len(self._wanted), _AT_ONCE):
            some = self._wanted[first : first + _AT_ONCE]
            for ear, transport in await asyncio.gather(*(listen(self._url, *one) for one in some)):
                ears.append(ear)
                self._transports.append(transport)
        return ears

    async def __aexit__(self, *_: object) -> None:
        for transport in self._transports:
            transport.abort()
