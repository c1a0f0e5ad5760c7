"""The graph of links as one viewer sees it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.access import visible_occurrences
from annotations.axis import possible_days
from annotations.curves import Box, Curve, Tie
from annotations.graph import Drawing, Entry, drawing
from annotations.models import Link
from annotations.models.naming import shown_label
from annotations.queries.links import Limits, limited_links
from annotations.queries.neighbourhood import Shown, shown_articles
from corpus.models import Article
from corpus.permissions import Viewer

# A curve of one link is so many pixels wide; each further link adds to it, up to the most.
THINNEST, EACH, WIDEST = 1.5, 1.25, 8.0

# Relations that say of neither end that it came to the other.
MUTUAL = frozenset({Link.Relation.SAME_EVENT.value})


class ClaimHere(NamedTuple):
    """A claim as it is tagged in an article or on the passages of links, and how often."""

    key: UUID
    name: str
    slot: int
    times: int = 1

    @property
    def label(self) -> str:
        """Return its name as it is shown: the first letter raised."""
        return shown_label(self.name)


@dataclass(frozen=True)
class Node:
    """An article in the picture, with the claims tagged in it, the most frequent first."""

    article: Article
    box: Box
    claims: Sequence[ClaimHere]
    link_count: int

    @property
    def slot(self) -> int:
        """Return the colour of its most frequent claim, 0 without any."""
        return self.claims[0].slot if self.claims else 0

    @property
    def links_in_words(self) -> str:
        """Return how many links of the picture it has."""
        said = ngettext("%(count)d link", "%(count)d links", self.link_count)
        return said % {"count": self.link_count}

    @property
    def claims_in_words(self) -> str:
        """Return its three most frequent claims."""
        return ", ".join(claim.label for claim in self.claims[:3])


@dataclass(frozen=True)
class Edge:
    """The links of one relation from one article to another, as a curve.

    `claim` is the one most often tagged on their passages, or else shared by the articles.
    """

    relation: str
    start: Node
    end: Node
    curve: Curve
    count: int
    link_id: UUID
    claim: ClaimHere | None

    @property
    def slot(self) -> int:
        """Return the colour of its claim, 0 without one."""
        return self.claim.slot if self.claim else 0

    @property
    def width(self) -> float:
        """Return how wide it is drawn, in pixels."""
        return min(THINNEST + EACH * (self.count - 1), WIDEST)

    @property
    def url(self) -> str:
        """Return the address of its newest link, whose page leads to the others."""
        return reverse("link", args=[self.link_id])

    @property
    def title(self) -> str:
        """Return in words what it stands for."""
        said = _("“%(start)s” – %(relation)s – “%(end)s”") % {
            "start": self.start.article.title,
            "relation": Link.Relation(self.relation).label,
            "end": self.end.article.title,
        }
        if self.count > 1:
            links = ngettext("%(count)d link", "%(count)d links", self.count)
            said = f"{said} · {links % {'count': self.count}}"
        return f"{said} · {self.claim.label}" if self.claim else said


@dataclass(frozen=True)
class Graph:
    """All that the picture shows, and the links that its table lists."""

    drawing: Drawing
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    shown: Shown
    links: QuerySet[Link]

    @cached_property
    def claims(self) -> list[ClaimHere]:
        """Return the claims that give the curves their colours, the most frequent first."""
        counts = Counter(edge.claim for edge in self.edges if edge.claim)
        once = {claim.key: claim for claim in counts}
        return sorted(once.values(), key=lambda claim: (-counts[claim], claim.name))


class _Row(NamedTuple):
    id: UUID
    start: UUID
    end: UUID
    relation: str
    marks: Sequence[UUID | None]


def graph_of(viewer: Viewer, limits: Limits) -> Graph:
    """Return the graph of the links that `limits` leave, in a fixed number of queries."""
    shown = shown_articles(viewer, limits)
    links = _links_among(viewer, limits, shown)
    articles = Article.objects.defer("facts").select_related("outlet").in_bulk(shown.ids)
    rows = _rows(links)
    tagged = _claims_in(viewer, articles)
    ties: dict[tuple[UUID, UUID, str], list[_Row]] = defaultdict(list)
    for row in rows:
        if row.start != row.end:
            ties[row.start, row.end, row.relation].append(row)
    drawn = drawing(
        [_entry(article, tagged[article.id]) for article in articles.values()],
        [Tie(str(start), str(end), relation in MUTUAL) for start, end, relation in ties],
    )
    counts = Counter(key for row in rows for key in {row.start, row.end})
    nodes = {
        key: Node(article, drawn.boxes[str(key)], tagged[key], counts[key])
        for key, article in articles.items()
    }
    of_marks = _claims_of_marks(viewer, links)
    edges = [
        Edge(
            relation,
            nodes[start],
            nodes[end],
            curve,
            len(joined),
            joined[0].id,
            _dominant(joined, of_marks) or _shared(tagged[start], tagged[end]),
        )
        for ((start, end, relation), joined), curve in zip(ties.items(), drawn.curves, strict=True)
    ]
    in_order = sorted(nodes.values(), key=lambda node: (node.box.x, node.box.y))
    return Graph(drawn, in_order, edges, shown, links)


def links_of_any_relation(viewer: Viewer, limits: Limits) -> QuerySet[Link]:
    """Return the links that the graph would show if no relation was chosen."""
    every = replace(limits, relation="")
    return _links_among(viewer, every, shown_articles(viewer, every))


def _links_among(viewer: Viewer, limits: Limits, shown: Shown) -> QuerySet[Link]:
    links = limited_links(viewer, limits)
    return links.filter(from_article_id__in=shown.ids, to_article_id__in=shown.ids)


def _rows(links: QuerySet[Link]) -> list[_Row]:
    fields = ("id", "from_article_id", "to_article_id", "relation")
    ends = ("from_annotation_id", "to_annotation_id")
    found = links.order_by("-created_at", "id").values_list(*fields, *ends)
    return [_Row(key, start, end, relation, marks) for key, start, end, relation, *marks in found]


def _entry(article: Article, claims: Iterable[ClaimHere]) -> Entry:
    first, last = possible_days(
        article.published_on,
        article.published_precision,
        after=article.published_not_before,
        before=article.published_not_after,
    )
    return Entry(str(article.id), first, last, frozenset(str(claim.key) for claim in claims))


def _claims_in(viewer: Viewer, ids: Iterable[UUID]) -> dict[UUID, list[ClaimHere]]:
    """Return the claims tagged in each of the articles, the most frequent first."""
    article = "content_object__article_id"
    found = visible_occurrences(viewer).filter(**{f"{article}__in": list(ids)}).order_by()
    rows = found.values_list(article, "tag_id", "tag__name", "tag__slot").annotate(Count("id"))
    claims: dict[UUID, list[ClaimHere]] = defaultdict(list)
    for key, *claim in sorted(rows, key=lambda row: (-row[4], row[2])):
        claims[key].append(ClaimHere(*claim))
    return claims


def _claims_of_marks(viewer: Viewer, links: QuerySet[Link]) -> dict[UUID, list[ClaimHere]]:
    """Return the claims tagged on each highlight at an end of `links`."""
    at_end = Q(content_object__in=links.values("from_annotation"))
    at_end |= Q(content_object__in=links.values("to_annotation"))
    fields = ("content_object_id", "tag_id", "tag__name", "tag__slot")
    claims: dict[UUID, list[ClaimHere]] = defaultdict(list)
    for key, *claim in visible_occurrences(viewer).filter(at_end).order_by().values_list(*fields):
        claims[key].append(ClaimHere(*claim))
    return claims


def _dominant(
    rows: Iterable[_Row], of_marks: Mapping[UUID, Sequence[ClaimHere]]
) -> ClaimHere | None:
    marks = [mark for row in rows for mark in row.marks if mark]
    counts = Counter(claim for mark in marks for claim in of_marks.get(mark, ()))
    return min(counts, key=lambda claim: (-counts[claim], claim.name), default=None)


def _shared(one: Iterable[ClaimHere], other: Sequence[ClaimHere]) -> ClaimHere | None:
    """Return the claim that two articles share most."""
    there = {claim.key: claim.times for claim in other}
    both = [claim for claim in one if claim.key in there]
    least = {claim.key: min(claim.times, there[claim.key]) for claim in both}
    found = min(both, key=lambda claim: (-least[claim.key], claim.name), default=None)
    return found._replace(times=1) if found else None
