"""Making collections: by hand, of an import, of what a search found."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed
from corpus.extensions import ArticleIds
from corpus.models import Article, Collection, CollectionItem, ImportBatch
from corpus.models.slugs import first_free, slug_base, unguessable
from corpus.permissions import Viewer, allowed
from corpus.queries.chosen import articles_of_batch, articles_of_search
from corpus.services.collection_details import (
    CollectionDetails,
    check_size,
    checked,
    readable,
    tell,
    told_of,
)

# The pages that make a collection stand where one of these names would.
_RESERVED = frozenset({"add", "new"})
# Curators may make collections of one title at once: each later one takes the next address.
_ATTEMPTS = 20


def create(
    viewer: Viewer,
    details: CollectionDetails,
    articles: Sequence[Article] = (),
    *,
    client_id: UUID | None = None,
) -> Collection:
    """Return a new collection of `articles` in their order.

    The same client id once more returns what is stored. Raises NotAllowed, and Invalid
    when it cannot be stored.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _create(viewer, details, articles, client_id)
        except IntegrityError:
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError


def from_batch(
    viewer: Viewer, batch: ImportBatch, details: CollectionDetails, *, client_id: UUID | None = None
) -> Collection:
    """Return a new collection of what an import brought, in the order of its files."""
    return create(viewer, details, articles_of_batch(viewer, batch), client_id=client_id)


def from_search(
    viewer: Viewer,
    typed: str,
    details: CollectionDetails,
    *,
    within: ArticleIds | None = None,
    client_id: UUID | None = None,
) -> Collection:
    """Return a new collection of the articles that answer `typed`, in the order found.

    `within` are the keys of the articles that are looked among, None for all of them.
    """
    found = articles_of_search(viewer, typed, within=within)
    return create(viewer, details, found, client_id=client_id)


def _create(
    viewer: Viewer,
    details: CollectionDetails,
    articles: Sequence[Article],
    client_id: UUID | None,
) -> Collection:
    if not allowed(viewer, "collection.edit"):
        raise NotAllowed
    known = Collection.objects.filter(pk=client_id).first() if client_id else None
    if known is not None:
        return _own(viewer, known)
    kept = checked(viewer, details)
    ids = readable(viewer, articles, ())
    check_size(len(ids))
    stored = Collection.objects.create(
        id=client_id or uuid4(),
        slug=_free_slug(kept),
        created_by_id=viewer.user_id,
        **asdict(kept),
    )
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=stored, article_id=pk, position=place)
        for place, pk in enumerate(ids, start=1)
    )
    after = {**told_of(stored), "articles": [str(pk) for pk in ids]}
    tell(viewer, "collection.created", stored, after=after)
    return stored


def _own(viewer: Viewer, known: Collection) -> Collection:
    if known.created_by_id != viewer.user_id:
        raise Invalid(_("This could not be stored. Reload the page and write it again."))
    return known


def _free_slug(kept: CollectionDetails) -> str:
    base = slug_base(kept.title, "collection")
    if kept.group_id is not None:
        return unguessable(base)
    taken = set(Collection.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return first_free(base, taken | _RESERVED)
