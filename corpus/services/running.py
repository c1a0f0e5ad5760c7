"""Taking a job, doing it, and keeping how it ended. No two processes do the same job at once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus.errors import Refused
from corpus.garbage import seldom_collected
from corpus.models import Job
from corpus.services.work import LeaseLost, Progress, Stopped, hand, work_called
from corpus.tasks import task

logger = logging.getLogger(__name__)

PAUSES = (5, 30, 120, 600)
"""Seconds before the second, third, fourth and fifth attempt."""

_LONGEST_TOLD = 500


class UnknownWork(Refused):
    """The job is of a kind that this version of the site does not know."""

    def __init__(self) -> None:
        super().__init__(_("This version of the site does not know how to do this."))


@task
def run_job(job_id: str) -> None:
    """Run a job that the queue names; nothing happens when another has it or it is over."""
    run(UUID(job_id))


def wake(job: Job) -> None:
    """Put `job` into the queue, inside the transaction of what made it wait."""
    run_job.using(run_after=job.run_after).enqueue(str(job.pk))


def due() -> Q:
    """Return the condition that a job waits and may be done now."""
    now = timezone.now()
    return Q(state=Job.State.WAITING) & (Q(run_after=None) | Q(run_after__lte=now))


def run(job_id: UUID) -> bool:
    """Do the job if it waits for its turn and nobody else has it; say whether it was ours."""
    job = _claim(job_id)
    if job is None:
        return False
    try:
        with _interruptible():
            told = _do(job)
    except Stopped:
        _renew_connection()
        wait_again(job, attempts=job.attempts - 1)
        logger.info("Put job %s back: the worker stops.", job.pk)
    except LeaseLost:
        logger.warning("Left job %s: another worker has taken it.", job.pk)
    except Refused as refusal:
        _end(job, Job.State.FAILED, refusal.message)
    except Exception:
        logger.exception("Attempt %d of job %s (%s) failed.", job.attempts, job.pk, job.kind)
        _renew_connection()
        try_later(job, _("It went wrong %(count)d times; the log of the server says how."))
    else:
        _end(job, Job.State.DONE, told)
    return True


def try_later(job: Job, told: str) -> None:
    """Let `job`, as it was claimed, wait before the next attempt; after the last it has failed.

    `told`, with "%(count)d" for the attempts, is what the failed one says.
    """
    if job.attempts > len(PAUSES):
        _end(job, Job.State.FAILED, told % {"count": job.attempts})
        return
    pause = timedelta(seconds=PAUSES[job.attempts - 1])
    wait_again(job, attempts=job.attempts, run_after=timezone.now() + pause)


def wait_again(job: Job, *, attempts: int, run_after: datetime | None = None) -> None:
    """Let `job`, as it was claimed, wait for its turn; nothing happens when it was taken away.

    When the same was asked for again meanwhile, that one goes on and this one is over.
    """
    try:
        with transaction.atomic():
            waits = _held(job).update(
                state=Job.State.WAITING,
                attempts=attempts,
                run_after=run_after,
                lease=None,
                heartbeat=None,
            )
            if waits:
                job.run_after = run_after
                wake(job)
    except IntegrityError:
        _end(job, Job.State.DONE, _("The same was asked for again, and is done with that."))


def _claim(job_id: UUID) -> Job | None:
    """Take the job in one statement, which only one process can win; None when it is not ours."""
    taken = Job.objects.filter(due(), pk=job_id).update(
        state=Job.State.RUNNING,
        lease=hand.id,
        heartbeat=timezone.now(),
        attempts=F("attempts") + 1,
        done=0,
        total=None,
        told="",
    )
    return Job.objects.get(pk=job_id) if taken else None


def _do(job: Job) -> str:
    found = work_called(job.kind)
    if found is None:
        raise UnknownWork
    with seldom_collected():
        return found.do(job, Progress(job))


def _end(job: Job, state: Job.State, told: str) -> None:
    over = _held(job).update(
        state=state,
        told=told[:_LONGEST_TOLD],
        lease=None,
        heartbeat=None,
        run_after=None,
        finished_at=timezone.now(),
        done=Coalesce(F("total"), F("done")) if state == Job.State.DONE else F("done"),
    )
    if over:
        logger.info("Job %s (%s) is over: %s.", job.pk, job.kind, state.value)


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, lease=job.lease)


@contextmanager
def _interruptible() -> Iterator[None]:
    if hand.is_stopping:
        raise Stopped
    hand.can_be_interrupted = True
    try:
        yield
    finally:
        hand.can_be_interrupted = False


def _renew_connection() -> None:
    """Leave a connection that was interrupted in the middle of something."""
    if not connection.in_atomic_block:
        connection.close()
