"""One open stream, and what waits to be sent on it."""

import asyncio

from annotations.live.tickets import Ticket

MOST_UNREAD = 200
"""Messages that wait for a client; one that reads none of them is dropped, and resumes later."""


class Stream:
    """One open stream, and what waits to be sent."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self.articles = set(ticket.articles)
        self.waiting: asyncio.Queue[bytes | None] = asyncio.Queue(MOST_UNREAD)
        self.sending_since: float | None = None
        self.task = asyncio.current_task()

    def put(self, chunk: bytes | None) -> None:
        """Let `chunk` be sent, or with None end the stream; drop a client that does not read."""
        try:
            self.waiting.put_nowait(chunk)
        except asyncio.QueueFull:
            self.drop()

    def drop(self) -> None:
        """Let the stream break off."""
        if self.task is not None:
            self.task.cancel()
