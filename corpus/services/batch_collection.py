"""The collection that an import makes of its articles: the chapters of a book, in their order."""

from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from corpus.errors import Refused
from corpus.models import Article, Collection, ImportBatch
from corpus.permissions import Viewer
from corpus.queries.chosen import articles_of_batch
from corpus.services import collections
from corpus.services.collection_details import MAX_TITLE, CollectionDetails
from corpus.services.collection_making import create


def collect(viewer: Viewer, batch: ImportBatch, title: str) -> str:
    """Let the articles of the import stand in a collection of its own, in the order of its files.

    It is made where there is none yet, called `title`; what came in since is put in its place.
    Return a sentence that says what was done, or why not; "" when nothing was to be.
    """
    try:
        with transaction.atomic():
            stored = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
            articles = articles_of_batch(viewer, stored)
            if not articles:
                return ""
            if stored.collection is None:
                details = CollectionDetails(title[:MAX_TITLE])
                stored.collection = create(viewer, details, articles)
                stored.save(update_fields=["collection"])
            else:
                collections.restore(viewer, stored.collection)
                _put_in_place(viewer, stored.collection, articles)
    except Refused as refusal:
        return refusal.message
    return _("They stand in the collection “%(title)s”.") % {"title": stored.collection.title}


def take_away(viewer: Viewer, batch: ImportBatch) -> None:
    """Take away the collection of an import that was undone, unless others put articles into it.

    It comes back when the articles are added again.
    """
    collection = batch.collection
    if collection is None or collection.deleted_at is not None:
        return
    own = Q(article__in=batch.candidates.exclude(article=None).values("article"))
    own |= Q(article__in=batch.candidates.exclude(updates=None).values("updates"))
    if collection.items.exclude(own).exists():
        return
    # One that was given to a group since is that group's to take away.
    with suppress(Refused):
        collections.delete(viewer, collection, counter=collection.counter)


def _put_in_place(viewer: Viewer, collection: Collection, articles: Sequence[Article]) -> None:
    """Put what is not in the collection yet behind what stands before it in the import."""
    places = dict(collection.items.values_list("article", "position"))
    before = 0
    for article in articles:
        if article.pk not in places:
            collections.add(viewer, collection, [article], at=before + 1)
            places = dict(collection.items.values_list("article", "position"))
        before = places.get(article.pk, before)
