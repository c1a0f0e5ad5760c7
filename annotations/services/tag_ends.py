"""Ending the tags of highlights that would carry a claim twice."""

from uuid import UUID

from django.db.models import QuerySet

from annotations.models import ClaimOccurrence
from annotations.services.telling import tell, whole


def locked_keys(rows: QuerySet[ClaimOccurrence]) -> list[UUID]:
    """Return the keys of `rows`, locked in one order: two that move many never wait in a circle."""
    locked = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    return list(locked.values_list("pk", flat=True))


def end_tag(actor_id: int | None, occurrence: ClaimOccurrence, *, press: str) -> None:
    """Take a tag away; its Event keeps all of it, and the id of the larger write, `press`.

    The Event is for those who see the highlight.
    """
    before = whole(occurrence) | {"press": press}
    highlight = occurrence.content_object
    occurrence.delete()
    tell(actor_id, "annotation.untagged", highlight, before=before)
