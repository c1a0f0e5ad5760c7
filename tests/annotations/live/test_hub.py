"""The streams of one process: who does not read is let go, and the end of all is soon."""

import asyncio
from collections.abc import Callable, Coroutine, MutableMapping
from typing import Any

import pytest
from django.db import OperationalError

from annotations.live import hub, looking, streams
from annotations.live.hub import Hub
from annotations.live.looking import Told
from annotations.live.tickets import Ticket
from corpus.channel import NEWS, Hear
from corpus.permissions import Viewer

PATIENCE = 20.0
"""Seconds after which a test fails that waits for what does not come."""


class Quiet:
    """A listener that hears nothing; the test says what it would hear."""

    def __init__(self, hear: Hear) -> None:
        self.hear = hear

    def stop(self) -> None:
        """Nothing has to be ended."""


class Client:
    """Reads `reads` messages and then no more."""

    def __init__(self, reads: int = 1_000_000) -> None:
        self.reads = reads
        self.read: list[bytes] = []
        self.ticket = Ticket(Viewer(), "::1", frozenset())
        self.task: asyncio.Task[None] | None = None

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Take what is sent, or wait for ever."""
        if len(self.read) == self.reads:
            await asyncio.Event().wait()
        self.read.append(message["body"])

    def listen(self, to: Hub) -> None:
        """Open a stream."""
        gone = asyncio.get_running_loop().create_future()
        self.task = asyncio.create_task(to.tell(self.ticket, self.send, gone))

    async def has(self, is_so: Callable[["Client"], bool]) -> None:
        """Wait until it is so."""
        while not is_so(self):
            await asyncio.sleep(0.001)


def look(position: str | None, listening: Any, newcomers: Any) -> Told:
    """Tell all who listen the same word."""
    told = Told("s1")
    for ticket in listening:
        told.add(ticket, b"word")
    return told


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Hub], Any]], None]:
    """Return a function that runs a story with a hub that needs no database, but for `look`."""

    monkeypatch.setattr(hub, "look", look)
    monkeypatch.setattr(hub, "look_who_is_here", lambda readers, listening: Told())
    monkeypatch.setattr(hub, "listen", Quiet)
    monkeypatch.setattr(hub, "tell", lambda message: None)

    def run(story: Callable[[Hub], Coroutine[Any, Any, None]]) -> None:
        async def told() -> None:
            async with asyncio.timeout(PATIENCE):
                opened = Hub()
                await opened.open()
                await story(opened)
                await opened.close()

        asyncio.run(told())

    return run


async def say(to: Hub, times: int, reader: Client) -> None:
    """Let so many things happen, one after the other."""
    for _ in range(times):
        had = len(reader.read)
        to._take(NEWS)
        await reader.has(lambda one, had=had: len(one.read) > had)  # type: ignore[misc]


def test_who_does_not_read_is_dropped_and_others_hear_on(room: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(streams, "MOST_UNREAD", 5)

    async def story(to: Hub) -> None:
        reader, stuck = Client(), Client(reads=1)
        for client in (reader, stuck):
            client.listen(to)
            await client.has(lambda one: bool(one.read))

        await say(to, 8, reader)

        assert stuck.task is not None
        await stuck.task
        assert stuck.read[-1] != b""  # its answer is not whole
        await say(to, 1, reader)
        assert reader.task is not None
        assert not reader.task.done()

    room(story)


def test_the_end_waits_for_nobody_who_does_not_read(room: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(hub, "FAREWELL_SECONDS", 0.05)

    async def story(to: Hub) -> None:
        reader, stuck = Client(), Client(reads=1)
        for client in (reader, stuck):
            client.listen(to)
            await client.has(lambda one: bool(one.read))
        await say(to, 1, reader)

        await to.close()

        assert reader.task is not None
        assert stuck.task is not None
        await asyncio.gather(reader.task, stuck.task)
        assert reader.read[-1] == b""
        late = Client()
        late.listen(to)
        assert late.task is not None
        await late.task
        assert late.read == []

    room(story)


def test_a_word_that_cannot_be_told_stops_nobody(room: Any, monkeypatch: Any) -> None:
    async def story(to: Hub) -> None:
        reader = Client()
        reader.listen(to)
        await reader.has(lambda one: bool(one.read))

        def fail(*_: Any) -> Told:
            raise KeyError

        monkeypatch.setattr(hub, "look", fail)
        monkeypatch.setattr(looking, "position_now", lambda: "s2")
        await say(to, 1, reader)
        assert b"event: lost" in reader.read[-1]

        monkeypatch.setattr(hub, "look", look)
        await say(to, 1, reader)
        assert reader.read[-1] == b"word"

    room(story)


def test_who_comes_while_the_database_is_away_is_served_when_it_is_back(
    room: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(hub, "_PAUSE_SECONDS", 0.01)
    later = Client()

    async def story(to: Hub) -> None:
        def fail(*_: Any) -> Told:
            to._loop.call_soon_threadsafe(later.listen, to)
            monkeypatch.setattr(hub, "look", look)
            raise OperationalError

        first = Client()
        monkeypatch.setattr(hub, "look", fail)
        first.listen(to)
        for client in (first, later):
            await client.has(lambda one: bool(one.read))

    room(story)
