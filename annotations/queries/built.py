"""What readers built on: articles that they annotated or linked."""

from collections.abc import Set
from uuid import UUID

from annotations.models import Annotation, Link


def annotated_among(article_ids: Set[UUID]) -> set[UUID]:
    """Return those of the articles that carry an annotation that was not deleted."""
    annotations = Annotation.objects.filter(article__in=article_ids, deleted_at__isnull=True)
    return set(annotations.order_by().values_list("article_id", flat=True).distinct())


def built_on_among(article_ids: Set[UUID]) -> set[UUID]:
    """Return those of the articles that carry an annotation or a link that was not deleted."""
    links = Link.objects.filter(deleted_at__isnull=True)
    return {
        *annotated_among(article_ids),
        *links.filter(from_article__in=article_ids).values_list("from_article_id", flat=True),
        *links.filter(to_article__in=article_ids).values_list("to_article_id", flat=True),
    }
