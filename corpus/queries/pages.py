"""Which article a page on the web is: the one that stands there, or that was cited at it."""

from collections.abc import Iterable

from corpus.models import Article, CitedPage, PageAddress

# Values asked for at a time: SQLite takes no more than 999 in a statement everywhere.
_ASKED = 900


def articles_at(keys: Iterable[int]) -> dict[int, Article]:
    """Return by key the article of each page that has one, of several the oldest.

    The keys are those of `corpus.text.addresses`; two queries for some hundred of them.
    """
    asked = list(keys)
    found: dict[int, Article] = {}
    for first in range(0, len(asked), _ASKED):
        some = asked[first : first + _ASKED]
        own = PageAddress.objects.filter(key__in=some, is_own=True)
        for page in own.select_related("text__article").order_by("text__article__created_at"):
            found.setdefault(page.key, page.text.article)
        for cited in CitedPage.objects.filter(key__in=some).select_related("article"):
            found[cited.key] = cited.article
    return found
