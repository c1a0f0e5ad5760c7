"""The files that a curator asked for."""

from django.db.models import QuerySet

from corpus.models import Job
from corpus.permissions import Viewer

# Older ones are in the list of all background work.
_MOST = 20


def exports_of(viewer: Viewer, kind: str) -> QuerySet[Job]:
    """Return what `viewer` asked for lately, the newest first."""
    asked = Job.objects.filter(kind=kind, started_by_id=viewer.user_id)
    return asked.order_by("-created_at", "-id")[:_MOST]
