"""Telling each other by datagrams between the processes of one machine, for SQLite.

Each process that listens has a socket in one folder. Writes of other programs send nothing:
SQLite's count of changes is looked at once a second for them.
Source: SQLite documentation, "PRAGMA data_version".
"""

import hashlib
import json
import logging
import os
import socket
import sqlite3
import tempfile
import threading
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.db import connection, transaction

from corpus.channel import LARGEST, NEWS, STOP_SECONDS, Hear, Message, read

LOOK_SECONDS = 1.0
"""How soon a write by another program is noticed."""

_LONGEST_PATH = 100
# A socket's path holds 108 bytes on Linux, 104 elsewhere, the name in the folder included.
_NAME_LENGTH = 14
_SEND_SECONDS = 0.05

logger = logging.getLogger(__name__)


def tell(message: Message) -> None:
    """Tell every process that listens, once the transaction is committed."""
    if hasattr(socket, "AF_UNIX"):
        transaction.on_commit(partial(_send, json.dumps(message).encode()), robust=True)


def _send(message: bytes) -> None:
    with suppress(FileNotFoundError):
        listening = [entry for entry in _folder().iterdir() if entry.suffix == ".socket"]
        for path in listening:
            _send_to(path, message)


def _send_to(path: Path, message: bytes) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.settimeout(_SEND_SECONDS)
        try:
            sender.sendto(message, str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            path.unlink(missing_ok=True)  # its process was killed
        except OSError as problem:
            # It hears so much that its queue is full: it will look at the database anyway.
            logger.info("A process did not take a message: %s", type(problem).__name__)


def _folder() -> Path:
    """Return the folder of the sockets: beside the database, or a short one standing for it."""
    database = Path(str(connection.settings_dict["NAME"])).resolve()
    folder = database.with_name(f"{database.name}-live")
    if len(os.fsencode(folder)) + _NAME_LENGTH <= _LONGEST_PATH:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"postil-{digest}"


class Posted:
    """A listener with a socket of its own, and an eye on the count of changes."""

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._is_stopped = threading.Event()
        self._database = str(connection.settings_dict["NAME"])
        self._socket, self._path = _own_socket()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Hear no more; return once the thread has ended."""
        self._is_stopped.set()
        if self._path is not None:
            with suppress(OSError):
                _send_to(self._path, b"{}")
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._is_stopped.is_set():
            try:
                with closing(sqlite3.connect(self._database, isolation_level=None)) as watched:
                    self._listen(watched)
            except sqlite3.Error as problem:
                logger.warning("The database could not be watched: %s", type(problem).__name__)
                self._is_stopped.wait(LOOK_SECONDS)
                self._hear(NEWS)
        self._close()

    def _listen(self, watched: sqlite3.Connection) -> None:
        seen = _version(watched)
        while not self._is_stopped.is_set():
            told = self._next()
            version = _version(watched)
            message = read(told)
            if message:
                self._hear(message)
            if version != seen and message != NEWS:
                self._hear(NEWS)
            seen = version

    def _next(self) -> bytes:
        """Return what was told next, b"" when nothing was for a while."""
        if self._socket is None:
            self._is_stopped.wait(LOOK_SECONDS)
            return b""
        try:
            return self._socket.recv(LARGEST + 1)
        except TimeoutError:
            return b""

    def _close(self) -> None:
        if self._socket is not None and self._path is not None:
            self._socket.close()
            self._path.unlink(missing_ok=True)


def _version(watched: sqlite3.Connection) -> int:
    """Return a number that is another one once any program has written."""
    return int(watched.execute("PRAGMA data_version").fetchone()[0])


def _own_socket() -> tuple[socket.socket | None, Path | None]:
    """Return a new socket in the folder and its path; two times None where there can be none."""
    folder = _folder()
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if not _is_ours(folder):
            return None, None
        path = folder / f"{uuid4().hex[:6]}.socket"
        made = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        made.settimeout(LOOK_SECONDS)
        made.bind(str(path))
    except (OSError, AttributeError) as problem:
        logger.warning("No socket could be made for live updates: %s", problem)
        return None, None
    return made, path


def _is_ours(folder: Path) -> bool:
    """Say whether nobody else could have put sockets into `folder`."""
    state = folder.stat()
    return state.st_uid == os.getuid() and not state.st_mode & 0o077
