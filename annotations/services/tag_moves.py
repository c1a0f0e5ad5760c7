"""Bringing the tags back that ended where a highlight would have carried a claim twice."""

from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.services.occurrences import as_it_was
from annotations.services.telling import describe, tell
from corpus.models import Event


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
