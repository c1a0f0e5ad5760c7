"""Reading all articles a few at a time."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from corpus.models.article import Article

# So many are held in memory at a time.
_CHUNK = 200


def read_in_chunks(articles: QuerySet[Article]) -> Iterator[Article]:
    """Yield `articles`, those that came first at the beginning, each as it is when it is read.

    No query stays open between two of them: whoever reads may write meanwhile.
    """
    ordered = articles.order_by("created_at", "id")
    chunk = list(ordered[:_CHUNK])
    while chunk:
        yield from chunk
        last = chunk[-1]
        later = Q(created_at__gt=last.created_at) | Q(created_at=last.created_at, id__gt=last.id)
        chunk = list(ordered.filter(later)[:_CHUNK])
