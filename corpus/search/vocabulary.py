"""The words of the corpus with the number of articles that hold them."""

from collections.abc import Iterable, Sequence

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from corpus.models import Term
from corpus.permissions import Viewer
from corpus.search.find import ARTICLES, count
from corpus.search.query import parse

# Words that may differ so much from what was typed; source: symspellpy's usual distance.
_MOST_EDITS = 2
# Shorter words have too many neighbours.
_SHORTEST = 3
_MOST_NEAREST = 4
_NEAREST_OF_EACH = 2


def add_articles(words: Iterable[str], change: int) -> None:
    """Count one article more (`change` 1) or fewer (-1) for each of the distinct `words`.

    One statement, so that two imports at once both count; sorted, so that they never wait
    for each other in a circle.
    """
    rows = [(word, max(change, 0), change) for word in sorted(set(words))]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO corpus_term (word, articles) VALUES (%s, %s)"
            " ON CONFLICT (word) DO UPDATE SET articles = corpus_term.articles + %s",
            rows,
        )


def nearest_terms(viewer: Viewer, typed: str) -> list[str]:
    """Return words like those typed that do find something for `viewer`, nearest first."""
    found: dict[str, None] = {}
    for word in (word for term in parse(typed).wanted for word in term.words):
        found.update(dict.fromkeys(_alike(word)))
    shown = [word for word in found if count(viewer, ARTICLES, word)]
    return shown[:_MOST_NEAREST]


def _alike(word: str) -> Sequence[str]:
    """Return words of the corpus that are spelt much like `word`, most alike first."""
    if len(word) < _SHORTEST:
        return []
    known = Term.objects.filter(word__startswith=word[0], articles__gt=0).values_list(
        "word", flat=True
    )
    near = process.extract(
        word,
        list(known),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=min(_MOST_EDITS, len(word) // 3),
        limit=_NEAREST_OF_EACH,
    )
    return [match for match, _, _ in near if match != word]
