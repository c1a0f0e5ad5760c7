"""Ending the tags of highlights that would carry a claim twice, and bringing those back."""

from uuid import UUID

from django.db.models import QuerySet

from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.services.occurrences import as_it_was
from annotations.services.telling import describe, tell, whole
from corpus.models import Event


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


def put_back(actor_id: int | None, claim: Claim, ended: Event) -> bool:
    """Tag `claim` as it was when `ended` told that it was taken away; say whether it was done.

    It is not when the highlight carries the claim again, or the tag stands elsewhere.
    """
    highlight = Annotation.objects.select_related("article").filter(pk=ended.subject_id).first()
    is_there = ClaimOccurrence.objects.filter(pk=ended.before["id"]).exists()
    if highlight is None or is_there or highlight.occurrences.filter(tag=claim).exists():
        return False
    occurrence = as_it_was(highlight, claim, ended.before)
    tell(actor_id, "annotation.tagged", highlight, after=describe(occurrence))
    return True
