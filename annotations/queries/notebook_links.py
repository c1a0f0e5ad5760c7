"""The links of a reader that stand at no highlight of theirs."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.access import visible_links
from annotations.models import Link
from annotations.queries.entries import CHUNK
from annotations.queries.keyset import behind
from annotations.queries.notebook import Wanted, own_annotations, written_between
from corpus.access import article_ids_in
from corpus.permissions import Viewer

# Those that a page shows; all of them stand in the table of links and in the files.
MOST_SHOWN = 50

_ORDER = ("created_at", "id")


def other_links(viewer: Viewer, wanted: Wanted) -> QuerySet[Link]:
    """Return the own links between articles and others' highlights as `wanted`, oldest first.

    Those at an own highlight are found with it. They have no claim of their own, so none is
    left where a claim or a stance is asked for.
    """
    if viewer.user_id is None or wanted.claim or wanted.stance:
        return Link.objects.none()
    at_own = own_annotations(viewer).filter(
        Q(pk=OuterRef("from_annotation")) | Q(pk=OuterRef("to_annotation"))
    )
    found = visible_links(viewer).filter(~Exists(at_own), creator_id=viewer.user_id)
    if wanted.words:
        said = Q(note__icontains=wanted.words) | Q(from_article__title__icontains=wanted.words)
        found = found.filter(said | Q(to_article__title__icontains=wanted.words))
    if wanted.within is not None:
        ids = article_ids_in(wanted.within)
        found = found.filter(Q(from_article_id__in=ids) | Q(to_article_id__in=ids))
    if wanted.has_note is not None:
        without = Q(note="")
        found = found.filter(~without if wanted.has_note else without)
    between = written_between(wanted.since, wanted.until)
    return found.filter(between).select_related(*Link.STANDS_ON).order_by(*_ORDER)


def all_links(links: QuerySet[Link]) -> Iterator[Link]:
    """Yield each of `links`, which come from `other_links`, with what its article is cited by."""
    cited = links.select_related(*Link.STANDS_ON, "from_article__outlet", "creator__profile")
    whole = cited.prefetch_related("from_article__authorships__agent")
    chunk = list(whole[:CHUNK])
    while chunk:
        yield from chunk
        last = chunk[-1]
        chunk = list(whole.filter(behind(_ORDER, (last.created_at, last.id)))[:CHUNK])
