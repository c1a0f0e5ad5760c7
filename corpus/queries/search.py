"""The page of search results: what each kind found, counted and grouped."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from corpus.access import collection_at
from corpus.extensions import ArticleIds, search_kinds
from corpus.models import Article, Collection
from corpus.permissions import Viewer
from corpus.queries.facets import COLLECTION
from corpus.queries.narrowing import (
    Facet,
    Pill,
    chosen_in,
    facets_over,
    looked_among,
    narrowed,
)
from corpus.search import (
    ArticleHit,
    OtherHit,
    PassageHit,
    article_ids,
    articles,
    count,
    others,
    passages,
)
from corpus.search.answering import ARTICLES, PASSAGES
from corpus.search.find import MOST_COUNTED
from corpus.search.query import MOST_TERMS, Query, beginning, parse
from corpus.search.vocabulary import nearest_terms

PAGE_SIZE = 20
ALL = "all"
# What "All" shows of each kind.
_SHOWN_OF_EACH = 5
# Where the kinds of this app stand among those of others.
_ORDER = {PASSAGES: 10, ARTICLES: 30}


class Hits(Sequence[object]):
    """What was found of one kind, read when a part of it is asked for."""

    def __init__(self, total: int, read: Callable[[int, int], Sequence[object]]) -> None:
        self._total = total
        self._read = read

    def __len__(self) -> int:
        return self._total

    @overload
    def __getitem__(self, part: int) -> object: ...

    @overload
    def __getitem__(self, part: slice) -> Sequence[object]: ...

    def __getitem__(self, part: int | slice) -> object | Sequence[object]:
        if isinstance(part, int):
            return self._read(part, 1)[0]
        start, end, _step = part.indices(self._total)
        return self._read(start, end - start)


@dataclass(frozen=True)
class Asked:
    """What was asked for: words, a kind, and where is looked.

    That is in a collection, if one is given, in the articles with the `chosen` values of
    facets; `among` are their keys, None for all articles.
    """

    typed: str
    kind: str
    within: Collection | None
    chosen: Mapping[str, str]
    among: ArticleIds | None

    def query(self, kind: str = "", *, everywhere: bool = False) -> str:
        """Return the query string that asks the same of `kind`, or outside the collection."""
        return self._query(kind or self.kind, self.chosen, everywhere=everywhere)

    def narrowed(self, chosen: Mapping[str, str]) -> str:
        """Return the query string that asks the same with other values of facets."""
        return self._query(self.kind, chosen)

    def _query(self, kind: str, chosen: Mapping[str, str], *, everywhere: bool = False) -> str:
        fields = {"q": self.typed, **dict(sorted(chosen.items()))}
        if kind != ALL:
            fields["kind"] = kind
        if self.within is not None and not everywhere:
            fields["in"] = self.within.slug
        return urlencode(fields)


@dataclass(frozen=True)
class Tab:
    """A kind of thing with how many were found: `count` is as it is written."""

    label: str
    count: str
    query: str
    is_chosen: bool


@dataclass
class PassageGroup:
    """The passages found in one article, the best first."""

    article: Article
    hits: list[PassageHit] = field(default_factory=list)


@dataclass(frozen=True)
class OtherGroup:
    """What was found of a kind that another app added."""

    label: str
    hits: Sequence[OtherHit]
    more: str


@dataclass(frozen=True)
class Results:
    """Everything a page of results shows.

    `more` maps "passages" and "articles" to the query string of all that were found, where
    the page shows only the first; `page` is None where several kinds stand together.
    `query` is the address without the number of the page; `everywhere` is the one without
    the collection `within`, None where none limits the search; `of_all_kinds` the one that
    asks for no one kind. `facets` narrow the search to some articles, `chosen` are their
    values that do, `pills` are these as links, `unnarrowed` is the address without any.
    `asked` is what was read of the words, which are `most` at most.
    """

    typed: str
    asked: Query
    kind: str
    within: Collection | None
    tabs: Sequence[Tab]
    passages: Sequence[PassageGroup]
    articles: Sequence[ArticleHit]
    others: Sequence[OtherGroup]
    more: Mapping[str, str]
    page: "Page[object] | None"
    query: str
    everywhere: str
    of_all_kinds: str
    chosen: Mapping[str, str]
    facets: Sequence[Facet]
    pills: Sequence[Pill]
    unnarrowed: str
    total: int
    nearest: Sequence[str]
    most: int = MOST_TERMS


def search_results(viewer: Viewer, wanted: Mapping[str, str]) -> Results:
    """Return the results that `wanted`, the fields of an address, asks for.

    They are "q", "kind", "in" (the slug of a collection), "page" and the facets of the
    library. An unknown kind means all of them, an unknown collection none. Nothing that is
    typed makes this fail.
    """
    labels = _labels()
    kind = wanted.get("kind", ALL)
    within = collection_at(viewer, wanted.get("in", ""))
    chosen = chosen_in(wanted, but=COLLECTION)
    asked = Asked(
        typed=beginning(wanted.get("q", "").strip()),
        kind=kind if kind in labels else ALL,
        within=within,
        chosen=chosen,
        among=looked_among(viewer, within, chosen),
    )
    counts = {
        key: count(viewer, key, asked.typed, within=asked.among) for key in labels if key != ALL
    }
    looked_at = [key for key in counts if counts[key]] if asked.kind == ALL else [asked.kind]
    page = wanted.get("page", "1")
    shown = {key: _page(viewer, key, asked, counts[key], page) for key in looked_at}
    return _results(viewer, asked, labels, counts, shown)


def _results(
    viewer: Viewer,
    asked: Asked,
    labels: Mapping[str, str],
    counts: Mapping[str, int],
    shown: "Mapping[str, Page[object]]",
) -> Results:
    hits = {
        key: list(page.object_list)[: _SHOWN_OF_EACH if asked.kind == ALL else None]
        for key, page in shown.items()
    }
    more = {
        key: asked.query(key)
        for key, found in hits.items()
        if asked.kind == ALL and counts[key] > len(found)
    }
    total = sum(counts.values())
    facets, pills = _facets(viewer, asked)
    return Results(
        typed=asked.typed,
        asked=parse(asked.typed),
        kind=asked.kind,
        within=asked.within,
        tabs=_tabs(asked, labels, {ALL: total, **counts}),
        passages=_grouped([hit for hit in hits.get(PASSAGES, []) if isinstance(hit, PassageHit)]),
        articles=[hit for hit in hits.get(ARTICLES, []) if isinstance(hit, ArticleHit)],
        others=[
            OtherGroup(
                labels[key], [hit for hit in found if isinstance(hit, OtherHit)], more.get(key, "")
            )
            for key, found in hits.items()
            if key not in _ORDER and found
        ],
        more=more,
        page=shown.get(asked.kind),
        query=asked.query(),
        everywhere=asked.query(everywhere=True),
        of_all_kinds=asked.query(ALL),
        chosen=asked.chosen,
        facets=facets,
        pills=pills,
        unnarrowed=asked.narrowed({}),
        total=total,
        nearest=nearest_terms(viewer, asked.typed) if asked.typed and not total else [],
    )


def _facets(viewer: Viewer, asked: Asked) -> tuple[list[Facet], list[Pill]]:
    """Return how the articles that answer can be narrowed, and how they are.

    Values are counted among the best articles that have all the words; where none has, as
    when only a note or a claim does, nothing is offered beside what is chosen.
    """
    everywhere = looked_among(viewer, asked.within, {})
    ids = article_ids(viewer, asked.typed, within=everywhere, limit=MOST_COUNTED)

    def among(key: str) -> QuerySet[Article]:
        return narrowed(viewer, asked.chosen, but=key).filter(pk__in=ids)

    return facets_over(viewer, asked.chosen, asked.narrowed, among, but=COLLECTION)


def _labels() -> dict[str, str]:
    """Return the kinds that can be found, "all" first, with their names."""
    kinds = {PASSAGES: _("Passages"), ARTICLES: _("Articles")}
    order = dict(_ORDER)
    for kind in search_kinds:
        kinds[kind.key] = str(kind.label)
        order[kind.key] = kind.order
    return {ALL: _("All"), **{key: kinds[key] for key in sorted(kinds, key=order.__getitem__)}}


def _page(viewer: Viewer, kind: str, asked: Asked, total: int, number: str) -> "Page[object]":
    typed, within = asked.typed, asked.among

    def read(offset: int, limit: int) -> Sequence[object]:
        if kind == PASSAGES:
            return passages(viewer, typed, within=within, limit=limit, offset=offset)
        if kind == ARTICLES:
            return articles(viewer, typed, within=within, limit=limit, offset=offset)
        return others(viewer, kind, typed, within=within, limit=limit, offset=offset)

    return Paginator(Hits(min(total, MOST_COUNTED), read), PAGE_SIZE).get_page(number)


def _tabs(asked: Asked, labels: Mapping[str, str], counts: Mapping[str, int]) -> list[Tab]:
    return [
        Tab(label, _written(counts[key]), asked.query(key), key == asked.kind)
        for key, label in labels.items()
    ]


def _written(found: int) -> str:
    return f"{MOST_COUNTED}+" if found > MOST_COUNTED else str(found)


def _grouped(hits: Sequence[PassageHit]) -> list[PassageGroup]:
    """Return the hits by article, in the order in which the articles first come."""
    groups: dict[object, PassageGroup] = {}
    for hit in hits:
        groups.setdefault(hit.article.id, PassageGroup(hit.article)).hits.append(hit)
    return list(groups.values())
