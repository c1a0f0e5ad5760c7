"""How far the members of a group are in what they read together, as far as they show it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from corpus.access import visible_articles
from corpus.models import Article, CollectionItem, Group, Membership, Reading
from corpus.permissions import Viewer

MOST_ARTICLES = 100


@dataclass(frozen=True)
class MemberProgress:
    """How far a member is in an article: the share of its blocks seen, or read."""

    user_id: int
    percent: int
    is_read: bool


@dataclass(frozen=True)
class ReadTogether:
    """An article of the group's collections, with the members who began it and show that."""

    article: Article
    progress: Sequence[MemberProgress]


def shows_progress(viewer: Viewer, group: Group) -> bool:
    """Say whether the members of `group` see how far `viewer` is."""
    own = group.memberships.filter(user=viewer.user_id)
    return own.filter(shows_progress=True).exists()


def read_together(viewer: Viewer, group: Group) -> list[ReadTogether]:
    """Return what of the collections of `group` the viewer may read, in order of title.

    Nothing for who is not in the group. Two queries.
    """
    if group.pk not in viewer.group_ids:
        return []
    items = CollectionItem.objects.filter(
        collection__group=group, collection__deleted_at__isnull=True
    )
    found = visible_articles(viewer).filter(pk__in=items.order_by().values("article"))
    articles = list(found.order_by("title", "slug")[:MOST_ARTICLES])
    progress = _progress(group, articles)
    return [ReadTogether(article, progress[article.pk]) for article in articles]


def _progress(group: Group, articles: Sequence[Article]) -> dict[UUID, list[MemberProgress]]:
    showing = Membership.objects.filter(group=group, shows_progress=True)
    readings = Reading.objects.filter(
        article__in=articles, reader__in=showing.order_by().values("user")
    )
    found: dict[UUID, list[MemberProgress]] = defaultdict(list)
    for row in readings.order_by("reader_id"):
        is_read = row.finished_at is not None
        if is_read or row.percent:
            found[row.article_id].append(MemberProgress(row.reader_id, row.percent, is_read))
    return found
