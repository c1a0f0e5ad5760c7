"""What the processes of one site tell each other: that there are new Events, who is here.

Telling is a hint and nothing more: Events are read from the database, and whoever missed a hint
reads them at the next. On PostgreSQL it goes by NOTIFY, on SQLite by datagrams between the
processes of one machine. A message is a small JSON object; one told in a transaction is heard
when that is committed, and never if it is not.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.db import connection

Message = Mapping[str, Any]
Hear = Callable[[Message], None]

NEWS: Message = {"kind": "news"}
"""Says that Events were left."""

LARGEST = 7_000
"""Bytes of a message; PostgreSQL takes fewer than 8,000."""


STOP_SECONDS = 2.0
"""How long the end of a listener is waited for; its thread keeps no process from ending."""


class Listener(Protocol):
    """Somebody in this process who hears what any process tells."""

    def stop(self) -> None:
        """Hear no more; return once the thread that listened has ended, or after STOP_SECONDS."""


def tell(message: Message) -> None:
    """Tell every process of the site, this one included, once the transaction is committed."""
    if connection.vendor == "postgresql":
        from corpus.channel import postgres

        postgres.tell(message)
    else:
        from corpus.channel import sockets

        sockets.tell(message)


def read(told: str | bytes) -> Message:
    """Return the message in `told`, an empty one where somebody else put anything there."""
    try:
        message = json.loads(told)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def listen(hear: Hear) -> Listener:
    """Call `hear` with each message, in a thread of its own, until the listener is stopped.

    NEWS comes in the place of what may have been missed.
    """
    if connection.vendor == "postgresql":
        from corpus.channel import postgres

        return postgres.Notified(hear)
    from corpus.channel import sockets

    return sockets.Posted(hear)
