"""Building the index anew, and bringing signatures up to date."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, QuerySet

from corpus.models import ArticleVersion, Signature
from corpus.services.comparison import forget_comparisons
from corpus.services.indexing import forget_everything, index_article, index_other_kinds
from corpus.services.signatures import forget_counts, refresh_signature

# In a larger corpus the articles that come later hardly change how rare a word is.
_SMALL_CORPUS = 500


@transaction.atomic
def settle_signatures() -> None:
    """Weigh the words of a small corpus again; called at the end of an import.

    Each article was weighed against those that came before it; only now is it known how
    rare its words are among all of them. A corpus beyond _SMALL_CORPUS stays as it is.
    """
    if Signature.objects.count() <= _SMALL_CORPUS:
        for _version in _weighed_again():
            pass


def rebuild() -> Iterator[str]:
    """Index everything anew in one transaction, yielding the kind of each thing.

    Whoever calls it has to exhaust it: what stops early is rolled back.
    """
    with transaction.atomic():
        forget_everything()
        forget_counts()
        forget_comparisons()
        for version in _current_versions().iterator(chunk_size=100):
            index_article(version)
            yield "articles"
        for version in _weighed_again():
            yield f"signature of {version.pk}"
        yield from index_other_kinds()


def _weighed_again() -> Iterator[ArticleVersion]:
    corpus_size = Signature.objects.count()
    for version in _current_versions().iterator(chunk_size=100):
        refresh_signature(version, corpus_size)
        yield version


def _current_versions() -> QuerySet[ArticleVersion]:
    is_current = ArticleVersion.objects.filter(id=F("article__current_version_id"))
    return is_current.select_related("article__outlet").order_by("article__created_at", "id")
