"""The passages of a claim to choose from, for putting them under another."""

from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.access import recodable_occurrences
from annotations.models import Claim, ClaimOccurrence
from annotations.timeline import Stance
from corpus.permissions import Viewer

PAGE_SIZE = 100


def passages_to_move(
    viewer: Viewer, claim: Claim, *, stance: Stance | None = None, words: str = ""
) -> QuerySet[ClaimOccurrence]:
    """Return the tags of `claim` that `viewer` may put under another claim, by article date.

    `stance` limits them to one, `words` to those that stand in the passage, in what was
    noted on it, or in the title of the article.
    """
    found = recodable_occurrences(viewer).filter(tag=claim)
    if stance is not None:
        found = found.filter(stance=stance)
    if words:
        held = Q(content_object__exact__icontains=words)
        held |= Q(content_object__note__icontains=words)
        held |= Q(content_object__article__title__icontains=words)
        found = found.filter(held)
    whole = found.select_related("speaker", *_HIGHLIGHT)
    article = "content_object__article__"
    return whole.order_by(f"{article}published_on", f"{article}slug", "content_object__start", "id")


def keys_to_move(rows: QuerySet[ClaimOccurrence], most: int) -> list[UUID]:
    """Return the keys of `rows`, of passages_to_move, at most `most` of them."""
    return list(rows.values_list("pk", flat=True)[:most])


_HIGHLIGHT = ("content_object__article__outlet", "content_object__creator__profile")
