"""Putting many proposed articles of an import aside at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy, ngettext

from corpus.access import viewer_of
from corpus.errors import NotAllowed, Refused, SignInNeeded
from corpus.models import ImportBatch, ImportCandidate, Job
from corpus.permissions import SYSTEM, Viewer, allowed
from corpus.services.candidates import joined_meanwhile
from corpus.services.jobs import enqueue
from corpus.services.reviewing import reject
from corpus.services.work import Progress, work

REJECTED_AT_ONCE = 100
"""So many candidates are put aside within a request; more of them are work for a job."""


@dataclass
class Rejected:
    """How many candidates were put aside, and why others were not: each with a sentence.

    In place of a candidate that is there no more stands its import.
    """

    count: int = 0
    refused: list[tuple[ImportCandidate | ImportBatch, str]] = field(default_factory=list)


def reject_some(viewer: Viewer, batch: ImportBatch, counters: Mapping[UUID, int]) -> Rejected:
    """Put the candidates of `batch` aside, with the counters that were seen.

    Each by itself: one that is refused, or is there no more, stops no other. Raises NotAllowed.
    """
    rejected = Rejected()
    for key, counter in counters.items():
        _reject_into(rejected, viewer, batch, key, counter)
    return rejected


def reject_later(viewer: Viewer, batch: ImportBatch, counters: Mapping[UUID, int]) -> Job:
    """Do what `reject_some` does in the background; return the job."""
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    seen = {str(key): counter for key, counter in counters.items()}
    arguments = {"batch": str(batch.id), "candidates": seen}
    return enqueue(viewer, "import.reject", arguments, subject=batch.id)


@work("import.reject", label=gettext_lazy("Rejecting articles"))
def reject_in_background(job: Job, progress: Progress) -> str:
    """Put aside the candidates that the job names; those that were put aside before stay so."""
    viewer = viewer_of(job.started_by) if job.started_by else SYSTEM
    batch = ImportBatch.objects.get(pk=job.arguments["batch"])
    progress.of(len(job.arguments["candidates"]))
    rejected = Rejected()
    for key, counter in job.arguments["candidates"].items():
        _reject_into(rejected, viewer, batch, UUID(key), counter)
        progress.step()
    return outcome(rejected)


def outcome(rejected: Rejected) -> str:
    """Return in a sentence how many were put aside."""
    words = ngettext(
        "%(count)d article is rejected. It stays listed here and can be brought back.",
        "%(count)d articles are rejected. They stay listed here and can be brought back.",
        rejected.count,
    )
    return words % {"count": rejected.count}


def _reject_into(
    rejected: Rejected, viewer: Viewer, batch: ImportBatch, key: UUID, counter: int
) -> None:
    rows = ImportCandidate.objects.filter(batch=batch).select_related("source")
    candidate = rows.only("position", "source__name", "batch").filter(pk=key).first()
    if candidate is None:
        rejected.refused.append((batch, joined_meanwhile().message))
        return
    try:
        reject(viewer, candidate, counter=counter)
    except (NotAllowed, SignInNeeded):
        raise
    except Refused as refusal:
        rejected.refused.append((candidate, refusal.message))
    else:
        rejected.count += 1
