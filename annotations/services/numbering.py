"""Numbers of annotations: unique within an article, never given twice.

What everybody sees is counted. What is written for few takes a number that nobody guesses: one
of the count would leave a gap there, and others would learn how much is kept from them.
"""

from secrets import randbelow

from annotations.models import Annotation, AnnotationTally, Audience
from corpus.models import Article

# No article has so many that are counted.
_COUNTED = 100_000_000
_ROOM = 10**Annotation.NUMBER_DIGITS


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


def next_number(tally: AnnotationTally, audience: str) -> int:
    """Return a number for what `audience` sees, in the article whose locked `tally` this is."""
    if audience != Audience.PUBLIC:
        return _number_for_few(tally.article)
    tally.last_number += 1
    tally.save(update_fields=["last_number"])
    return tally.last_number


def _number_for_few(article: Article) -> int:
    while True:
        number = _COUNTED + randbelow(_ROOM - _COUNTED)
        if not Annotation.objects.filter(article=article, number=number).exists():
            return number
