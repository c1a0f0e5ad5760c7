"""A page of the library: which articles, in which order, and how else it can be narrowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, QuerySet
from django.utils.http import urlencode

from corpus.access import visible_articles
from corpus.extensions import library_sorts
from corpus.models import Article
from corpus.permissions import Viewer
from corpus.queries.facets import SIGHT
from corpus.queries.narrowing import Facet, Pill, chosen_in, facets_over, narrowed
from corpus.queries.rows import Row, rows_of

PAGE_SIZE = 12
DEFAULT_SORT = "date"


@dataclass(frozen=True)
class SortLink:
    """An order of the list as a link."""

    label: str
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Library:
    """Everything a page of the library shows; `query` is its address without the page."""

    page: "Page[Article]"
    rows: Sequence[Row]
    facets: Sequence[Facet]
    pills: Sequence[Pill]
    sorts: Sequence[SortLink]
    query: str


def library_page(viewer: Viewer, wanted: Mapping[str, str]) -> Library:
    """Return the page that `wanted`, the fields of an address, asks for.

    Keys other than those of the facets, "sort" and "page" are left out, and so is an
    unknown order. The number of queries does not grow with the articles.
    """
    chosen = chosen_in(wanted)
    sorts = {sort.key: sort for sort in library_sorts}
    sort = wanted.get("sort", DEFAULT_SORT)
    sort = sort if sort in sorts else DEFAULT_SORT
    articles = sorts[sort].arrange(viewer, _on_shelf(viewer, chosen))
    page = Paginator(articles.select_related("outlet"), PAGE_SIZE).get_page(wanted.get("page"))
    facets, pills = facets_over(
        viewer,
        chosen,
        lambda values: _query(values, sort),
        lambda key: _on_shelf(viewer, chosen, but=key),
    )
    return Library(
        page=page,
        rows=rows_of(viewer, list(page.object_list)),
        facets=facets,
        pills=pills,
        sorts=[
            SortLink(str(entry.label), _query(chosen, entry.key), entry.key == sort)
            for entry in library_sorts
        ],
        query=_query(chosen, sort),
    )


@dataclass(frozen=True)
class LibrarySize:
    """How much there is to read: years are of publication, None without any date."""

    articles: int
    outlets: int
    first_year: int | None
    last_year: int | None


def library_size(viewer: Viewer) -> LibrarySize:
    """Return how much `viewer` may read, articles out of sight not counted; one query."""
    size = (
        visible_articles(viewer)
        .filter(is_hidden=False)
        .order_by()
        .aggregate(
            articles=Count("id", distinct=True),
            outlets=Count("outlet", distinct=True),
            first=Min("published_on"),
            last=Max("published_on"),
        )
    )
    first, last = size["first"], size["last"]
    return LibrarySize(
        size["articles"],
        size["outlets"],
        first.year if first else None,
        last.year if last else None,
    )


def _on_shelf(viewer: Viewer, chosen: Mapping[str, str], but: str = "") -> QuerySet[Article]:
    """Return the articles with all the chosen values; `but` is a facet to leave open.

    What readers do not see is left out for curators too, unless they ask for it.
    """
    articles = narrowed(viewer, chosen, but)
    is_asked_for = SIGHT in chosen or but == SIGHT
    return articles if is_asked_for else articles.filter(is_hidden=False)


def _query(chosen: Mapping[str, str], sort: str) -> str:
    """Return the query string, its keys in a fixed order so that a list has one address."""
    fields = sorted(chosen.items())
    return urlencode([*fields, ("sort", sort)] if sort != DEFAULT_SORT else fields)
