"""Collections: making them, what stands in them and in which order, taking them away."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus.access import article_ids_in, visible_articles
from corpus.errors import Invalid, NotAllowed, NotFound, Stale
from corpus.models import Article, Collection, CollectionItem, Event, ImportBatch
from corpus.models.slugs import first_free, slug_base
from corpus.permissions import Viewer, allowed, can_keep_collection, can_see_collection
from corpus.queries.chosen import MOST_ARTICLES, articles_of_batch, articles_of_search
from corpus.services.collection_details import CollectionDetails, as_json, checked, told_of
from corpus.services.events import record

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
    within: Collection | None = None,
    client_id: UUID | None = None,
) -> Collection:
    """Return a new collection of the articles that answer `typed`, in the order found."""
    found = articles_of_search(viewer, typed, within=within)
    return create(viewer, details, found, client_id=client_id)


def edit(
    viewer: Viewer, collection: Collection, details: CollectionDetails, *, counter: int
) -> Collection:
    """Store another title, description or group; the address stays.

    Raises NotAllowed, NotFound, Stale, Invalid.
    """
    kept = checked(details)
    with transaction.atomic():
        stored = _locked(viewer, collection, counter)
        before = told_of(stored)
        after = as_json(kept)
        if before == after:
            return stored
        for name, value in asdict(kept).items():
            setattr(stored, name, value)
        _save(stored)
        _tell(viewer, "collection.edited", stored, before=before, after=after)
        return stored


def add(
    viewer: Viewer, collection: Collection, articles: Sequence[Article], *, at: int | None = None
) -> int:
    """Put `articles` at the end, or before place `at`; return how many were not in it yet.

    What is in it already stays where it is. Nothing can be lost by it, so no counter is
    asked for. Raises NotAllowed, NotFound, Invalid.
    """
    with transaction.atomic():
        stored = _locked(viewer, collection)
        present = _order(stored)
        new = _readable(viewer, articles, present)
        if not new:
            return 0
        place = _within(at, len(present) + 1)
        _check_size(len(present) + len(new))
        CollectionItem.objects.bulk_create(
            CollectionItem(collection=stored, article_id=pk, position=0) for pk in new
        )
        _number(stored, [*present[: place - 1], *new, *present[place - 1 :]])
        _save(stored)
        after = {"articles": [str(pk) for pk in new], "place": place}
        _tell(viewer, "collection.added", stored, after=after)
        return len(new)


def remove(viewer: Viewer, collection: Collection, article: Article, *, counter: int) -> int:
    """Take `article` out and return its place, for `add` to put it back.

    Raises NotAllowed, NotFound when it is not in it, Stale.
    """
    with transaction.atomic():
        stored = _locked(viewer, collection, counter)
        order = _order(stored)
        place = _place(order, article)
        CollectionItem.objects.filter(collection=stored, article=article).delete()
        _number(stored, [pk for pk in order if pk != article.pk])
        _save(stored)
        before = {"articles": [str(article.pk)], "place": place}
        _tell(viewer, "collection.removed", stored, before=before)
        return place


def move(
    viewer: Viewer, collection: Collection, article: Article, *, to: int, counter: int
) -> Collection:
    """Put `article` at place `to`, counted from 1; one behind the last means the last.

    Raises NotAllowed, NotFound when it is not in it, Stale.
    """
    with transaction.atomic():
        stored = _locked(viewer, collection, counter)
        order = _order(stored)
        former, place = _place(order, article), _within(to, len(order))
        if place == former:
            return stored
        order.remove(article.pk)
        order.insert(place - 1, article.pk)
        _number(stored, order)
        _save(stored)
        before = {"article": str(article.pk), "place": former}
        _tell(viewer, "collection.moved", stored, before=before, after={**before, "place": place})
        return stored


def delete(viewer: Viewer, collection: Collection, *, counter: int) -> Collection:
    """Take the collection away; its articles stay. Twice is harmless.

    Raises NotAllowed, Stale.
    """
    with transaction.atomic():
        stored = _kept(viewer, collection)
        if stored.deleted_at is not None:
            return stored
        _check_counter(stored, counter)
        stored.deleted_at = timezone.now()
        _save(stored)
        _tell(viewer, "collection.deleted", stored, before=told_of(stored))
        return stored


def restore(viewer: Viewer, collection: Collection) -> Collection:
    """Bring back a collection that was taken away, as it was. Twice is harmless."""
    with transaction.atomic():
        stored = _kept(viewer, collection)
        if stored.deleted_at is None:
            return stored
        stored.deleted_at = None
        _save(stored)
        _tell(viewer, "collection.restored", stored, after=told_of(stored))
        return stored


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
    kept = checked(details)
    ids = _readable(viewer, articles, ())
    _check_size(len(ids))
    stored = Collection.objects.create(
        id=client_id or uuid4(),
        slug=_free_slug(kept.title),
        created_by_id=viewer.user_id,
        **asdict(kept),
    )
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=stored, article_id=pk, position=place)
        for place, pk in enumerate(ids, start=1)
    )
    after = {**told_of(stored), "articles": [str(pk) for pk in ids]}
    _tell(viewer, "collection.created", stored, after=after)
    return stored


def _own(viewer: Viewer, known: Collection) -> Collection:
    if known.created_by_id != viewer.user_id:
        raise Invalid(_("This could not be stored. Reload the page and write it again."))
    return known


def _free_slug(title: str) -> str:
    base = slug_base(title, "collection")
    taken = set(Collection.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return first_free(base, taken | _RESERVED)


def _kept(viewer: Viewer, collection: Collection) -> Collection:
    """Return the collection as it is stored now, locked until the transaction ends."""
    if not allowed(viewer, "collection.edit"):
        raise NotAllowed
    stored = Collection.objects.select_for_update(of=("self",)).filter(pk=collection.pk).first()
    if stored is None or not can_keep_collection(viewer, stored):
        raise NotFound
    return stored


def _locked(viewer: Viewer, collection: Collection, counter: int | None = None) -> Collection:
    """Return what `_kept` does; raises NotFound if it is taken away, Stale for another counter."""
    stored = _kept(viewer, collection)
    if not can_see_collection(viewer, stored):
        raise NotFound
    if counter is not None:
        _check_counter(stored, counter)
    return stored


def _check_counter(stored: Collection, seen: int) -> None:
    if stored.counter != seen:
        order = stored.items.order_by("position", "id").values_list("article__slug", flat=True)
        raise Stale({**told_of(stored), "order": list(order), "counter": stored.counter})


def _save(stored: Collection) -> None:
    stored.counter += 1
    stored.save()


def _order(stored: Collection) -> list[UUID]:
    return list(article_ids_in(stored).order_by("position", "id"))


def _place(order: Sequence[UUID], article: Article) -> int:
    if article.pk not in order:
        raise NotFound
    return order.index(article.pk) + 1


def _within(place: int | None, last: int) -> int:
    return last if place is None else max(1, min(place, last))


def _number(stored: Collection, order: Sequence[UUID]) -> None:
    """Store the places, counted from 1 without gaps, of what stands elsewhere now."""
    places = {pk: place for place, pk in enumerate(order, start=1)}
    changed = []
    for item in stored.items.all():
        if item.position != places[item.article_id]:
            item.position = places[item.article_id]
            changed.append(item)
    CollectionItem.objects.bulk_update(changed, ["position"])


def _readable(viewer: Viewer, articles: Sequence[Article], present: Sequence[UUID]) -> list[UUID]:
    """Return the keys, each once, of the articles that may be read and are not `present`."""
    wanted = dict.fromkeys(article.pk for article in articles)
    known = set(visible_articles(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    return [pk for pk in wanted if pk in known and pk not in set(present)]


def _check_size(size: int) -> None:
    if size > MOST_ARTICLES:
        sentence = _(
            "A collection holds at most %(limit)d articles, and this one would have %(size)d. "
            "Nothing was changed."
        )
        raise Invalid(sentence % {"limit": MOST_ARTICLES, "size": size})


def _tell(
    viewer: Viewer,
    verb: str,
    collection: Collection,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    staff = Event.Audience.STAFF
    record(viewer.user_id, verb, collection, audience=staff, before=before, after=after)
