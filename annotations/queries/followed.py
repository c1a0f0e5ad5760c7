"""What a reader follows, and how much of it is new since they last looked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from annotations.access import (
    visible_agents,
    visible_annotations,
    visible_claims,
    visible_occurrences,
)
from annotations.models import Audience, Claim, Follow, Profile
from corpus.access import visible_articles, visible_collections, visible_groups
from corpus.models import Agent, Article, Collection, CollectionItem, Group
from corpus.permissions import Viewer

Thing = Claim | Agent | Article | Collection | Group | Profile


@dataclass(frozen=True)
class FollowedRow:
    """A thing that is followed; what others added to it since the reader last looked is new.

    `passages` are those of a claim or a speaker, and what was marked or noted in an article or
    in those of a collection; `articles` are those that a speaker wrote.
    """

    thing: Thing
    passages: int
    articles: int = 0

    @property
    def is_new(self) -> bool:
        """Say whether there is anything new."""
        return bool(self.passages or self.articles)


@dataclass(frozen=True)
class Followed:
    """All that a reader follows and may still see, by kind, each by name."""

    claims: Sequence[FollowedRow]
    speakers: Sequence[FollowedRow]
    articles: Sequence[FollowedRow]
    collections: Sequence[FollowedRow]
    groups: Sequence[FollowedRow]
    readers: Sequence[FollowedRow]

    @property
    def count(self) -> int:
        """Return how many things are followed."""
        return sum(1 for _row in self._rows)

    @property
    def new(self) -> int:
        """Return in how many of them there is something new."""
        return sum(row.is_new for row in self._rows)

    @property
    def _rows(self) -> Iterator[FollowedRow]:
        yield from chain(self.claims, self.speakers, self.articles, self.collections)
        yield from chain(self.groups, self.readers)


def followed(viewer: Viewer) -> Followed:
    """Return what `viewer` follows; a fixed number of queries. Only what they see counts."""
    said = _by_others(viewer, visible_occurrences(viewer), "content_object__creator")
    marks = _by_others(viewer, visible_annotations(viewer), "creator")
    wrote = visible_articles(viewer).filter(authorships__agent=OuterRef("agent"))
    inside = CollectionItem.objects.filter(collection=OuterRef(OuterRef("collection")))
    in_collection = marks.filter(article__in=inside.values("article"))
    return Followed(
        claims=_rows(viewer, visible_claims(viewer), "claim", said.filter(tag=OuterRef("claim"))),
        speakers=_rows(
            viewer, visible_agents(viewer), "agent", said.filter(speaker=OuterRef("agent")), wrote
        ),
        articles=_rows(
            viewer,
            visible_articles(viewer).defer("facts"),
            "article",
            marks.filter(article=OuterRef("article")),
        ),
        collections=_rows(viewer, visible_collections(viewer), "collection", in_collection),
        groups=_rows(
            viewer,
            visible_groups(viewer).filter(pk__in=viewer.group_ids),
            "group",
            marks.filter(audience=Audience.GROUPS, groups=OuterRef("group")),
        ),
        readers=_rows(
            viewer, known_readers(viewer), "person", marks.filter(creator=OuterRef("person"))
        ),
    )


def known_readers(viewer: Viewer) -> QuerySet[Profile]:
    """Return the readers whom `viewer` may follow: others of whom they see something."""
    wrote = visible_annotations(viewer).filter(creator=OuterRef("user")).order_by()
    known = Profile.objects.filter(Exists(wrote))
    return known.exclude(user=viewer.user_id).select_related("user")


def known_reader(viewer: Viewer, username: str) -> User | None:
    """Return the account with this name if `viewer` may follow it, or None."""
    found = known_readers(viewer).filter(user__username=username).first()
    return User.objects.get(pk=found.pk) if found is not None else None


def is_followed(viewer: Viewer, thing: Article | Collection | Group | User) -> bool:
    """Say whether `viewer` follows an article, a collection, a group or a reader."""
    kind = {"person" if isinstance(thing, User) else str(thing._meta.model_name): thing}
    return Follow.objects.filter(reader_id=viewer.user_id, **kind).exists()


def _by_others(viewer: Viewer, rows: QuerySet[Any], creator: str) -> QuerySet[Any]:
    return rows.exclude(**{creator: viewer.user_id})


def _rows(
    viewer: Viewer,
    things: QuerySet[Any],
    kind: str,
    passages: QuerySet[Any],
    articles: QuerySet[Any] | None = None,
) -> list[FollowedRow]:
    """Return those of `things` that are followed, with how much of what belongs to each is new."""
    mine = Follow.objects.filter(reader_id=viewer.user_id, **{f"{kind}__isnull": False}).order_by()
    counted = mine.annotate(
        passages=_new(passages), articles=Value(0) if articles is None else _new(articles)
    )
    counts = {
        key: (passages, articles)
        for key, passages, articles in counted.values_list(f"{kind}_id", "passages", "articles")
    }
    found = things.filter(pk__in=mine.values(f"{kind}_id"))
    rows = [FollowedRow(thing, *counts[thing.pk]) for thing in found]
    return sorted(rows, key=lambda row: (not row.is_new, str(row.thing).casefold()))


def _new(rows: QuerySet[Any]) -> Coalesce:
    """Return how many of `rows` came after the reader last looked."""
    later = rows.filter(created_at__gt=OuterRef("seen_at")).order_by()
    one = later.annotate(all=Value(1)).values("all")
    return Coalesce(Subquery(one.annotate(count=Count("pk", distinct=True)).values("count")), 0)
