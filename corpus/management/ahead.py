"""Importing with two processes: one reads what comes next, this one stores what it has read."""

import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from django.core.management.base import CommandError

from corpus.importing.aside import Aside, Reading, ReadingEnded
from corpus.services.imports import SourceBytes, Together

STARTED_AFTER = 200
"""So many sources are read here, before a process is started to read the others."""

_KEPT = "What was imported is kept: import the same again, and it goes on where it stopped."
_ENDED = f"The process that reads the files was ended from outside. {_KEPT}"

STOPPED = f"Stopped. {_KEPT}"
"""What is said to who stops an import."""

# A group, and what its sources propose.
_Read = tuple["Group", Sequence[Sequence[Reading] | None]]


class Group(NamedTuple):
    """Sources that are imported at once: `together` with others, or each by itself."""

    sources: Sequence[SourceBytes]
    together: Together | None


def with_readings(
    groups: Iterable[Group],
) -> Generator[_Read, None, None]:
    """Yield each group with what each source proposes; None for one that is still to be read.

    The next group is read while what is yielded is stored: never more than one. Raises
    CommandError when the process that reads was ended. Close it when it is left before its end.
    """
    rest = iter(groups)
    read = 0
    while read < STARTED_AFTER or os.cpu_count() == 1:
        group = next(rest, None)
        if group is None:
            return
        yield group, [None] * len(group.sources)
        read += len(group.sources)
    try:
        yield from _read_aside(rest)
    except ReadingEnded as ended:
        raise CommandError(_ENDED) from ended


def _read_aside(
    groups: Iterator[Group],
) -> Iterator[_Read]:
    with closing(Aside()) as aside:
        before: Group | None = None
        for group in groups:
            readings = aside.answer() if before else []
            aside.ask([source.asked() for source in group.sources])
            if before:
                yield before, readings
            before = group
        if before:
            yield before, aside.answer()
