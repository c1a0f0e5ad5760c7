"""Saying in weighted words what an article is about.

The weights are TF-IDF; how rare a word is blends how many articles of the corpus hold it
with how common it is in English, since a handful of articles says little about rarity.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from corpus.models import ArticleVersion, Signature, SignatureTerm, Term
from corpus.search.vocabulary import Count, add_articles, counts_of, take_article
from corpus.text.cut import CutText
from corpus.text.frequencies import share_of_articles
from corpus.text.names import names_told
from corpus.text.words import counted, words_of

# Of the heaviest words, so many keep same-event recall near that of all of them.
SIGNATURE_LENGTH = 45
# How many articles the background counts for: it fades as the corpus grows beyond it.
BACKGROUND_ARTICLES = 50
_INSERT_TERM = """
    INSERT INTO corpus_signatureterm (article_id, term_id, weight) VALUES (%s, %s, %s)
"""


class Rarity(NamedTuple):
    """The key of a Term, and how much the word counts where it stands."""

    term_id: int
    value: float


def sign(version: ArticleVersion, words: Sequence[str]) -> None:
    """Store what `version`, with the folded `words`, is about; its words are counted once."""
    before = Signature.objects.select_related("version").filter(article=version.article).first()
    if before is None or before.version_id != version.id:
        if before is not None:
            take_article(counted(words_of(before.version.text)))
        counts = add_articles(dict.fromkeys(counted(words), 1))
        names = names_told(version.text)
        Signature.objects.update_or_create(
            article=version.article, defaults={"version": version, "names": names}
        )
    else:
        counts = counts_of(list(counted(words)))
    _weigh(version, words, counts, Signature.objects.count())


def sign_first(texts: Sequence[tuple[ArticleVersion, CutText]]) -> None:
    """Do what `sign` does for first texts of new articles, of which nothing is stored."""
    times = [cut.times for _, cut in texts]
    counts = add_articles(Counter(chain.from_iterable(times)))
    Signature.objects.bulk_create(
        Signature(article=version.article, version=version, names=cut.names)
        for version, cut in texts
    )
    rarities = rarities_of(counts, Signature.objects.count())
    versions = (version for version, _ in texts)
    _keep_weights(zip(versions, (weighed(one, rarities) for one in times), strict=True))


def refresh_signature(version: ArticleVersion, corpus_size: int) -> None:
    """Weigh the words of `version` again, against how frequent they have become."""
    words = words_of(version.text)
    _weigh(version, words, counts_of(list(counted(words))), corpus_size)


def forget_counts() -> None:
    """Remove all signatures and counts, to build them anew."""
    SignatureTerm.objects.all().delete()
    Signature.objects.all().delete()
    Term.objects.all().delete()


def rarities_of(counts: Mapping[str, Count], corpus_size: int) -> dict[str, Rarity]:
    """Return how rare each word of `counts` is in a corpus of so many articles.

    It is the inverse document frequency over the corpus and its background together.
    """
    whole = BACKGROUND_ARTICLES + corpus_size + 1
    return {
        word: Rarity(
            term, math.log(whole / (BACKGROUND_ARTICLES * share_of_articles(word) + articles))
        )
        for word, (term, articles) in counts.items()
    }


def weighed(times: Mapping[str, int], rarities: Mapping[str, Rarity]) -> list[tuple[int, float]]:
    """Return the heaviest words of a text with their weights, as keys of Term, heaviest first.

    `times` is what `counted` returns. The weights of all words are the sides of a unit vector.
    Words without a rarity, those of a text that was never indexed, are left out.
    """
    found = [
        (-(1 + math.log(often)) * rarity[1], word, rarity[0])
        for word, often in times.items()
        if (rarity := rarities.get(word)) is not None
    ]
    length = math.hypot(*(weight for weight, _, _ in found)) or 1.0
    return [(term, -weight / length) for weight, _, term in nsmallest(SIGNATURE_LENGTH, found)]


def _weigh(
    version: ArticleVersion, words: Sequence[str], counts: Mapping[str, Count], corpus_size: int
) -> None:
    SignatureTerm.objects.filter(article_id=version.article_id).delete()
    _keep_weights([(version, weighed(counted(words), rarities_of(counts, corpus_size)))])


def _keep_weights(found: Iterable[tuple[ArticleVersion, Sequence[tuple[int, float]]]]) -> None:
    """Store the weights without making an object of each, which takes six times as long.

    They go in the order of the index of terms, which is the largest.
    """
    rows = sorted(_rows(found), key=itemgetter(1))
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT_TERM, rows)


def _rows(
    found: Iterable[tuple[ArticleVersion, Sequence[tuple[int, float]]]],
) -> Iterator[tuple[Any, int, float]]:
    column = SignatureTerm._meta.get_field("article")
    for version, weights in found:
        article = column.get_db_prep_save(version.article_id, connection)
        yield from ((article, term, weight) for term, weight in weights)
