"""What curators look over: the lists of the admin, with their counts."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from taggit.models import Tag

from corpus.models import (
    Agent,
    AgentAlias,
    Article,
    ArticleVersion,
    Authorship,
    Collection,
    CollectionItem,
    Event,
    Invitation,
    Outlet,
    SourceFile,
    TopicOnArticle,
)
from corpus.permissions import Viewer

GUESSED = ("inferred", "derived")
_BASES = {
    "title": "title_basis",
    "standfirst": "standfirst_basis",
    "byline": "byline_basis",
    "authors": "authorships__basis",
    "outlet": "outlet_basis",
    "published": "published_basis",
    "language": "language_basis",
    "url": "canonical_url_basis",
}


def count_of(rows: QuerySet[Any], key: str) -> Coalesce:
    """Return how many of `rows` point by `key` at the row of the outer query, as a column.

    A subquery of its own, so that counts beside each other do not multiply.
    """
    counted = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def needs_confirming(fact: str = "") -> Q:
    """Return the condition that `fact`, or any, of an article was inferred or derived."""
    condition = Q(pk__in=[])
    for column in [_BASES[fact]] if fact else _BASES.values():
        condition |= Q(**{f"{column}__in": GUESSED})
    return Q(pk__in=Article.objects.filter(condition).order_by().values("pk"))


def waiting() -> int:
    """Return how many articles have a fact that a curator could confirm."""
    return Article.objects.filter(needs_confirming(), is_stub=False).count()


def articles() -> QuerySet[Article]:
    """Return the articles with their outlets and what they say of their authors."""
    return Article.objects.select_related("outlet").prefetch_related("authorships__agent")


def versions() -> QuerySet[ArticleVersion]:
    """Return the versions with their articles and sources; the bytes are left where they are."""
    return ArticleVersion.objects.select_related("article", "source", "created_by").defer(
        "source__content"
    )


def sources() -> QuerySet[SourceFile]:
    """Return the sources without their bytes, with `article_count`."""
    articles_of = ArticleVersion.objects.values("source", "article").distinct()
    counted = (
        articles_of.filter(source=OuterRef("pk"))
        .order_by()
        .values("source")
        .annotate(n=Count("article", distinct=True))
    )
    number = Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
    return (
        SourceFile.objects.defer("content")
        .select_related("imported_by")
        .annotate(article_count=number)
    )


def collections() -> QuerySet[Collection]:
    """Return the collections, those taken away too, with `article_count`."""
    counted = count_of(CollectionItem.objects.all(), "collection")
    return Collection.objects.select_related("group", "created_by").annotate(article_count=counted)


def outlets() -> QuerySet[Outlet]:
    """Return the outlets with `article_count`."""
    return Outlet.objects.annotate(article_count=count_of(Article.objects.all(), "outlet"))


def agents() -> QuerySet[Agent]:
    """Return the agents with their aliases and `article_count`."""
    counted = count_of(Authorship.objects.all(), "agent")
    return Agent.objects.prefetch_related(shown_aliases()).annotate(article_count=counted)


def shown_aliases() -> Prefetch[str]:
    """Return what reads the aliases of agents but for the quiet ones."""
    return Prefetch("aliases", AgentAlias.objects.filter(is_quiet=False))


def topics() -> QuerySet[Tag]:
    """Return the topics with `article_count`."""
    rows: QuerySet[Tag] = Tag.objects.annotate(
        article_count=count_of(TopicOnArticle.objects.all(), "tag")
    )
    return rows


def invitations() -> QuerySet[Invitation]:
    """Return the invitations with who made and who used them."""
    return Invitation.objects.select_related("created_by", "used_by")


def people() -> QuerySet[User]:
    """Return the accounts."""
    return User.objects.order_by("username")


def recorded_verbs(viewer: Viewer) -> list[str]:
    """Return each verb of the Events that `viewer` may know of, once."""
    return list(recent_events(viewer).order_by("verb").values_list("verb", flat=True).distinct())


def recent_events(viewer: Viewer) -> QuerySet[Event]:
    """Return what happened, newest first; what is for few is shown to who did it alone.

    An Event holds the words of its time, and groups change: being in a group today gives
    no right to all that was written for it.
    """
    own = Q(actor_id=viewer.user_id) if viewer.user_id is not None else Q(pk__in=[])
    for_few = Q(audience__in=[Event.Audience.PRIVATE, Event.Audience.GROUPS])
    shown = Event.objects.filter(~for_few | own)
    return shown.select_related("actor", "article").order_by(F("id").desc())
