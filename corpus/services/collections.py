"""Collections: what stands in them and in which order, taking them away."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from corpus.access import article_ids_in
from corpus.errors import NotAllowed, NotFound, Stale
from corpus.models import Article, Collection, CollectionItem
from corpus.permissions import (
    Viewer,
    allowed,
    can_edit_collection,
    can_keep_collection,
    can_see_collection,
)
from corpus.services.collection_details import (
    CollectionDetails,
    as_json,
    check_size,
    checked,
    readable,
    tell,
    told_of,
)


def edit(
    viewer: Viewer, collection: Collection, details: CollectionDetails, *, counter: int
) -> Collection:
    """Store another title, description or group; the address stays.

    Raises NotAllowed, NotFound, Stale, Invalid.
    """
    with transaction.atomic():
        stored = _locked(viewer, collection, counter)
        kept = checked(viewer, details)
        before = told_of(stored)
        after = as_json(kept)
        if before == after:
            return stored
        for name, value in asdict(kept).items():
            setattr(stored, name, value)
        _save(stored)
        tell(viewer, "collection.edited", stored, before=before, after=after)
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
        new = readable(viewer, articles, present)
        if not new:
            return 0
        place = _within(at, len(present) + 1)
        check_size(len(present) + len(new))
        CollectionItem.objects.bulk_create(
            CollectionItem(collection=stored, article_id=pk, position=0) for pk in new
        )
        _number(stored, [*present[: place - 1], *new, *present[place - 1 :]])
        _save(stored)
        after = {"articles": [str(pk) for pk in new], "place": place}
        tell(viewer, "collection.added", stored, after=after)
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
        tell(viewer, "collection.removed", stored, before=before)
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
        tell(viewer, "collection.moved", stored, before=before, after={**before, "place": place})
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
        tell(viewer, "collection.deleted", stored, before=told_of(stored))
        return stored


def restore(viewer: Viewer, collection: Collection) -> Collection:
    """Bring back a collection that was taken away, as it was. Twice is harmless."""
    with transaction.atomic():
        stored = _kept(viewer, collection)
        if stored.deleted_at is None:
            return stored
        stored.deleted_at = None
        _save(stored)
        tell(viewer, "collection.restored", stored, after=told_of(stored))
        return stored


def _kept(viewer: Viewer, collection: Collection) -> Collection:
    """Return the collection as it is stored now, locked until the transaction ends."""
    if not allowed(viewer, "collection.edit"):
        raise NotAllowed
    stored = Collection.objects.select_for_update(of=("self",)).filter(pk=collection.pk).first()
    if stored is None or not can_keep_collection(viewer, stored):
        raise NotFound
    if not can_edit_collection(viewer, stored):
        raise NotAllowed
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
