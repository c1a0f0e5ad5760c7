"""What the pages of collections show, and where an article stands in one of them.

Only articles that the viewer may read, or know of where they are only linked to, are listed,
counted and stepped through.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.http import urlencode

from corpus.access import kept_collections, known_articles, known_q, visible_collections
from corpus.models import Article, Collection, CollectionItem, Group
from corpus.permissions import Viewer, can_edit_collection
from corpus.queries.readings import read_by
from corpus.queries.rows import Row, rows_of

PAGE_SIZE = 100


@dataclass(frozen=True)
class CollectionRow:
    """A collection in a list, with how much there is to read in it."""

    collection: Collection
    count: int
    word_count: int


@dataclass(frozen=True)
class PlacedRow:
    """An article in a collection: `place` counts from 1 among those that are shown."""

    place: int
    row: Row


@dataclass(frozen=True)
class CollectionPage:
    """Everything that the page of a collection shows; `first` is None when it is empty.

    `read_count` is how many of its articles the viewer has read.
    """

    collection: Collection
    page: "Page[Article]"
    rows: Sequence[PlacedRow]
    word_count: int
    read_count: int
    first: Article | None
    can_edit: bool

    @property
    def count(self) -> int:
        """Return how many articles there are to read in it."""
        return self.page.paginator.count


@dataclass(frozen=True)
class Stop:
    """An article beside the one on the page; its address keeps the collection.

    `is_read` says whether the viewer has read it.
    """

    title: str
    url: str
    is_read: bool = False


@dataclass(frozen=True)
class Step:
    """Where one stands who reads through a collection; `place` counts from 1.

    `read_count` is how many of its `count` articles the viewer has read.
    """

    collection: Collection
    place: int
    count: int
    read_count: int
    previous: Stop | None
    next: Stop | None


def collection_rows(viewer: Viewer, group: Group | None = None) -> list[CollectionRow]:
    """Return the collections that `viewer` sees, or those of `group`, by title; one query."""
    items = CollectionItem.objects.filter(known_q(viewer, "article__"), collection=OuterRef("pk"))
    each = items.order_by().values("collection")
    counted = each.annotate(n=Count("pk")).values("n")
    words = each.annotate(n=Sum("article__current_version__word_count")).values("n")
    number = IntegerField()
    found = visible_collections(viewer).select_related("group").order_by("title", "slug")
    if group is not None:
        found = found.filter(group=group)
    rows = found.annotate(
        article_count=Coalesce(Subquery(counted, output_field=number), 0),
        word_count=Coalesce(Subquery(words, output_field=number), 0),
    )
    return [CollectionRow(row, row.article_count, row.word_count) for row in rows]


def collection_page(viewer: Viewer, collection: Collection, number: str) -> CollectionPage:
    """Return what page `number` of `collection` shows, its articles in their order."""
    articles = articles_of(viewer, collection)
    size = articles.order_by().aggregate(
        words=Sum("current_version__word_count"), read=Count("pk", filter=read_by(viewer))
    )
    page = Paginator(articles.select_related("outlet"), PAGE_SIZE).get_page(number)
    shown = list(page.object_list)
    first = shown[0] if shown and page.number == 1 else articles.first()
    rows = rows_of(viewer, shown)
    start = page.start_index()
    return CollectionPage(
        collection=collection,
        page=page,
        rows=[PlacedRow(start + index, row) for index, row in enumerate(rows)],
        word_count=size["words"] or 0,
        read_count=size["read"],
        first=first,
        can_edit=can_edit_collection(viewer, collection),
    )


def articles_of(viewer: Viewer, collection: Collection) -> QuerySet[Article]:
    """Return the articles in `collection` that `viewer` may read or know of, in their order."""
    within = known_articles(viewer).filter(collection_items__collection=collection)
    return within.order_by("collection_items__position", "collection_items__id")


def step_in(viewer: Viewer, collection: Collection | None, article: Article) -> Step | None:
    """Return where `article` stands in `collection`, None where it does not stand in it."""
    if collection is None:
        return None
    articles = articles_of(viewer, collection).annotate(is_read=read_by(viewer))
    stops = list(articles.values_list("slug", "title", "is_read"))
    place = next((at for at, stop in enumerate(stops) if stop[0] == article.slug), None)
    if place is None:
        return None
    return Step(
        collection=collection,
        place=place + 1,
        count=len(stops),
        read_count=sum(stop[2] for stop in stops),
        previous=_stop(collection, *stops[place - 1]) if place else None,
        next=_stop(collection, *stops[place + 1]) if place + 1 < len(stops) else None,
    )


def place_in(collection: Collection, article: Article) -> int:
    """Return the place of `article` in `collection`, counted from 1, 0 where it has none."""
    found = CollectionItem.objects.filter(collection=collection, article=article)
    return found.values_list("position", flat=True).first() or 0


def collections_taken_away(viewer: Viewer) -> QuerySet[Collection]:
    """Return the collections that `viewer` may bring back, the last taken away first."""
    found = kept_collections(viewer).filter(deleted_at__isnull=False)
    found = found.order_by("-deleted_at", "slug")
    if viewer.is_staff:
        return found
    return found.filter(group_id__in=viewer.tended_ids)


def collections_with(viewer: Viewer, article: Article) -> QuerySet[Collection]:
    """Return the collections that `viewer` sees and `article` stands in, by title."""
    return visible_collections(viewer).filter(items__article=article).order_by("title", "slug")


def article_taken_out(viewer: Viewer, collection: Collection, slug: str) -> Article | None:
    """Return the article at `slug` when `viewer` may put it (back) into `collection`."""
    if not slug or not can_edit_collection(viewer, collection):
        return None
    others = known_articles(viewer).exclude(collection_items__collection=collection)
    return others.filter(slug=slug).first()


def collections_to_add_to(viewer: Viewer) -> QuerySet[Collection]:
    """Return the collections that `viewer` may put articles into, by title."""
    found = visible_collections(viewer).order_by("title", "slug")
    return found if viewer.is_staff else found.filter(group_id__in=viewer.tended_ids)


def groups_to_collect_for(viewer: Viewer, kept: UUID | None = None) -> QuerySet[Group]:
    """Return the groups that `viewer` may make a collection for, by name.

    The one with the key `kept`, for which a collection is already, is there though deleted.
    """
    groups = Group.objects.filter(Q(deleted_at__isnull=True) | Q(pk=kept)).order_by("name")
    return groups if viewer.is_staff else groups.filter(pk__in=viewer.tended_ids)


def group_to_collect_for(viewer: Viewer, slug: str) -> Group | None:
    """Return the group at `slug` if `viewer` may make a collection for it, or None."""
    return groups_to_collect_for(viewer).filter(slug=slug).first() if slug else None


def address_within(article_url: str, collection: Collection) -> str:
    """Return the address of an article, or of a place in it, that is read in `collection`."""
    parts = urlsplit(article_url)
    query = "&".join(filter(None, [parts.query, urlencode({"in": collection.slug})]))
    return urlunsplit(parts._replace(query=query))


def _stop(collection: Collection, slug: str, title: str, is_read: bool) -> Stop:
    return Stop(title, address_within(reverse("article", args=[slug]), collection), is_read)
