"""What came from web addresses."""

from uuid import UUID

from corpus.models import Fetch, ImportBatch, Job


def last_fetch(address_id: UUID | None) -> Fetch | None:
    """Return the last time that something new came from the address, or None."""
    return Fetch.objects.filter(address=address_id).order_by("-at").first()


def fetch_into(batch: ImportBatch) -> Fetch | None:
    """Return how the import came from a web address, None when it was given."""
    return Fetch.objects.filter(batch=batch).select_related("address").first()


def fetch_of(job: Job) -> Fetch | None:
    """Return what new came of the work that fetches an address, or None."""
    last = last_fetch(job.subject) if job.kind == "address.fetch" else None
    return last if last and last.at >= job.created_at else None
