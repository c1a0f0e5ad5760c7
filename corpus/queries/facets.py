"""The ways to narrow and to order the library that need nothing but the corpus."""

import re
from collections.abc import Sequence

from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpus.access import article_ids_in, collection_at, visible_collections
from corpus.extensions import (
    Choice,
    ChosenAction,
    LibraryFacet,
    LibrarySort,
    LimitedPage,
    NavigationEntry,
    chosen_actions,
    library_facets,
    library_sorts,
    limited_pages,
    navigation_entries,
)
from corpus.models import Article, CollectionItem
from corpus.permissions import Viewer
from corpus.queries.readings import in_state, state_choices

# Values of a facet that are offered; a chosen one always is.
MOST_CHOICES = 12
# What stands in the address of the library for articles that readers do not see.
SIGHT, HIDDEN = "sight", "hidden"
# The facet that a search has under another name: it looks in a collection.
COLLECTION = "collection"
# What stands in the address for articles without a date.
_NO_YEAR = "unknown"
# int() takes other digits too, and the database no year 0.
_YEAR = re.compile("(?!0000)[0-9]{4}")


def register() -> None:
    """Add what this app itself offers; called once, when it is ready."""
    navigation_entries.add(
        NavigationEntry("library", gettext_lazy("Library"), 10, within=("article",))
    )
    navigation_entries.add(
        NavigationEntry(
            "collections",
            gettext_lazy("Collections"),
            15,
            within=("collection", "collection_new", "collection_add", "collection_edit"),
        )
    )
    navigation_entries.add(
        NavigationEntry(
            "imports",
            gettext_lazy("Add a text"),
            40,
            within=("import_batch", "candidate", "feeds_followed"),
            is_for_staff=True,
        )
    )
    chosen_actions.add(
        ChosenAction("chosen_reading", gettext_lazy("Read or unread"), 30, is_for_accounts=True)
    )
    limited_pages.add(LimitedPage("search", gettext_lazy("Search in it"), 10))
    library_facets.add(
        LibraryFacet("reading", gettext_lazy("Your reading"), 5, in_state, state_choices)
    )
    library_facets.add(LibraryFacet("topic", gettext_lazy("Topic"), 10, _with_topic, _topics))
    library_facets.add(LibraryFacet("outlet", gettext_lazy("Outlet"), 30, _of_outlet, _outlets))
    library_facets.add(LibraryFacet("year", gettext_lazy("Year"), 40, _of_year, _years))
    library_facets.add(
        LibraryFacet(COLLECTION, gettext_lazy("Collection"), 50, _in_collection, _collections)
    )
    library_facets.add(LibraryFacet(SIGHT, gettext_lazy("For curators"), 60, _in_sight, _unseen))
    library_sorts.add(LibrarySort("date", gettext_lazy("Date"), 10, _by_date))
    library_sorts.add(LibrarySort("title", gettext_lazy("Title"), 40, _by_title))


def facet_choices(
    facet: LibraryFacet, viewer: Viewer, articles: QuerySet[Article], chosen: str | None
) -> Sequence[Choice]:
    """Return the values of `facet` to offer: the first ones and the chosen one."""
    choices = facet.choices(viewer, articles)
    offered = choices[:MOST_CHOICES]
    return [*offered, *(item for item in choices[MOST_CHOICES:] if item.value == chosen)]


def _with_topic(viewer: Viewer, articles: QuerySet[Article], slug: str) -> QuerySet[Article]:
    return articles.filter(topic_items__tag__slug=slug).distinct()


def _topics(viewer: Viewer, articles: QuerySet[Article]) -> Sequence[Choice]:
    rows = (
        Article.topics.through.objects.filter(content_object__in=articles.order_by().values("id"))
        .values_list("tag__slug", "tag__name")
        .annotate(found=Count("content_object", distinct=True))
        .order_by("-found", "tag__name")
    )
    return [Choice(slug, name, found) for slug, name, found in rows]


def _of_outlet(viewer: Viewer, articles: QuerySet[Article], slug: str) -> QuerySet[Article]:
    return articles.filter(outlet__slug=slug)


def _outlets(viewer: Viewer, articles: QuerySet[Article]) -> Sequence[Choice]:
    rows = (
        articles.filter(outlet__isnull=False)
        .order_by()
        .values_list("outlet__slug", "outlet__name")
        .annotate(found=Count("id", distinct=True))
        .order_by("-found", "outlet__name")
    )
    return [Choice(slug, name, found) for slug, name, found in rows]


def _of_year(viewer: Viewer, articles: QuerySet[Article], year: str) -> QuerySet[Article]:
    if year == _NO_YEAR:
        return articles.filter(published_on__isnull=True)
    if not _YEAR.fullmatch(year):
        return articles.none()
    return articles.filter(published_on__year=int(year))


def _years(viewer: Viewer, articles: QuerySet[Article]) -> Sequence[Choice]:
    rows = (
        articles.order_by()
        .annotate(year=ExtractYear("published_on"))
        .values_list("year")
        .annotate(found=Count("id", distinct=True))
        .order_by(F("year").desc(nulls_last=True))
    )
    return [
        Choice(_NO_YEAR, _("no exact date"), found)
        if year is None
        else Choice(f"{year:04}", f"{year:04}", found)
        for year, found in rows
    ]


def _in_collection(viewer: Viewer, articles: QuerySet[Article], slug: str) -> QuerySet[Article]:
    collection = collection_at(viewer, slug)
    return articles.filter(id__in=article_ids_in(collection)) if collection else articles.none()


def _collections(viewer: Viewer, articles: QuerySet[Article]) -> Sequence[Choice]:
    rows = (
        CollectionItem.objects.filter(
            collection__in=visible_collections(viewer),
            article__in=articles.order_by().values("id"),
        )
        .order_by()
        .values_list("collection__slug", "collection__title")
        .annotate(found=Count("article"))
        .order_by("-found", "collection__title")
    )
    return [Choice(slug, title, found) for slug, title, found in rows]


def _in_sight(viewer: Viewer, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
    is_wanted = viewer.is_staff and value == HIDDEN
    return articles.filter(is_hidden=True) if is_wanted else articles.none()


def _unseen(viewer: Viewer, articles: QuerySet[Article]) -> Sequence[Choice]:
    count = articles.order_by().filter(is_hidden=True).count() if viewer.is_staff else 0
    return [Choice(HIDDEN, _("Out of sight"), count)] if count else []


def _by_date(viewer: Viewer, articles: QuerySet[Article]) -> QuerySet[Article]:
    return articles.order_by(F("published_on").desc(nulls_last=True), "title", "id")


def _by_title(viewer: Viewer, articles: QuerySet[Article]) -> QuerySet[Article]:
    return articles.order_by("title", "id")
