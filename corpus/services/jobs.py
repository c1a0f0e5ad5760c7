"""Asking for background work. It is done by a worker: see running.py, and corpus.worker."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed
from corpus.models import Job
from corpus.permissions import Viewer, allowed
from corpus.services.events import record
from corpus.services.running import due, run, wake


def enqueue(
    viewer: Viewer,
    kind: str,
    arguments: Mapping[str, Any],
    *,
    subject: UUID | None = None,
    fingerprint: str = "",
) -> Job:
    """Ask for a job of `kind` with `arguments`, JSON values; return it, waiting.

    Called inside the transaction of what it follows from: a worker hears of it when that is
    committed, and never when it is rolled back. While one with the same `fingerprint`
    waits, that one is returned. The caller checks the right and leaves the Event.
    """
    with transaction.atomic():
        while True:
            waiting = (
                fingerprint
                and Job.objects.filter(fingerprint=fingerprint, state=Job.State.WAITING).first()
            )
            if waiting:
                return waiting
            try:
                with transaction.atomic():
                    job = Job.objects.create(
                        kind=kind,
                        arguments=dict(arguments),
                        subject=subject,
                        fingerprint=fingerprint,
                        started_by_id=viewer.user_id,
                    )
            except IntegrityError:
                continue  # somebody asked for the same at this moment
            wake(job)
            return job


@transaction.atomic
def retry(viewer: Viewer, job: Job) -> Job:
    """Let a failed job wait for a worker again, with all its attempts; return it.

    Raises NotAllowed for who may not, Invalid when it did not fail or the same waits already.
    """
    if not allowed(viewer, "job.start"):
        raise NotAllowed
    failed = Job.objects.select_for_update().filter(pk=job.pk, state=Job.State.FAILED).first()
    if failed is None:
        raise Invalid(_("Only work that failed can be tried again; this did not, or is tried."))
    failed.state = Job.State.WAITING
    failed.attempts = failed.done = 0
    failed.total = failed.run_after = failed.finished_at = None
    failed.told = ""
    try:
        with transaction.atomic():
            failed.save()
    except IntegrityError:
        raise Invalid(_("The same work waits for its turn already.")) from None
    wake(failed)
    record(viewer.user_id, "job.retried", failed, after={"kind": failed.kind})
    return failed


def run_waiting() -> int:
    """Do all jobs that are due, here and now, one after the other; return how many.

    What workers do by and by. Jobs that are asked for meanwhile are done as well; one that
    has to wait before its next attempt is left.
    """
    count = 0
    while job_id := Job.objects.filter(due()).order_by("created_at").values_list("pk").first():
        count += run(*job_id)
    return count
