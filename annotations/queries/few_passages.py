"""A few passages of each of two claims that may be one, to tell by what they are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from annotations.access import visible_occurrences
from annotations.models import Annotation, Suggestion
from corpus.permissions import Viewer

_MOST = 2


def passages_of_alike(
    viewer: Viewer, suggestions: Collection[Suggestion], things: Mapping[UUID, object]
) -> Mapping[UUID, Sequence[Sequence[Annotation]]]:
    """Return the newest passages of both claims of each suggestion that they say the same.

    They are by the key of the suggestion, at most two that `viewer` sees of each claim, none of
    one with a statement; `things` are the claims by their keys. A suggestion of two claims
    without any is not in it. One query for all.
    """
    pairs = {
        row.pk: (row.subject_id, row.object_id)
        for row in suggestions
        if row.kind == Suggestion.Kind.DUPLICATE_CLAIM
    }
    claims = {key for pair in pairs.values() for key in pair}
    bare = {key for key in claims if not getattr(things.get(key), "statement", "")}
    few = _newest(viewer, bare) if bare else {}
    found = {row: [few.get(key, ()) for key in pair] for row, pair in pairs.items()}
    return {row: both for row, both in found.items() if any(both)}


def _newest(viewer: Viewer, claims: Collection[UUID]) -> Mapping[UUID, Sequence[Annotation]]:
    newest = [F("created_at").desc(), F("id").asc()]
    place = Window(RowNumber(), partition_by=[F("tag_id")], order_by=newest)
    marked = visible_occurrences(viewer).filter(tag__in=claims, content_object__start__isnull=False)
    rows = marked.annotate(place=place).filter(place__lte=_MOST).order_by("place")
    found: dict[UUID, list[Annotation]] = defaultdict(list)
    for row in rows.select_related("content_object__article"):
        found[row.tag_id].append(row.content_object)
    return found
