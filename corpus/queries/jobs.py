"""What is told of background work."""

from collections.abc import Iterable
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from corpus.models import Job
from corpus.permissions import Viewer, allowed
from corpus.queries.accounts import names_for

PER_PAGE = 30

# Somebody who listens is told of so many parts of the whole, not of every step.
_TOLD_PARTS = 4


def jobs_page(viewer: Viewer, number: str) -> "Page[Job]":
    """Return the jobs, newest first, as the page `number`; none for who may not see them."""
    jobs = Job.objects.order_by("-created_at", "-id")
    seen = jobs if allowed(viewer, "job.read") else jobs.none()
    return Paginator(seen, PER_PAGE).get_page(number)


def job_or_404(viewer: Viewer, job_id: UUID) -> Job:
    """Return the job; raises Http404 for absent and forbidden alike."""
    found = Job.objects.filter(pk=job_id).first()
    if found is None or not allowed(viewer, "job.read"):
        raise Http404
    return found


def askers(viewer: Viewer, jobs: Iterable[Job]) -> dict[int, str]:
    """Return what `viewer` may call those who asked for `jobs`, by the key of the account."""
    return names_for(viewer, [job.started_by_id for job in jobs])


def how_far(job: Job) -> str:
    """Return in words how far `job` is, or how it ended."""
    match job.state:
        case Job.State.RUNNING:
            return _running(job)
        case Job.State.WAITING if job.run_after and job.attempts:
            at = date_format(localtime(job.run_after), "H:i:s")
            said = _("Attempt %(count)d went wrong. The next one is at %(at)s.")
            return said % {"count": job.attempts, "at": at}
        case Job.State.WAITING:
            return _("Waits for its turn.")
        case Job.State.FAILED:
            return _("Failed. %(told)s") % {"told": job.told}
    return _("Done. %(told)s") % {"told": job.told}


def milestone(job: Job) -> str:
    """Return a word that changes with the state of `job` and with each quarter of its way."""
    passed = _TOLD_PARTS * job.done // job.total if job.total else 0
    return f"{job.state}-{passed}"


def _running(job: Job) -> str:
    if not job.total:
        return job.told or _("Under way.")
    counted = _("%(done)d of %(total)d") % {
        "done": min(job.done, job.total),
        "total": job.total,
    }
    return f"{counted} · {job.told}" if job.told else counted
