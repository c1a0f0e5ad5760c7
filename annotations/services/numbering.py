"""Numbers of annotations: unique within an article, never given twice."""

from annotations.models import AnnotationTally
from corpus.models import Article


def locked_tally(article: Article) -> AnnotationTally:
    """Return the tally of `article`, locked until the transaction ends.

    Whoever writes an annotation holds it from the first check to the last line, so that
    the same write sent twice at once is stored once. Its `article` is read after the lock
    was given, with the current version: a statement that waits for a lock would still see
    the version that was current when it began to wait.
    """
    locked = AnnotationTally.objects.select_for_update()
    tally = locked.filter(article_id=article.pk).first()
    if tally is None:
        AnnotationTally.objects.get_or_create(article_id=article.pk)
        tally = locked.get(article_id=article.pk)
    tally.article = Article.objects.select_related("current_version").get(pk=article.pk)
    return tally


def next_number(tally: AnnotationTally) -> int:
    """Return the next number of the article whose locked `tally` this is."""
    tally.last_number += 1
    tally.save(update_fields=["last_number"])
    return tally.last_number
