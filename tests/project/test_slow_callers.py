"""Callers who send or read nothing: others are answered all the same, and nobody waits for ever."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any, cast

import pytest

from annotations.project import asgi, bodies
from annotations.project.asgi import Page, Site, Streams
from annotations.project.bodies import Message
from annotations.project.requests import LARGEST_UPLOAD

PATIENCE = 20.0
"""Seconds after which a test fails that waits for what does not come."""

SOON = 0.05


def page(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
    """Answer with what was sent, or with a stream at /stream."""
    start("200 OK", [])
    if environ["PATH_INFO"] == "/stream":
        return _Stream()
    body = environ["wsgi.input"].read()
    return _Whole([environ["REQUEST_METHOD"].encode() + b" " + body])


class _Whole(list[bytes]):
    streaming = False


class _Stream:
    streaming = True
    closed: list[bool] = []

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield b"part"

    def close(self) -> None:
        self.closed.append(True)


class Caller:
    """Sends the parts given and then nothing; reads nothing after `reads` messages."""

    def __init__(self, *parts: Message, reads: int = 1_000) -> None:
        self.parts = list(parts)
        self.reads = reads
        self.read: list[Message] = []

    async def receive(self) -> Message:
        """Give the next part, or wait for ever."""
        if self.parts:
            return self.parts.pop(0)
        return await _for_ever()

    async def send(self, message: Message) -> None:
        """Take the message, or wait for ever."""
        if len(self.read) == self.reads:
            await _for_ever()
        self.read.append(message)

    @property
    def status(self) -> int:
        """Return the status that was answered."""
        return int(self.read[0]["status"])

    @property
    def body(self) -> bytes:
        """Return what was answered."""
        return b"".join(message["body"] for message in self.read[1:])


async def _for_ever() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


def part(body: bytes, *, more: bool = True) -> Message:
    """Return a part of a request's body."""
    return {"type": "http.request", "body": body, "more_body": more}


def whole(path: str = "/") -> "tuple[Message, Caller]":
    """Return a request without a body, and who makes it."""
    return request("GET", path), Caller(part(b"", more=False))


def request(method: str, path: str = "/", *, length: int = 0) -> Message:
    """Return what the server tells of a request."""
    headers = [(b"content-length", str(length).encode())] if length else []
    return {
        "type": "http",
        "method": method,
        "raw_path": path.encode(),
        "query_string": b"",
        "http_version": "1.1",
        "headers": headers,
    }


def run(story: Callable[[Site], Coroutine[Any, Any, None]]) -> None:
    """Run `story` with a site of one thread; what takes longer than PATIENCE has failed."""

    async def told() -> None:
        site = Site(cast("Page", page), cast("Streams", None), 1)
        async with asyncio.timeout(PATIENCE):
            await story(site)
        site.pool.shutdown()

    asyncio.run(told())


def begun(work: Awaitable[None]) -> "asyncio.Future[None]":
    """Let `work` go on beside the test."""
    return asyncio.ensure_future(work)


def test_a_body_that_does_not_come_keeps_nobody_from_the_site() -> None:
    async def story(site: Site) -> None:
        slow = begun(
            site(request("POST", length=9), (one := Caller(part(b"abc"))).receive, one.send)
        )
        await asyncio.sleep(0)

        scope, other = whole()
        await site(scope, other.receive, other.send)

        assert other.body == b"GET "
        assert not slow.done()
        slow.cancel()

    run(story)


def test_who_sends_nothing_more_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE_SECONDS", SOON)

    async def story(site: Site) -> None:
        for caller in (Caller(), Caller(part(b"abc"))):
            await site(request("POST", length=9), caller.receive, caller.send)
            assert caller.status == 408
            assert b"Send it again" in caller.body

    run(story)


def test_a_body_in_parts_is_read_whole_and_a_broken_one_never() -> None:
    async def story(site: Site) -> None:
        caller = Caller(part(b"a" * 700_000), part(b"b" * 700_000), part(b"c", more=False))
        await site(request("POST", length=1_400_001), caller.receive, caller.send)
        assert caller.body == b"POST " + b"a" * 700_000 + b"b" * 700_000 + b"c"

        gone = Caller(part(b"abc"), {"type": "http.disconnect"})
        await site(request("POST", length=9), gone.receive, gone.send)
        assert gone.read == []

    run(story)


def test_what_is_too_large_anyway_is_not_read() -> None:
    async def story(site: Site) -> None:
        caller = Caller(part(b"abc"))
        await site(request("POST", length=LARGEST_UPLOAD + 1), caller.receive, caller.send)
        assert caller.body == b"POST "

    run(story)


def test_who_reads_nothing_more_is_dropped_and_the_thread_is_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asgi, "STUCK_SECONDS", SOON)
    _Stream.closed.clear()

    async def story(site: Site) -> None:
        scope, slow = request("GET", "/stream"), Caller(part(b"", more=False), reads=3)
        await site(scope, slow.receive, slow.send)
        assert _Stream.closed

        scope, other = whole()
        await site(scope, other.receive, other.send)
        assert other.body == b"GET "

    run(story)
