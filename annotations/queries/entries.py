"""Annotations as they are shown and taken along away from their articles.

A list of them is read a page at a time, so that the longest takes no more memory than a page.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from annotations.access import visible_annotations, visible_links, visible_occurrences
from annotations.excerpts import Excerpt, excerpt
from annotations.models import Annotation, Claim, Link
from annotations.queries.group_names import name_groups
from annotations.queries.keyset import behind
from annotations.queries.margin_rows import TAGGED, LinkEnd, Tagged
from annotations.queries.passage_filters import PassageFilters
from annotations.queries.places import place_of
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer
from corpus.text.blocks import blocks_from_data

# So many are held in memory at a time by what reads all of them.
CHUNK = 200

Grouping = Literal["article", "claim"]

_IN_ARTICLE = ("day", "article__slug", "place", "id")
_ORDERS: dict[Grouping, tuple[str, ...]] = {
    "article": _IN_ARTICLE,
    "claim": ("is_untagged", "claim_name", *_IN_ARTICLE),
}
_RUNGS: dict[str, Any] = {
    "day": Coalesce(
        "article__published_on",
        "article__published_not_before",
        "article__published_not_after",
        Value(date.max),
    ),
    "place": Coalesce("start", Value(0)),
}
# One row for each claim of an annotation, and one for an annotation without any.
_CLAIM_RUNGS: dict[str, Any] = {
    "tagging": F("occurrences__id"),
    "claim": F("occurrences__tag_id"),
    "claim_slug": F("occurrences__tag__slug"),
    "as_stance": F("occurrences__stance"),
    "claim_name": Coalesce("occurrences__tag__folded", Value("")),
    "is_untagged": Case(When(occurrences__isnull=True, then=Value(1)), default=Value(0)),
}


@dataclass(frozen=True)
class Entry:
    """An annotation with its article, its claims and the links at it that the viewer sees.

    `article` has its outlet and authors. `excerpt` is None for what marks no words, and where
    only the words themselves were asked for.
    """

    annotation: Annotation
    article: Article
    tagged: Sequence[Tagged]
    links: Sequence[LinkEnd]
    excerpt: Excerpt | None = None

    @property
    def kind(self) -> str:
        """Return "highlight", "note" (on a whole article) or "reply"."""
        if self.annotation.is_highlight:
            return "highlight"
        return "reply" if self.annotation.parent_id else "note"

    @property
    def is_orphan(self) -> bool:
        """Say whether its words are not in the article any more."""
        return self.annotation.anchor_state == Annotation.AnchorState.ORPHAN

    @property
    def url(self) -> str:
        """Return its place in the article."""
        return place_of(self.annotation)

    @property
    def slot(self) -> int:
        """Return the colour of its first claim, 0 without one."""
        return self.tagged[0].slot if self.tagged else 0


@dataclass(frozen=True)
class Row:
    """An entry in a list; in one by claim, `claim` is the one that it stands under, if any."""

    entry: Entry
    by: Grouping
    claim: Claim | None = None


@dataclass(frozen=True)
class Group:
    """The rows that stand under one article or one claim, None for those without a claim."""

    article: Article | None
    claim: Claim | None
    rows: Sequence[Row]


def annotations_of(viewer: Viewer, article: Article) -> QuerySet[Annotation]:
    """Return the highlights, notes and replies of `article` that `viewer` sees."""
    return visible_annotations(viewer).filter(article=article)


def annotations_with(viewer: Viewer, claim: Claim, filters: PassageFilters) -> QuerySet[Annotation]:
    """Return what `viewer` sees `claim` tagged on, of the passages that `filters` ask for."""
    tagged = filters.passages(viewer).filter(tag=claim, content_object=OuterRef("pk"))
    return visible_annotations(viewer).filter(Exists(tagged))


def ranked(annotations: QuerySet[Annotation], by: Grouping) -> QuerySet[Annotation]:
    """Return `annotations` in the order of a list by article or by claim.

    By claim there is a row for each claim of an annotation, and those without any come last.
    """
    rungs = _RUNGS | _CLAIM_RUNGS if by == "claim" else _RUNGS
    return annotations.annotate(**rungs).order_by(*_ORDERS[by])


def rows_behind(
    everything: QuerySet[Annotation], rows: QuerySet[Annotation], by: Grouping, after: UUID | None
) -> QuerySet[Annotation]:
    """Return what follows the cursor `after` in `rows`, which are some of `everything`.

    Both come from `ranked`. A cursor that is (no longer) one of `everything` begins at the
    beginning.
    """
    if after is None:
        return rows
    at = Q(id=after)
    if by == "claim":
        at = Q(tagging=after) | Q(id=after, tagging=None)
    last = everything.filter(at).values_list(*_ORDERS[by]).first()
    return rows if last is None else rows.filter(behind(_ORDERS[by], last))


def read_rows(
    viewer: Viewer, rows: QuerySet[Annotation], by: Grouping, size: int
) -> tuple[list[Row], UUID | None]:
    """Return the first `size` of `rows` and the cursor behind them, None when nothing follows."""
    fields = ("id", "tagging", "claim") if by == "claim" else ("id", "id", "id")
    found = list(rows.values_list(*fields)[: size + 1])
    shown = found[:size]
    entries = _entries(viewer, {row[0] for row in shown})
    claims: dict[UUID, Claim] = {}
    if by == "claim":
        claims = Claim.objects.in_bulk({row[2] for row in shown} - {None})
    after = (shown[-1][1] or shown[-1][0]) if len(found) > size else None
    return [Row(entries[row[0]], by, claims.get(row[2])) for row in shown], after


def all_rows(viewer: Viewer, rows: QuerySet[Annotation], by: Grouping) -> Iterator[Row]:
    """Yield each of `rows`, which come from `ranked`; no query stays open between two of them."""
    after: UUID | None = None
    following = rows
    while True:
        chunk, after = read_rows(viewer, following, by, CHUNK)
        yield from chunk
        if after is None:
            return
        following = rows_behind(rows, rows, by, after)


def grouped(rows: Sequence[Row]) -> list[Group]:
    """Return `rows`, which are in order, under their headings."""
    groups: list[Group] = []
    held: list[Row] = []
    for row in rows:
        if held and heading_key(held[-1]) != heading_key(row):
            groups.append(_group(held))
            held = []
        held.append(row)
    return [*groups, _group(held)] if held else groups


def heading_key(row: Row) -> UUID | None:
    """Return what `row` stands under: an article or a claim, None for no claim."""
    if row.by == "article":
        return row.entry.article.id
    return row.claim.id if row.claim else None


def excerpts_of(entries: Sequence[Entry]) -> dict[UUID, Excerpt]:
    """Return the words of highlights in their sentences, by annotation; one query."""
    wanted = {entry.annotation.version_id for entry in entries} - {None}
    versions = ArticleVersion.objects.only("text", "blocks").in_bulk(wanted)
    blocks = {key: blocks_from_data(version.blocks) for key, version in versions.items()}
    found = {}
    for entry in entries:
        mark = entry.annotation
        if mark.version_id is not None and mark.start is not None and mark.end is not None:
            text = versions[mark.version_id].text
            found[mark.id] = excerpt(text, blocks[mark.version_id], mark.start, mark.end)
    return found


def tagged_on(viewer: Viewer, ids: set[UUID]) -> dict[UUID, list[Tagged]]:
    """Return the claims on the annotations with these keys that `viewer` sees; one query."""
    rows = (
        visible_occurrences(viewer)
        .filter(content_object__in=ids)
        .order_by("position", "created_at", "id")
        .values_list("content_object_id", *TAGGED)
    )
    tagged: dict[UUID, list[Tagged]] = defaultdict(list)
    for row in rows:
        tagged[row[0]].append(Tagged(*row[1:]))
    return tagged


def _group(rows: Sequence[Row]) -> Group:
    by_article = rows[0].by == "article"
    return Group(rows[0].entry.article if by_article else None, rows[0].claim, rows)


def _entries(viewer: Viewer, ids: set[UUID]) -> dict[UUID, Entry]:
    """Return the annotations with these keys; as many queries for few as for many."""
    found = Annotation.objects.select_related("creator__profile")
    annotations = found.defer("prefix", "suffix", "selectors").in_bulk(ids)
    wanted = Article.objects.select_related("outlet").prefetch_related("authorships__agent")
    articles = wanted.defer("facts").in_bulk({mark.article_id for mark in annotations.values()})
    tagged, links = tagged_on(viewer, ids), _links(viewer, ids)
    name_groups(viewer, annotations.values())
    for annotation in annotations.values():
        annotation.article = articles[annotation.article_id]
    return {
        key: Entry(annotation, annotation.article, tagged[key], links[key])
        for key, annotation in annotations.items()
    }


def _links(viewer: Viewer, ids: set[UUID]) -> dict[UUID, list[LinkEnd]]:
    touching = Q(from_annotation__in=ids) | Q(to_annotation__in=ids)
    found = visible_links(viewer).filter(touching).select_related(*Link.STANDS_ON)
    links: dict[UUID, list[LinkEnd]] = defaultdict(list)
    for link in found.order_by("created_at", "id"):
        if link.from_annotation_id in ids:
            links[link.from_annotation_id].append(
                LinkEnd(link, link.to_article, link.to_annotation)
            )
        if link.to_annotation_id in ids:
            links[link.to_annotation_id].append(
                LinkEnd(link, link.from_article, link.from_annotation)
            )
    return links
