"""The HTTP server: which one, how it is told to stop, and how its workers follow it."""

import gc
import os
import signal
import socket
import sys
import threading
import time

from django.db import connections

from annotations.project.preparing import CannotStart

THREADS = 4
"""Requests worked on at once in one worker, each with a database connection of its own."""

MOST_OPEN = 6_000
"""Connections that one worker takes in, streams among them, before it lets the others wait."""

MOST_FILES = 16_384
"""Open files and connections that a process asks the system to allow it."""

STOP_SECONDS = 10
"""How long a worker may take to end what it is doing before it is ended by force."""

WATCH_SECONDS = 1.0
"""How soon a worker notices that its parent is gone."""


def check_port_is_free(host: str, port: int) -> None:
    """Raise CannotStart when nothing could listen on `host` and `port`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except (OSError, OverflowError) as problem:
        raise CannotStart(
            f"Cannot listen on {host} port {port}: {getattr(problem, 'strerror', problem)}. "
            "Stop what uses it, or choose another with --port."
        ) from None


def serve(host: str, port: int, workers: int) -> None:
    """Serve the site until SIGINT or SIGTERM; return when all workers have ended."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connections.close_all()
    _allow_many_files()
    gc.freeze()  # what is loaded by now stays shared between the workers
    server = Granian(
        target="annotations.project.serving:worker_application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        backpressure=MOST_OPEN,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.error,
    )
    server.serve()


def worker_application() -> object:
    """Return the application of one worker process, which ends when its parent does."""
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    from annotations.live.hub import Hub
    from annotations.project.asgi import Site
    from annotations.project.wsgi import application

    return Site(application, Hub(), THREADS)


def end_with(parent: int) -> None:
    """Wait until the process `parent` is gone, then tell this one, its child, to end."""
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def _allow_many_files() -> None:
    """Raise the number of connections that a process may hold to what streams need."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
