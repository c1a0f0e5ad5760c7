"""Topics: which ones there are, and how many of some articles have them."""

from collections.abc import Sequence

from django.db.models import Count
from taggit.models import Tag

from corpus.models import Article, TopicOnArticle

# More names than these are no help in a field; they can be typed all the same.
_MOST_OFFERED = 500


def topics_of(articles: Sequence[Article]) -> list[tuple[str, int]]:
    """Return the topics of `articles` by name, each with how many of them have it."""
    rows = TopicOnArticle.objects.filter(content_object__in=[article.pk for article in articles])
    counted = rows.order_by().values_list("tag__name").annotate(count=Count("id"))
    return sorted(counted, key=lambda row: row[0].casefold())


def known_topics() -> list[str]:
    """Return the names of the topics, in their order, at most _MOST_OFFERED."""
    return list(Tag.objects.order_by("name").values_list("name", flat=True)[:_MOST_OFFERED])
