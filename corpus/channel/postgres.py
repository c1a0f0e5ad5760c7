"""Telling each other by PostgreSQL's LISTEN and NOTIFY."""

import json
import logging
import threading
from typing import Any

import psycopg
from django.db import connection

from corpus.channel import NEWS, STOP_SECONDS, Hear, Message, read

CHANNEL = "postil"

_LOOK_SECONDS = 0.5
_PAUSE_SECONDS = 1.0

# A line that breaks without a word would else be listened to for hours. Source: libpq,
# "Parameter Key Words".
_NOTICES_A_DEAD_LINE = {
    "connect_timeout": 10,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}

logger = logging.getLogger(__name__)


def tell(message: Message) -> None:
    """Tell every process that listens at the database, at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(message)])


class Notified:
    """A listener with a connection of its own, which is made again when it breaks."""

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._is_stopped = threading.Event()
        wanted = connection.get_connection_params()
        self._wanted: dict[str, Any] = _NOTICES_A_DEAD_LINE | {
            name: value for name, value in wanted.items() if name not in _DJANGOS
        }
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Hear no more; return once the thread has ended."""
        self._is_stopped.set()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._is_stopped.is_set():
            try:
                self._listen()
            except psycopg.Error as problem:
                logger.warning("Listening at the database broke off: %s", type(problem).__name__)
                self._is_stopped.wait(_PAUSE_SECONDS)

    def _listen(self) -> None:
        with psycopg.connect(**self._wanted, autocommit=True) as listening:
            listening.execute(f"LISTEN {CHANNEL}")
            self._hear(NEWS)
            while not self._is_stopped.is_set():
                for notice in listening.notifies(timeout=_LOOK_SECONDS):
                    if message := read(notice.payload):
                        self._hear(message)


# What Django makes its cursors with, and a plain connection needs not.
_DJANGOS = ("cursor_factory", "context", "prepare_threshold", "server_side_binding")
