"""Somebody who listens: to a look at the database, or to a running site."""

import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from annotations.live.looking import Told
from annotations.live.tickets import Ticket
from corpus.access import viewer_of
from corpus.models import Article

PATIENCE = 30.0
"""Seconds after which a message that did not come is missed: only a failure takes so long."""


def ticket_of(user: User | None, *articles: Article, position: str | None = None) -> Ticket:
    """Return what `user`, just signed in, listens with; nobody is not signed in."""
    session, password = "", ""
    if user is not None:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        password = user.password
    ids = frozenset(article.pk for article in articles)
    return Ticket(viewer_of(user), "::1", ids, position, session, password, is_shown=True)


@dataclass(frozen=True)
class Said:
    """One message: its kind, what it says, the id that it leaves."""

    kind: str
    data: dict[str, Any]
    id: str


def said_in(chunk: bytes) -> list[Said]:
    """Return the messages in `chunk`, those without words left out."""
    found = []
    for block in chunk.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in lines:
            found.append(Said(lines["event"], json.loads(lines["data"]), lines.get("id", "")))
    return found


def told_to(told: Told, ticket: Ticket) -> list[tuple[Any, ...]]:
    """Return what came of a look for `ticket`: pairs of what happened and to which id."""
    said = said_in(b"".join(told.chunks.get(ticket, [])))
    return [(one.data.get("what", one.kind), one.data.get("id")) for one in said]


@dataclass
class Listening:
    """A stream of a running site, read by a thread; `last_id` is where it stands."""

    url: str
    articles: list[str]
    session: str = ""
    last_id: str = ""
    said: list[Said] = field(default_factory=list)
    is_over: bool = False

    def __post_init__(self) -> None:
        """Ask for the stream, and read it from now on."""
        parts = urlsplit(self.url)
        assert parts.hostname
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}"}
        if self.last_id:
            headers["Last-Event-ID"] = self.last_id
        query = urlencode([("article", pk) for pk in self.articles])
        self._connection.request("GET", f"/live/?{query}", headers=headers)
        self.answer = self._connection.getresponse()
        self._thread = threading.Thread(target=self._read, daemon=True)
        if self.answer.status == 200:
            self._thread.start()
            self._wait(lambda: bool(self.last_id))
        else:
            self.answer.close()
            self._connection.close()

    def changed(self, count: int) -> list[str]:
        """Wait for `count` messages that something changed; return the ids of the things."""
        self._wait(lambda: len(self._ids()) >= count or self.is_over)
        return self._ids()

    def first(self, kind: str) -> dict[str, Any]:
        """Wait for the first message of `kind`; return what it says."""
        self._wait(lambda: any(one.kind == kind for one in self.said))
        return next(one.data for one in self.said if one.kind == kind)

    def wait_for_the_end(self) -> None:
        """Return once the server, or its death, has ended the stream."""
        self._wait(lambda: self.is_over)

    def _ids(self) -> list[str]:
        return [one.data["id"] for one in self.said if one.kind == "changed"]

    def _wait(self, is_so: Any) -> None:
        until = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < until, self.said
            time.sleep(0.01)

    def _read(self) -> None:
        block = b""
        try:
            while line := self.answer.readline():
                block += line
                if line == b"\n":
                    self._take(block)
                    block = b""
        except (OSError, http.client.HTTPException, ValueError):
            pass
        finally:
            self.answer.close()
            self._connection.close()
            self.is_over = True

    def _take(self, block: bytes) -> None:
        self.said += said_in(block)
        for line in block.decode().splitlines():
            if line.startswith("id: "):
                self.last_id = line[4:]
