"""One server for one SQLite site: the lock on its data folder."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from annotations.project.environment import KEPT_ORIGIN
from annotations.project.preparing import CannotStart

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_NAME = "server-lock"


@contextmanager
def only_server(folder: Path) -> Iterator[None]:
    """Be the one server of the data folder `folder`; other commands do not ask.

    The system drops the lock with the process that took it, so a killed server leaves a file but
    no lock. Raises CannotStart while another server holds it.
    """
    with (folder / LOCK_NAME).open("a") as guard:
        try:
            _lock(guard)
        except OSError:
            raise CannotStart(
                f"Another start serves the data folder {folder} already{_where(folder)}. "
                "Stop that one, or choose another folder with --data."
            ) from None
        yield


def _lock(guard: IO[str]) -> None:
    """Lock the file without waiting; raise OSError when it is locked."""
    if sys.platform == "win32":
        msvcrt.locking(guard.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        # Not flock, which the workers would inherit and keep after a killed parent.
        fcntl.lockf(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _where(folder: Path) -> str:
    """Return " at" and the address that was kept last, or "" before one was."""
    try:
        return f" at {(folder / KEPT_ORIGIN).read_text().strip()}/"
    except OSError:
        return ""
