"""What processes tell each other: heard at the commit, whatever else is said on the channel."""

import queue
import socket
import sqlite3
import threading
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from corpus.channel import NEWS, Message, listen, postgres, sockets, tell

pytestmark = pytest.mark.django_db(transaction=True)

_BREAK_OFF = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query LIKE 'LISTEN%' AND datname = current_database()
"""

PATIENCE = 20.0
"""Seconds after which a message that did not come is missed: only a failure takes so long."""


@pytest.fixture
def heard() -> "Iterator[queue.Queue[Message]]":
    """Listen; give what is heard, but for the hint that everything may be new."""
    found: queue.Queue[Message] = queue.Queue()
    listener = listen(found.put)
    if connection.vendor == "postgresql":
        assert found.get(timeout=PATIENCE) == NEWS  # it listens by now
    yield found
    listener.stop()
    assert not [one for one in threading.enumerate() if one.name == "listener"]


def next_word(heard: "queue.Queue[Message]") -> object:
    """Return the next message that the test told; SQLite adds NEWS for every write."""
    while (message := heard.get(timeout=PATIENCE)) == NEWS:
        continue
    return message["word"]


def test_what_is_told_is_heard_when_it_is_committed(heard: "queue.Queue[Message]") -> None:
    with transaction.atomic():
        tell({"word": "taken back"})
        transaction.set_rollback(True)
    with transaction.atomic():
        tell({"word": "first"})
        tell({"word": "second"})

    assert [next_word(heard), next_word(heard)] == ["first", "second"]


def test_what_nobody_here_would_say_is_not_heard(heard: "queue.Queue[Message]") -> None:
    for odd in (b"{", b"7", b'"word"', b"\xff"):
        _say(odd)
    tell({"word": "after it"})

    assert next_word(heard) == "after it"


def test_listening_goes_on_after_the_database_was_away(
    heard: "queue.Queue[Message]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(sockets, "LOOK_SECONDS", 0.01)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_BREAK_OFF)
    else:
        _fail_once(monkeypatch)

    assert heard.get(timeout=PATIENCE) == NEWS
    tell({"word": "again"})
    assert next_word(heard) == "again"


def _fail_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next look at SQLite fail, and bring it about."""
    able = sockets._version

    def fail(watched: sqlite3.Connection) -> int:
        monkeypatch.setattr(sockets, "_version", able)
        raise sqlite3.OperationalError

    monkeypatch.setattr(sockets, "_version", fail)
    tell({})


def _say(told: bytes) -> None:
    """Tell something that is no message, as any program could."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [postgres.CHANNEL, told.decode("latin-1")])
        return
    for path in sockets._folder().glob("*.socket"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(told, str(path))
