"""A page of the library: which articles, in which order, and how else it can be narrowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, QuerySet
from django.utils.http import urlencode

from corpus.access import visible_articles
from corpus.extensions import (
    Choice,
    LibraryFacet,
    library_facets,
    library_sorts,
)
from corpus.models import Article
from corpus.permissions import Viewer
from corpus.queries.facets import SIGHT, facet_choices
from corpus.queries.rows import Row, rows_of

PAGE_SIZE = 12
DEFAULT_SORT = "date"


@dataclass(frozen=True)
class FacetLink:
    """A value of a facet as a link: `query` chooses it, or takes it back when chosen."""

    label: str
    count: int
    slot: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A way to narrow the list, with its values."""

    label: str
    links: Sequence[FacetLink]


@dataclass(frozen=True)
class Pill:
    """A chosen value; `query` is the address without it."""

    facet: str
    label: str
    query: str


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
    chosen = {facet.key: wanted[facet.key] for facet in library_facets if wanted.get(facet.key)}
    sorts = {sort.key: sort for sort in library_sorts}
    sort = wanted.get("sort", DEFAULT_SORT)
    sort = sort if sort in sorts else DEFAULT_SORT
    articles = sorts[sort].arrange(viewer, _narrowed(viewer, chosen))
    page = Paginator(articles.select_related("outlet"), PAGE_SIZE).get_page(wanted.get("page"))
    facets = [_facet(viewer, facet, chosen, sort) for facet in library_facets]
    return Library(
        page=page,
        rows=rows_of(viewer, list(page.object_list)),
        facets=[facet for facet, _ in facets if facet.links],
        pills=[pill for _, pill in facets if pill is not None],
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


def _narrowed(viewer: Viewer, chosen: Mapping[str, str], but: str = "") -> QuerySet[Article]:
    """Return the articles with all the chosen values; `but` is a facet to leave open.

    What readers do not see is left out for curators too, unless they ask for it.
    """
    articles = visible_articles(viewer)
    if SIGHT not in chosen and but != SIGHT:
        articles = articles.filter(is_hidden=False)
    for facet in library_facets:
        if facet.key in chosen and facet.key != but:
            articles = facet.narrow(viewer, articles, chosen[facet.key])
    return articles


def _facet(
    viewer: Viewer, facet: LibraryFacet, chosen: Mapping[str, str], sort: str
) -> tuple[Facet, Pill | None]:
    value = chosen.get(facet.key)
    others = {key: kept for key, kept in chosen.items() if key != facet.key}
    choices = facet_choices(facet, viewer, _narrowed(viewer, chosen, but=facet.key), value)
    links = [_facet_link(facet.key, choice, value, others, sort) for choice in choices]
    label = next((choice.label for choice in choices if choice.value == value), value or "")
    pill = Pill(str(facet.label), label, _query(others, sort)) if value else None
    return Facet(str(facet.label), links), pill


def _facet_link(
    key: str, choice: Choice, chosen: str | None, others: Mapping[str, str], sort: str
) -> FacetLink:
    is_chosen = choice.value == chosen
    then = others if is_chosen else {**others, key: choice.value}
    return FacetLink(choice.label, choice.count, choice.slot, _query(then, sort), is_chosen)


def _query(chosen: Mapping[str, str], sort: str) -> str:
    """Return the query string, its keys in a fixed order so that a list has one address."""
    fields = sorted(chosen.items())
    return urlencode([*fields, ("sort", sort)] if sort != DEFAULT_SORT else fields)
