"""Writers who all start at the same moment, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

WRITERS = 8
Result = TypeVar("Result")


def at_once(write: Callable[[int], Result]) -> list[Result]:
    """Return what `write` gives to each of the writers, who all start together."""
    start = Barrier(WRITERS, timeout=60)

    def run(number: int) -> Result:
        start.wait(timeout=30)
        try:
            return write(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))
