"""The process that does background work: it waits, takes jobs, and stops when it is told."""

import logging
import signal
import threading
import time
from collections.abc import Sequence
from types import FrameType
from uuid import UUID, uuid4

from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from corpus import tasks
from corpus.models import Job
from corpus.services import exporting, upkeep
from corpus.services.work import Chore, Stopped, chores, hand, watches

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
"""How often an idle worker looks for work: with a few reads, and no write."""

_UPKEEP_SECONDS = 15.0
_PRUNE_SECONDS = 3_600.0
_PULSE_SECONDS = 15.0
# A database that cannot be reached or is locked for long is asked again after so long.
_TROUBLE_SECONDS = 5.0


def work_until_stopped(worker: UUID | None = None, *, gone: UUID | None = None) -> None:
    """Do what comes, as `worker`, until SIGINT or SIGTERM; call it in the main thread.

    `gone` is a worker that this one stands in for: its jobs go on at once.
    """
    _begin(worker)
    if gone is not None:
        upkeep.free_jobs_of(gone)
    rounds = _Rounds()
    while not hand.is_stopping:
        try:
            close_old_connections()
            _see_to(watches)
            if tasks.is_something_ready():
                tasks.run_one()
            else:
                rounds.make()
                _rest(LOOK_SECONDS)
        except OperationalError:
            logger.exception("The worker cannot use the database; it tries again.")
            connection.close()
            _rest(_TROUBLE_SECONDS)
    connection.close()


def work_until_empty() -> None:
    """Do what is due now, then return; SIGINT and SIGTERM end it sooner."""
    _begin(None)
    upkeep.free_abandoned()
    upkeep.wake_forgotten()
    _see_to([*watches, *chores])
    while not hand.is_stopping and tasks.is_something_ready():
        tasks.run_one()


class _Rounds:
    """What is looked after from time to time; the clock of each is its last time."""

    def __init__(self) -> None:
        self._upkeep_at = self._prune_at = float("-inf")

    def make(self) -> None:
        """Do what is due; called when nothing is ready."""
        now = time.monotonic()
        if now - self._upkeep_at >= _UPKEEP_SECONDS:
            self._upkeep_at = now
            upkeep.free_abandoned()
            upkeep.wake_forgotten()
            _see_to(chores)
        if now - self._prune_at >= _PRUNE_SECONDS:
            self._prune_at = now
            tasks.prune()
            upkeep.forget_old_jobs()
            exporting.forget_old_exports()


def _see_to(chores: Sequence[Chore]) -> None:
    """Do each; what goes wrong in one keeps neither the others nor the jobs from being done."""
    for do in chores:
        try:
            do()
        except OperationalError:
            raise
        except Exception:
            logger.exception("%s went wrong; it is tried again.", do.__name__)


def _begin(worker: UUID | None) -> None:
    hand.id = worker or uuid4()
    hand.is_stopping = False
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    threading.Thread(target=_give_signs_of_life, daemon=True).start()


def _stop(number: int, frame: FrameType | None) -> None:
    """Stop the loop; what is being done is interrupted, and waits for the next worker."""
    hand.is_stopping = True
    if hand.can_be_interrupted:
        hand.can_be_interrupted = False
        raise Stopped


def _rest(seconds: float) -> None:
    until = time.monotonic() + seconds
    while not hand.is_stopping and (left := until - time.monotonic()) > 0:
        time.sleep(min(left, LOOK_SECONDS))


def _give_signs_of_life() -> None:
    """Renew the heartbeat of the job in hand, however long one of its steps takes."""
    while True:
        time.sleep(_PULSE_SECONDS)
        if not hand.can_be_interrupted:
            continue
        try:
            mine = Job.objects.filter(lease=hand.id, state=Job.State.RUNNING)
            mine.update(heartbeat=timezone.now())
        except OperationalError:
            logger.info("No sign of life could be stored; the next follows soon.")
        finally:
            connection.close()
