"""Links between articles: the table of them, and those between two."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from annotations.access import visible_links
from annotations.models import Link
from corpus.models import Article
from corpus.permissions import Viewer


@dataclass(frozen=True)
class RelationCount:
    """A relation, how many links have it, and whether the table is limited to it."""

    value: str
    label: str
    count: int
    is_chosen: bool


def links_of_relation(viewer: Viewer, relation: str = "") -> QuerySet[Link]:
    """Return the links, newest first, with their ends; "" stands for every relation."""
    found = visible_links(viewer).select_related(*Link.STANDS_ON, "creator__profile")
    if relation:
        found = found.filter(relation=relation)
    return found.order_by("-created_at", "id")


def relation_counts(viewer: Viewer, chosen: str = "") -> list[RelationCount]:
    """Return the relations that occur, in the order in which they are offered."""
    rows = visible_links(viewer).order_by().values_list("relation").annotate(Count("id"))
    counts = dict(rows)
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
