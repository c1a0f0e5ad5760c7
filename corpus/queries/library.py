"""A page of the library: which articles, in which order, and how else it can be narrowed."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import Substr
from django.utils.http import urlencode

from corpus.access import visible_articles
from corpus.extensions import (
    Choice,
    LibraryFacet,
    RowMarks,
    library_facets,
    library_sorts,
    row_marks,
)
from corpus.models import Article, ArticleVersion, Authorship
from corpus.models.version import cut_off
from corpus.permissions import Viewer
from corpus.queries.facets import facet_choices
from corpus.text.blocks import BLOCK_SEPARATOR
from corpus.text.folding import fold

PAGE_SIZE = 12
DEFAULT_SORT = "date"

# What is read of a text to show its opening, and what is shown: two lines of the design.
_READ_FOR_OPENING = 900
_LONGEST_OPENING = 260


@dataclass(frozen=True)
class Row:
    """An article in the list; `credit` is its by-line, or its authors where it has none."""

    article: Article
    credit: str
    is_credit_inferred: bool
    word_count: int
    opening: str
    marks: RowMarks | None


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
        rows=_rows(viewer, list(page.object_list)),
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
    """Return how much `viewer` may read; one query."""
    size = (
        visible_articles(viewer)
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
    """Return the articles with all the chosen values; `but` is a facet to leave open."""
    articles = visible_articles(viewer)
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


def _rows(viewer: Viewer, articles: Sequence[Article]) -> list[Row]:
    ids = [article.id for article in articles]
    texts = dict(_texts(articles))
    authors = _authors(ids)
    marks: dict[UUID, RowMarks] = {}
    for source in row_marks:
        marks.update(source.of(viewer, ids))
    rows = []
    for article in articles:
        words, opening = texts.get(article.current_version_id, (0, ""))
        names, is_inferred = authors.get(article.id, ("", False))
        rows.append(
            Row(
                article=article,
                credit=article.byline or names,
                is_credit_inferred=is_inferred and not article.byline,
                word_count=words,
                opening=_without_title(opening, article.title),
                marks=marks.get(article.id),
            )
        )
    return rows


def _texts(articles: Sequence[Article]) -> Iterator[tuple[UUID | None, tuple[int, str]]]:
    """Yield the number of words and the opening of each article's text, by version."""
    ids = [article.current_version_id for article in articles if article.current_version_id]
    beginning = Substr("text", 1, _READ_FOR_OPENING)
    found = ArticleVersion.objects.filter(id__in=ids)
    for version, words, flags, text in found.values_list("id", "word_count", "flags", beginning):
        yield version, (words, _in_one_line(text, cut_off(flags)))


def _authors(ids: Sequence[UUID]) -> dict[UUID, tuple[str, bool]]:
    """Return the names of each article's authors, and whether any of them is inferred."""
    through = Authorship.objects.filter(article_id__in=ids).order_by("position")
    found: dict[UUID, tuple[str, bool]] = {}
    for article, name, basis in through.values_list("article_id", "agent__name", "basis"):
        names, is_inferred = found.get(article, ("", False))
        joined = f"{names}, {name}" if names else name
        found[article] = (joined, is_inferred or basis == "inferred")
    return found


def _in_one_line(text: str, cut_off: Container[int]) -> str:
    """Return the blocks of `text` in a row, an ellipsis after those that were cut off."""
    start, blocks = 0, []
    for block in text.split(BLOCK_SEPARATOR):
        blocks.append(f"{block}…" if start in cut_off else block)
        start += len(block) + len(BLOCK_SEPARATOR)
    return " ".join(" ".join(blocks).split())


def _without_title(words: str, title: str) -> str:
    """Return the first of `words`, after those that a derived title repeats."""
    if fold(words).startswith(fold(title)):
        words = words[len(fold(title)) :].lstrip()
    if len(words) <= _LONGEST_OPENING:
        return words
    return words[:_LONGEST_OPENING].rpartition(" ")[0] + " …"
