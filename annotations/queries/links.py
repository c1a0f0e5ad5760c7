"""Links between articles: the table of them, and those between two."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotations.access import visible_links
from annotations.models import Claim, Link
from annotations.queries.claims import occurrences_in
from corpus.access import article_ids_in, known_articles
from corpus.models import Article, Collection
from corpus.permissions import Viewer


@dataclass(frozen=True)
class RelationCount:
    """A relation, how many links have it, and whether the table is limited to it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Limits:
    """What links are limited to: the articles at both ends, and how these are chosen.

    `claim` has to be tagged in both articles, `within` has to hold both. `around` is the
    article whose neighbourhood is drawn.
    """

    relation: str = ""
    claim: Claim | None = None
    within: Collection | None = None
    around: Article | None = None


def limited_links(viewer: Viewer, limits: Limits) -> QuerySet[Link]:
    """Return the links that `viewer` sees as `limits` say, in no order; `around` is not asked."""
    found = visible_links(viewer).order_by()
    if limits.relation:
        found = found.filter(relation=limits.relation)
    ids = article_ids_of(viewer, limits)
    return found if ids is None else found.filter(from_article_id__in=ids, to_article_id__in=ids)


def article_ids_of(viewer: Viewer, limits: Limits) -> QuerySet[Article, UUID] | None:
    """Return the keys of the articles that `limits` leave, None when they leave all."""
    if limits.claim is None and limits.within is None:
        return None
    known = known_articles(viewer)
    if limits.claim is not None:
        tagged = occurrences_in(viewer, None).filter(tag=limits.claim)
        known = known.filter(id__in=tagged.order_by().values("content_object__article_id"))
    if limits.within is not None:
        known = known.filter(id__in=article_ids_in(limits.within))
    return known.order_by().values_list("id", flat=True)


def in_table(links: QuerySet[Link]) -> QuerySet[Link]:
    """Return `links` newest first, with their ends and who made them."""
    whole = links.select_related(*Link.STANDS_ON, "creator__profile")
    return whole.order_by("-created_at", "id")


def relation_counts(links: QuerySet[Link], chosen: str = "") -> list[RelationCount]:
    """Return the relations that occur in `links`, in the order in which they are offered."""
    counts = dict(links.order_by().values_list("relation").annotate(Count("id")))
    return [
        RelationCount(value, str(label), counts[value], value == chosen)
        for value, label in Link.Relation.choices
        if value in counts
    ]


def links_between(viewer: Viewer, one: Article, other: Article) -> QuerySet[Link]:
    """Return the links between two articles, either way, with their ends, oldest first."""
    there = Q(from_article=one, to_article=other)
    back = Q(from_article=other, to_article=one)
    found = visible_links(viewer).filter(there | back)
    readers = ("creator__profile", *(f"{end}__creator__profile" for end in Link.STANDS_ON[2:]))
    return found.select_related(*Link.STANDS_ON, *readers).order_by("created_at", "id")
