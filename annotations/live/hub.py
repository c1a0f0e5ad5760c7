"""The streams of one process: who listens, and telling them.

All of it runs in the event loop, but for looking at the database, which a thread of its own
does, one look after the other: so a newcomer misses nothing and hears nothing twice.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import DatabaseError, InterfaceError, connections

from annotations.live.looking import (
    Listening,
    Told,
    begin_anew,
    look,
    look_at_unread,
    look_who_is_here,
)
from annotations.live.messages import message, sign_of_life
from annotations.live.presence import Presence
from annotations.live.streams import Stream
from annotations.live.tickets import Ticket
from corpus.channel import Listener, Message, listen, tell

BEAT_SECONDS = 20.0
"""How often an open stream gives a sign of life."""

SETTLE_SECONDS = 0.5
"""How long who is here is collected before it is told, for a page that is only reloaded."""

FAREWELL_SECONDS = 0.5
"""How long a client may take to read the end of its stream when the server stops."""

STUCK_SECONDS = 60.0
"""How long a client may take to read one message."""

MOST_OF_ACCOUNT = 20
MOST_OF_ADDRESS = 2_000
"""Streams of one account, and from one address: a school may have one for everybody."""

_PAUSE_SECONDS = 1.0

logger = logging.getLogger(__name__)
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Hub:
    """Everybody who listens to this process."""

    def __init__(self) -> None:
        self._streams: dict[Ticket, Stream] = {}
        self._newcomers: dict[Ticket, Stream] = {}
        self._of: Counter[object] = Counter()
        self._process = uuid4().hex
        self._presence = Presence(self._process)
        self._unsettled: set[UUID] = set()
        self._position: str | None = None
        self._has_news = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._listener: Listener | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._is_closed = False

    def has_room_for(self, user_id: int | None, address: str) -> bool:
        """Say whether the account, and the address, may open another stream."""
        if self._is_closed or self._of[address] >= MOST_OF_ADDRESS:
            return False
        return user_id is None or self._of[user_id] < MOST_OF_ACCOUNT

    async def open(self) -> None:
        """Begin; nothing is read before somebody listens."""
        self._loop = asyncio.get_running_loop()

    async def close(self) -> None:
        """End every stream and take in no more."""
        if self._is_closed:
            return
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        streams = [*self._streams.values(), *self._newcomers.values()]
        for stream in streams:
            stream.put(None)
        if streams:
            await asyncio.wait([one.task for one in streams if one.task], timeout=FAREWELL_SECONDS)
        for stream in streams:
            stream.drop()  # its client does not read, and would be waited for
        if self._listener is not None:
            await asyncio.to_thread(self._listener.stop)

    async def tell(self, ticket: Ticket, send: Send, is_gone: "asyncio.Future[None]") -> None:
        """Tell who holds `ticket` what happens until they are gone or may hear no more."""
        if self._is_closed:
            return
        stream = Stream(ticket)
        is_gone.add_done_callback(lambda _: stream.put(None))
        self._enter(stream)
        try:
            while (chunk := await stream.waiting.get()) is not None:
                stream.sending_since = time.monotonic()
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                stream.sending_since = None
            await send({"type": "http.response.body", "body": b""})
        except asyncio.CancelledError:
            # Its connection ends with the answer, which is not whole.
            logger.info("A client that did not read its stream was dropped.")
        finally:
            self._leave(stream)

    def _enter(self, stream: Stream) -> None:
        self._of.update(_counted(stream.ticket))
        self._newcomers[stream.ticket] = stream
        self._has_news.set()
        if not self._tasks:
            work = (self._tell_news, self._tell_who_is_here, self._beat)
            self._tasks = [self._loop.create_task(one()) for one in work]

    def _leave(self, stream: Stream) -> None:
        for who in _counted(stream.ticket):
            self._of[who] -= 1
            if not self._of[who]:
                del self._of[who]
        self._newcomers.pop(stream.ticket, None)
        self._streams.pop(stream.ticket, None)
        self._unsettled |= stream.articles

    async def _tell_news(self) -> None:
        """Look at the database whenever something happened or somebody came."""
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            newcomers, self._newcomers = self._newcomers, {}
            self._streams.update(newcomers)
            seen = {t: frozenset(s.articles) for t, s in self._streams.items()}
            new = {ticket: seen.pop(ticket) for ticket in newcomers}
            try:
                if self._listener is None:
                    await self._begin_to_listen()
                told = await self._looked(seen, new)
            except (DatabaseError, InterfaceError) as problem:
                logger.warning("Live updates wait for the database: %s", type(problem).__name__)
                self._newcomers |= {t: s for t, s in newcomers.items() if t in self._streams}
                for ticket in newcomers:
                    self._streams.pop(ticket, None)
                await asyncio.sleep(_PAUSE_SECONDS)
                self._has_news.set()
                continue
            self._position = told.position
            self._give_out(told)
            for stream in newcomers.values():
                stream.put(sign_of_life(told.position))
                self._unsettled |= stream.articles

    async def _looked(self, seen: Listening, new: Listening) -> Told:
        """Return what to tell; what cannot be told, by a mistake of ours, stops nobody's stream."""
        try:
            told = await self._in_thread(look, self._position, seen, new)
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            logger.exception("What happened could not be told; who listens begins anew.")
            told = await self._in_thread(begin_anew, [*seen, *new])
        return cast("Told", told)

    async def _begin_to_listen(self) -> None:
        self._listener = await self._in_thread(listen, self._hear)
        await self._in_thread(tell, {"kind": "who", "process": self._process})

    def _hear(self, heard: Message) -> None:
        """Take a message of the channel; called in the thread that listens."""
        if not self._is_closed:
            self._loop.call_soon_threadsafe(self._take, heard)

    def _take(self, heard: Message) -> None:
        match heard.get("kind"):
            case "news":
                self._has_news.set()
            case "here":
                changed = self._presence.hear(heard["process"], heard["here"], time.monotonic())
                self._unsettled |= changed
            case "unread":
                self._loop.create_task(self._tell_unread(frozenset(heard["readers"])))
            case "who" if heard["process"] != self._process:
                self._loop.create_task(self._tell_whom_we_serve())
            case _:
                pass

    async def _tell_unread(self, readers: frozenset[int]) -> None:
        """Tell each of `readers` who listens how much they were told that is unread."""
        listening = [one for one in self._streams if one.viewer.user_id in readers]
        try:
            if listening:
                self._give_out(await self._in_thread(look_at_unread, listening))
        except (DatabaseError, InterfaceError):
            logger.warning("How much is unread could not be told.")

    def _give_out(self, told: Told) -> None:
        for ticket, chunks in told.chunks.items():
            if ticket in self._streams:
                self._streams[ticket].put(b"".join(chunks))
        for ticket, lost in told.out_of_reach.items():
            stream = self._streams.get(ticket)
            if stream is None:
                continue
            stream.articles -= lost
            self._unsettled |= lost
            if not stream.articles:
                told.ended.setdefault(ticket, "no-access")
        for ticket, why in told.ended.items():
            if ticket in self._streams:
                self._streams[ticket].put(message("ended", {"why": why}))
                self._streams[ticket].put(None)

    async def _tell_who_is_here(self) -> None:
        """Tell who came and who went, once it has settled."""
        while True:
            await asyncio.sleep(SETTLE_SECONDS)
            articles, self._unsettled = self._unsettled, set()
            if not articles:
                continue
            ours = self._readers_by_article(articles)
            told = [pk for pk in articles if self._presence.set_own(pk, ours[pk])]
            try:
                if told:
                    await self._tell_whom_we_serve(told)
                here = {pk: self._presence.readers_of(pk) for pk in articles}
                listening = {t: frozenset(s.articles) for t, s in self._streams.items()}
                self._give_out(await self._in_thread(look_who_is_here, here, listening))
            except (DatabaseError, InterfaceError):
                self._unsettled |= articles
            except Exception:
                logger.exception("Who is here could not be told.")

    def _readers_by_article(self, articles: set[UUID]) -> Mapping[UUID, set[int]]:
        readers: dict[UUID, set[int]] = {pk: set() for pk in articles}
        for stream in self._streams.values():
            user_id = stream.ticket.viewer.user_id
            if user_id is not None and stream.ticket.is_shown:
                for article_id in stream.articles & articles:
                    readers[article_id].add(user_id)
        return readers

    async def _tell_whom_we_serve(self, articles: list[UUID] | None = None) -> None:
        for part in list(self._presence.own(articles)):
            said = {"kind": "here", "process": self._process, "here": part}
            await self._in_thread(tell, said)

    async def _beat(self) -> None:
        """Give signs of life to clients and processes, and let go of who gives none."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            now = time.monotonic()
            self._has_news.set()  # whatever hint was missed, by now it is looked
            self._unsettled |= self._presence.forget_silent(now)
            for stream in list(self._streams.values()):
                if stream.sending_since and now - stream.sending_since > STUCK_SECONDS:
                    stream.drop()
                elif stream.waiting.empty() and self._position:
                    stream.put(sign_of_life(self._position))
            try:
                await self._tell_whom_we_serve()
            except (DatabaseError, InterfaceError):
                logger.warning("Who is here could not be told to other processes.")

    async def _in_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return await self._loop.run_in_executor(self._thread, _run, work, *arguments)


def _run(work: Callable[..., Any], *arguments: Any) -> Any:
    """Return what `work` returns; a connection that broke is made anew the next time."""
    try:
        return work(*arguments)
    except (DatabaseError, InterfaceError):
        connections.close_all()
        raise


def _counted(ticket: Ticket) -> list[object]:
    user_id = ticket.viewer.user_id
    return [ticket.address] if user_id is None else [ticket.address, user_id]
