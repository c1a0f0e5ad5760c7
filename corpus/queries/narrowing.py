"""Narrowing a list of articles by facets: which are chosen, and what else can be chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from corpus.access import article_ids_in, visible_articles
from corpus.extensions import ArticleIds, Choice, LibraryFacet, library_facets
from corpus.models import Article, Collection
from corpus.permissions import Viewer
from corpus.queries.facets import facet_choices

Addressed = Callable[[Mapping[str, str]], str]
"""Writes the query string of a page on which these values are chosen."""


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

    @property
    def text(self) -> str:
        """Return it in words: "Outlet: The Paper"."""
        return f"{self.facet}: {self.label}"


def chosen_in(wanted: Mapping[str, str], *, but: str = "") -> dict[str, str]:
    """Return the values of facets among the fields of an address; `but` is one to pass over."""
    keys = [facet.key for facet in library_facets if facet.key != but]
    return {key: wanted[key] for key in keys if wanted.get(key)}


def narrowed(viewer: Viewer, chosen: Mapping[str, str], but: str = "") -> QuerySet[Article]:
    """Return the readable articles with all the chosen values; `but` is a facet to leave open."""
    articles = visible_articles(viewer)
    for facet in library_facets:
        if facet.key in chosen and facet.key != but:
            articles = facet.narrow(viewer, articles, chosen[facet.key])
    return articles


def looked_among(
    viewer: Viewer, within: Collection | None, chosen: Mapping[str, str]
) -> ArticleIds | None:
    """Return the keys of the articles that are looked among, None for all of them.

    They are those of the collection `within`, if one is given, with all the chosen values.
    """
    if not chosen:
        return None if within is None else article_ids_in(within)
    articles = narrowed(viewer, chosen).order_by()
    if within is not None:
        articles = articles.filter(pk__in=article_ids_in(within))
    return articles.values_list("pk", flat=True)


def facets_over(
    viewer: Viewer,
    chosen: Mapping[str, str],
    addressed: Addressed,
    among: Callable[[str], QuerySet[Article]],
    *,
    but: str = "",
) -> tuple[list[Facet], list[Pill]]:
    """Return the facets that have something to choose, and what is chosen.

    `among` returns the articles whose values a facet offers, by its key; `but` is the key of
    a facet to pass over.
    """
    facets, pills = [], []
    for facet in library_facets:
        if facet.key == but:
            continue
        value = chosen.get(facet.key)
        choices = facet_choices(facet, viewer, among(facet.key), value)
        others = {key: kept for key, kept in chosen.items() if key != facet.key}
        links = [_link(facet, choice, value, others, addressed) for choice in choices]
        if links:
            facets.append(Facet(str(facet.label), links))
        if value:
            label = next((choice.label for choice in choices if choice.value == value), value)
            pills.append(Pill(str(facet.label), label, addressed(others)))
    return facets, pills


def _link(
    facet: LibraryFacet,
    choice: Choice,
    chosen: str | None,
    others: Mapping[str, str],
    addressed: Addressed,
) -> FacetLink:
    is_chosen = choice.value == chosen
    then = others if is_chosen else {**others, facet.key: choice.value}
    return FacetLink(choice.label, choice.count, choice.slot, addressed(then), is_chosen)
