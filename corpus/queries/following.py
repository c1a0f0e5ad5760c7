"""The feeds that are followed, and how they are."""

from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.http import Http404

from corpus.models import Fetch, ImportCandidate, Subscription
from corpus.permissions import Viewer, allowed


def feeds_followed(viewer: Viewer) -> QuerySet[Subscription]:
    """Return the feeds in the order in which they were followed; none for who may not import.

    Each has `last_batch`, the key of the newest import that came of it or None, and
    `pending_count`, how many of its entries wait to be checked.
    """
    if not allowed(viewer, "article.import"):
        return Subscription.objects.none()
    newest = Fetch.objects.filter(address=OuterRef("address")).order_by("-at")
    waits = Q(address__fetches__batch__candidates__state=ImportCandidate.State.PENDING)
    candidates = Count("address__fetches__batch__candidates", filter=waits, distinct=True)
    return (
        Subscription.objects.select_related("address")
        .annotate(
            last_batch=Subquery(newest.values("batch")[:1], output_field=UUIDField()),
            pending_count=candidates,
        )
        .order_by("created_at", "pk")
    )


def feed_or_404(viewer: Viewer, feed_id: UUID) -> Subscription:
    """Return a feed that is followed; raises Http404 for absent and forbidden alike."""
    found = feeds_followed(viewer).filter(pk=feed_id).first()
    if found is None:
        raise Http404
    return found
