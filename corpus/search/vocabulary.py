"""The words of the corpus with the number of articles that hold them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from django.db import connection
from django.db.models import F

from corpus.models import Term
from corpus.permissions import Viewer
from corpus.search.answering import ARTICLES
from corpus.search.find import count
from corpus.search.query import parse

# Words that may differ so much from what was typed; source: symspellpy's usual distance.
_MOST_EDITS = 2
# Shorter words have too many neighbours.
_SHORTEST = 3
_MOST_NEAREST = 4
_NEAREST_OF_EACH = 2
# A statement takes so many values on either database.
_WORDS_A_STATEMENT = 5_000


class Count(NamedTuple):
    """A word of the corpus: the key of its Term and how many articles hold it."""

    term_id: int
    articles: int


def add_articles(words: Mapping[str, int]) -> dict[str, Count]:
    """Count for each of `words` so many articles more as it says; return them.

    Written in one statement, so that two imports at once both count, and sorted, so that
    they never wait for each other in a circle.
    """
    counted: dict[str, Count] = {}
    ordered = sorted(words.items())
    with connection.cursor() as cursor:
        for first in range(0, len(ordered), _WORDS_A_STATEMENT):
            part = ordered[first : first + _WORDS_A_STATEMENT]
            rows = ", ".join(["(%s, %s)"] * len(part))
            cursor.execute(
                f"INSERT INTO corpus_term (word, articles) VALUES {rows}"  # noqa: S608 - placeholders
                " ON CONFLICT (word) DO UPDATE"
                " SET articles = corpus_term.articles + excluded.articles"
                " RETURNING word, id, articles",
                list(chain.from_iterable(part)),
            )
            counted.update((word, Count(key, held)) for word, key, held in cursor.fetchall())
    return counted


def take_article(words: Iterable[str]) -> None:
    """Count one article fewer for each of `words`; nobody else counts until the commit."""
    ordered = sorted(set(words))
    for first in range(0, len(ordered), _WORDS_A_STATEMENT):
        rows = Term.objects.filter(word__in=ordered[first : first + _WORDS_A_STATEMENT])
        rows.update(articles=F("articles") - 1)


def counts_of(words: Sequence[str]) -> dict[str, Count]:
    """Return those of `words` that the corpus holds."""
    counted: dict[str, Count] = {}
    for first in range(0, len(words), _WORDS_A_STATEMENT):
        part = words[first : first + _WORDS_A_STATEMENT]
        rows = Term.objects.filter(word__in=part).values_list("word", "id", "articles")
        counted.update((word, Count(*count)) for word, *count in rows.order_by())
    return counted


def nearest_terms(viewer: Viewer, typed: str) -> list[str]:
    """Return words like those typed that do find something for `viewer`, nearest first."""
    found: dict[str, None] = {}
    for word in (word for term in parse(typed).wanted for word in term.words):
        found.update(dict.fromkeys(_alike(word)))
    shown = [word for word in found if count(viewer, ARTICLES, word)]
    return shown[:_MOST_NEAREST]


def _alike(word: str) -> Sequence[str]:
    """Return words of the corpus that are spelt much like `word`, most alike first."""
    # Read only where nothing was found: the library is no small one.
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

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
