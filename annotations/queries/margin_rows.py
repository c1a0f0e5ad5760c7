"""The rows that the margin of an article is put together from."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.access import in_threads, visible_annotations, visible_links, visible_occurrences
from annotations.models import Annotation, ClaimOccurrence, Link
from corpus.models import Article
from corpus.permissions import Viewer


@dataclass(frozen=True)
class LinkEnd:
    """A link as one of its articles shows it: what stands at the other end."""

    link: Link
    article: Article
    annotation: Annotation | None


def top_level(viewer: Viewer, article: Article) -> list[Annotation]:
    """Return the highlights and notes of `article`, replies left out, in reading order.

    A deleted one is among them while somebody's reply to it is left.
    """
    found = in_threads(viewer).filter(article=article, parent__isnull=True)
    wanted = found.select_related("creator__profile").defer("prefix", "suffix", "selectors")
    return list(wanted.order_by("start", "end", "number"))


def occurrences(viewer: Viewer, article: Article) -> dict[UUID, list[ClaimOccurrence]]:
    """Return the claims tagged in `article` by highlight, first claim first."""
    found = visible_occurrences(viewer).filter(content_object__article=article)
    tagged: dict[UUID, list[ClaimOccurrence]] = defaultdict(list)
    for row in found.select_related("tag", "speaker").order_by("position", "created_at"):
        tagged[row.content_object_id].append(row)
    return tagged


def replies_by_parent(viewer: Viewer, article: Article) -> dict[UUID, list[Annotation]]:
    """Return the replies in `article` by what they answer, oldest first."""
    found = visible_annotations(viewer).filter(article=article, parent__isnull=False)
    replies: dict[UUID, list[Annotation]] = defaultdict(list)
    for row in found.select_related("creator__profile").order_by("created_at"):
        if row.parent_id is not None:
            replies[row.parent_id].append(row)
    return replies


def link_rows(viewer: Viewer, article: Article) -> QuerySet[Link]:
    """Return the links that touch `article`, newest first."""
    touching = Q(from_article=article) | Q(to_article=article)
    return (
        visible_links(viewer)
        .filter(touching)
        .select_related(
            "from_article", "to_article", "from_annotation", "to_annotation", "creator__profile"
        )
        .order_by("-created_at")
    )


def links_by_annotation(viewer: Viewer, article: Article) -> dict[UUID, list[LinkEnd]]:
    """Return the links of the passages of `article` by the highlight at their near end."""
    by_annotation: dict[UUID, list[LinkEnd]] = defaultdict(list)
    for link in link_rows(viewer, article):
        if link.from_annotation_id and link.from_article_id == article.id:
            end = LinkEnd(link, link.to_article, link.to_annotation)
            by_annotation[link.from_annotation_id].append(end)
        if link.to_annotation_id and link.to_article_id == article.id:
            end = LinkEnd(link, link.from_article, link.from_annotation)
            by_annotation[link.to_annotation_id].append(end)
    return by_annotation


def far_end(link: Link, article: Article) -> LinkEnd:
    """Return `link` as `article`, one of its ends, shows it."""
    if link.from_article_id == article.id:
        return LinkEnd(link, link.to_article, link.to_annotation)
    return LinkEnd(link, link.from_article, link.from_annotation)
