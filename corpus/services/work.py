"""The kinds of background work, and what a piece of work tells while it is done.

A kind is a function with `@work`; its module is imported when the app is ready. It may be
started again from the beginning at any moment, after an error or a crash, so doing it twice
has to give what doing it once gives.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from corpus.extensions import Label
from corpus.models import Job

_SECONDS_BETWEEN_NOTES = 0.5
# SQLite has one writer at a time; who waits for its turn looks every few milliseconds.
_SECONDS_FOR_OTHERS = 0.01
_SECONDS_WITHOUT_OTHERS = 0.05
_LONGEST_TOLD = 500


class Stopped(KeyboardInterrupt):
    """The worker was told to stop; database drivers know its parent and end cleanly."""


class LeaseLost(Exception):
    """Another worker holds the job now: whatever is done here comes too late."""


class Hand:
    """What this process has in hand: under which id it takes jobs, whether it may go on."""

    def __init__(self) -> None:
        self.id: UUID = uuid4()
        self.is_stopping = False
        self.can_be_interrupted = False


hand = Hand()
"""That of this process; a forked one takes an id of its own."""


class Progress:
    """How far a job is, for those who watch it; also how the job hears that it should end."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._done = 0
        self._total: int | None = None
        self._told = ""
        self._noted_at = 0.0
        self._paused_at = 0.0

    def of(self, total: int) -> None:
        """Say that the whole consists of `total` steps."""
        self._total = total
        self._note()

    def step(self, n: int = 1, told: str = "") -> None:
        """Say that `n` more steps are done and, in `told`, what is done now.

        Stored every half a second at most. Best called outside a transaction: inside one,
        others see it only at the end. Raises Stopped when the worker was told to stop, and
        LeaseLost when another worker took the job.
        """
        self._done += n
        self._told = told or self._told
        if hand.is_stopping:
            raise Stopped
        if time.monotonic() - self._noted_at >= _SECONDS_BETWEEN_NOTES:
            self._note()
        is_shared = connection.vendor == "sqlite" and not connection.in_atomic_block
        if is_shared and time.monotonic() - self._paused_at >= _SECONDS_WITHOUT_OTHERS:
            time.sleep(_SECONDS_FOR_OTHERS)
            self._paused_at = time.monotonic()

    def hold(self) -> None:
        """Keep the job ours until the transaction ends; raises LeaseLost when it is not.

        Called inside the transaction of a write that must not be made twice.
        """
        self._note()

    def _note(self) -> None:
        self._noted_at = time.monotonic()
        mine = Job.objects.filter(pk=self._job.pk, lease=self._job.lease, state=Job.State.RUNNING)
        noted = mine.update(
            done=self._done,
            total=self._total,
            told=self._told[:_LONGEST_TOLD],
            heartbeat=timezone.now(),
        )
        if not noted:
            raise LeaseLost(str(self._job.pk))


Doing = Callable[[Job, Progress], str]
Chore = Callable[[], None]
Place = Callable[[Job], str]


@dataclass(frozen=True)
class Work:
    """A kind of work: what it is called on the page, and the function that does it.

    The function returns the sentence that is told at the end. `place` returns the address
    of what a job works on, "" when there is none.
    """

    kind: str
    label: Label
    do: Doing
    place: Place


_works: dict[str, Work] = {}


def _nowhere(job: Job) -> str:
    return ""


def work(kind: str, *, label: Label, place: Place = _nowhere) -> Callable[[Doing], Doing]:
    """Let the function below do jobs of `kind`; the function stays as it is."""

    def keep(do: Doing) -> Doing:
        _works[kind] = Work(kind, label, do, place)
        return do

    return keep


chores: list[Chore] = []
"""What an idle worker sees to from time to time: each looks whether there is work to ask for."""


def chore(do: Chore) -> Chore:
    """Let an idle worker call the function below now and then; the function stays as it is."""
    chores.append(do)
    return do


watches: list[Chore] = []
"""What a worker looks at all the time: with one cheap read, and no write when nothing is new."""


def watch(do: Chore) -> Chore:
    """Let a worker call the function below at each turn; the function stays as it is."""
    watches.append(do)
    return do


def work_called(kind: str) -> Work | None:
    """Return the work called `kind`, or None when this version has none."""
    return _works.get(kind)


def place_of(job: Job) -> str:
    """Return the address of what `job` works on, "" when it is not known."""
    found = work_called(job.kind)
    return found.place(job) if found else ""


def label_of(kind: str) -> Label:
    """Return what jobs of `kind` are called on the page; the kind itself when it is unknown."""
    found = work_called(kind)
    return found.label if found else kind
