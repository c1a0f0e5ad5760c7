"""The worker beside the server: begun before it, ended with it, begun again when it dies.

A small process, the keeper, forks the worker and waits for its end. It is forked before the
server has threads, so it may fork at any time, and both share what is loaded already.
"""

import gc
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from uuid import UUID, uuid4

from django.db import connections

from annotations.project.serving import end_with

logger = logging.getLogger(__name__)

STOP_SECONDS = 8.0
"""How long the worker may take to put its job back before it is ended by force."""

_KEEPER_STOP_SECONDS = STOP_SECONDS + 2
_WATCH_SECONDS = 0.2
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0
# A worker that lived so long did not die of how it begins.
_HEALTHY_SECONDS = 60.0


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep one worker running while the block below runs; called while there is one thread."""
    connections.close_all()
    if sys.platform == "win32":
        with subprocess.Popen([sys.executable, sys.argv[0], "worker"]) as process:
            yield
            process.terminate()
        return
    gc.freeze()  # what is loaded by now stays shared with the worker
    keeper = _forked(_Keeper(os.getpid()).keep)
    try:
        yield
    finally:
        _end(keeper, _KEEPER_STOP_SECONDS)


class _Keeper:
    """Begins the worker again whenever it dies, until `parent` ends or says that it is enough."""

    def __init__(self, parent: int) -> None:
        self.parent = parent
        self.is_told_to_stop = False

    def keep(self) -> None:
        """Keep a worker running; return when it has ended for good."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        gone: UUID | None = None
        pause = _FIRST_PAUSE
        while not self._has_to_stop():
            began, worker = time.monotonic(), uuid4()
            child = _forked(_Worker(os.getpid(), worker, gone).work)
            if self._outlived(child):
                _end(child, STOP_SECONDS)
                return
            logger.warning("The background worker died; another takes its place.")
            is_healthy = time.monotonic() - began > _HEALTHY_SECONDS
            pause = _FIRST_PAUSE if is_healthy else min(2 * pause, _LONGEST_PAUSE)
            self._rest(pause)
            gone = worker

    def _outlived(self, child: int) -> bool:
        """Wait for the end of `child`; say whether ours has come first."""
        while not self._has_to_stop():
            if _has_ended(child):
                return False
            time.sleep(_WATCH_SECONDS)
        return True

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._has_to_stop():
            time.sleep(_WATCH_SECONDS)

    def _has_to_stop(self) -> bool:
        return self.is_told_to_stop or os.getppid() != self.parent

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.is_told_to_stop = True


class _Worker:
    """One worker process: its id, and that of the one it takes the place of."""

    def __init__(self, parent: int, worker: UUID, gone: UUID | None) -> None:
        self.parent = parent
        self.worker = worker
        self.gone = gone

    def work(self) -> None:
        """Do background work until told to stop, or until the keeper is gone."""
        from corpus.worker import work_until_stopped

        threading.Thread(target=end_with, args=(self.parent,), daemon=True).start()
        work_until_stopped(self.worker, gone=self.gone)


def _forked(run: Callable[[], None]) -> int:
    """Run a function in a process of its own, which ends with it; return its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        run()
        code = 0
    except Exception:
        logger.exception("A background process ended with an error.")
    finally:
        # What the parent left to be done at its own end is not done here as well.
        os._exit(code)


def _end(child: int, seconds: float) -> None:
    """Ask a process to end until it does; after `seconds` end it by force."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)
        for _ in range(5):
            if _has_ended(child):
                return
            time.sleep(_WATCH_SECONDS / 4)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


def _has_ended(child: int) -> bool:
    try:
        return os.waitpid(child, os.WNOHANG)[0] == child
    except ChildProcessError:
        return True
