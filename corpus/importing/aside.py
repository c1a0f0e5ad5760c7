"""Reading sources in a process of its own, while what was read before is stored.

What a source proposes depends on its bytes alone: it is the same wherever it is read.
"""

import signal
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

from corpus.garbage import seldom_collected
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal, digest
from corpus.text.cut import CutText


class Asked(NamedTuple):
    """A source to read: see `read_and_interpret`."""

    raw: bytes
    name: str
    origin_url: str
    as_format: str


class Reading(NamedTuple):
    """An article that a source proposes, with what its text is known, found and compared by."""

    proposal: Proposal
    cut: CutText
    digest: str


class ReadingEnded(Exception):
    """The process that reads is there no more."""


def readings_of(asked: Asked) -> list[Reading]:
    """Return what the source proposes, in order; raises as `read_and_interpret` does."""
    raw, name, origin_url, as_format = asked
    return [
        Reading(proposal, CutText(proposal.text), digest(proposal.text))
        for proposal in read_and_interpret(raw, name, origin_url=origin_url, as_format=as_format)
    ]


class Aside:
    """A process that reads sources, some at a time. It ends with the one that made it."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_answer, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, sources: Sequence[Asked]) -> None:
        """Let it read `sources`; the answer to those before has been taken. Raises ReadingEnded."""
        try:
            self._line.send(sources)
        except OSError as gone:
            raise ReadingEnded from gone

    def answer(self) -> list[list[Reading] | None]:
        """Return what each source proposes that was asked for, as soon as they are read.

        None stands for one that cannot be read: read it here, to hear why. Raises ReadingEnded.
        """
        try:
            found: list[list[Reading] | None] = self._line.recv()
        except (EOFError, OSError) as gone:
            raise ReadingEnded from gone
        return found

    def close(self) -> None:
        """End the process, whatever it does."""
        self._line.close()
        self._process.terminate()
        self._process.join()


def _answer(line: Connection) -> None:
    """Read what is asked for until nobody can ask any more; who asks is told to stop, not this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with seldom_collected(), suppress(EOFError, OSError):
        while True:
            line.send([_prepared(asked) for asked in line.recv()])


def _prepared(asked: Asked) -> list[Reading] | None:
    with suppress(Exception):
        readings = readings_of(asked)
        for reading in readings:
            reading.cut.prepare()
        return readings
    return None
