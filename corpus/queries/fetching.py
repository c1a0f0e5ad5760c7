"""What came from web addresses."""

from uuid import UUID

from corpus.models import Fetch, ImportBatch, Job
from corpus.permissions import Viewer


def last_fetch(address_id: UUID | None) -> Fetch | None:
    """Return the last time that something new came from the address, or None."""
    return Fetch.objects.filter(address=address_id).order_by("-at").first()


def fetch_into(batch: ImportBatch) -> Fetch | None:
    """Return how the import came from a web address, None when it was given."""
    return Fetch.objects.filter(batch=batch).select_related("address__subscription").first()


def fetch_of(job: Job) -> Fetch | None:
    """Return what new came of the work that fetches an address, or None."""
    last = last_fetch(job.subject) if job.kind == "address.fetch" else None
    return last if last and last.at >= job.created_at else None


def newest_own_fetch(viewer: Viewer) -> str:
    """Return the id of the work by which `viewer` last let an address be fetched, "" for none."""
    own = Job.objects.filter(kind="address.fetch", started_by_id=viewer.user_id)
    newest = own.order_by("-created_at").values_list("pk", flat=True).first()
    return str(newest or "")
