"""Letting work go on that a crash left behind, and forgetting what ended long ago."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus.models import Job
from corpus.services.running import due, try_later, wake

logger = logging.getLogger(__name__)

ABANDONED_AFTER = timedelta(seconds=60)
"""A job whose worker gave no sign of life for so long has none any more."""

DONE_KEPT_FOR = timedelta(days=30)
FAILED_KEPT_FOR = timedelta(days=90)
"""Jobs that ended so long ago are no more told of; the Events of what they did stay."""

_FORGOTTEN_AFTER = timedelta(seconds=10)


def free_abandoned() -> None:
    """Let the jobs whose worker is gone be done by another; writes nothing without any."""
    silent = Job.objects.filter(
        state=Job.State.RUNNING, heartbeat__lt=timezone.now() - ABANDONED_AFTER
    )
    for job in silent:
        _let_go_on(job)


def free_jobs_of(worker: UUID) -> None:
    """Let the jobs of `worker`, a process that is known to be gone, go on at once."""
    for job in Job.objects.filter(state=Job.State.RUNNING, lease=worker):
        _let_go_on(job)


def wake_forgotten() -> None:
    """Put into the queue what waits without being in it; called when the queue is empty.

    So a job is done though the row of the queue that told of it went down with a worker.
    """
    before = timezone.now() - _FORGOTTEN_AFTER
    forgotten = Job.objects.filter(due(), Q(run_after=None) | Q(run_after__lt=before))
    for job in forgotten.filter(created_at__lt=before):
        with transaction.atomic():
            wake(job)


def forget_old_jobs() -> None:
    """Delete the jobs that ended long ago; failed ones are kept longer, to be tried again.

    Writes nothing when there are none.
    """
    now = timezone.now()
    done = Q(state=Job.State.DONE, finished_at__lt=now - DONE_KEPT_FOR)
    failed = Q(state=Job.State.FAILED, finished_at__lt=now - FAILED_KEPT_FOR)
    old = Job.objects.filter(done | failed)
    if old.order_by().exists():
        count, _kinds = old.delete()
        logger.info("Forgot %d jobs that ended long ago.", count)


def _let_go_on(job: Job) -> None:
    """Free one job; what ends every worker that takes it has failed in the end."""
    logger.warning("Job %s (%s) was left by its worker.", job.pk, job.kind)
    with transaction.atomic():
        still = Job.objects.select_for_update().filter(
            pk=job.pk, lease=job.lease, heartbeat=job.heartbeat
        )
        if still.exists():
            try_later(job, _("The server ended %(count)d times in the middle of this."))
