"""The index in PostgreSQL: a tsvector made from our own words, keyed like SearchEntry.

Words are given as a literal with positions and weights, so that no dictionary of the
server changes them. Source: PostgreSQL manual 8.11 and 12.3.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import BooleanField, FloatField
from django.db.models.expressions import RawSQL

from corpus.search.indexed import WEIGHTS, IndexedWords
from corpus.search.query import Query, Term

# The last position a tsvector can hold.
_LAST_POSITION = 16_383
# Words between two fields, so that no phrase reaches from one into the next.
_FIELD_GAP = 50


class PostgresEngine:
    """Full-text search by tsvector, ranked by ts_rank."""

    def write(self, rows: Iterable[IndexedWords]) -> None:
        """Store the words of entries that have none yet."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO corpus_search_words (rowid, words) VALUES (%s, %s::tsvector)",
                [(row.entry_id, _vector_text(row)) for row in rows],
            )

    def erase(self, entry_ids: Sequence[int]) -> None:
        """Remove the words of these entries."""
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM corpus_search_words WHERE rowid = ANY(%s)", [list(entry_ids)]
            )

    def matches(self, query: Query) -> RawSQL:
        """Return the condition that an entry answers `query`."""
        return RawSQL(
            "corpus_search_words.words @@ %s::tsquery", [_query_text(query)], BooleanField()
        )

    def rank(self, query: Query) -> RawSQL:
        """Return how well an entry answers `query`; long texts count for less, as in bm25."""
        body, about, heading = (weight / max(WEIGHTS) for weight in reversed(WEIGHTS))
        return RawSQL(
            "ts_rank(ARRAY[%s, %s, %s, %s]::real[], corpus_search_words.words, %s::tsquery, 1)",
            [body, body, about, heading, _query_text(query)],
            FloatField(),
        )


def _vector_text(row: IndexedWords) -> str:
    """Return the tsvector literal: 'word':1A,7 for each word with its places."""
    places: dict[str, list[str]] = defaultdict(list)
    position = 0
    for words, weight in ((row.heading, "A"), (row.about, "B"), (row.body, "D")):
        for word in words:
            position = min(position + 1, _LAST_POSITION)
            places[word].append(f"{position}{weight}")
        position += _FIELD_GAP
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


def _query_text(query: Query) -> str:
    """Return the tsquery literal; folded words hold no quote and no backslash."""
    parts = [_term_text(term) for term in query.wanted]
    parts += [f"!{_term_text(term)}" for term in query.unwanted]
    return " & ".join(parts)


def _term_text(term: Term) -> str:
    words = [f"'{word}'" for word in term.words]
    if term.is_prefix:
        words[-1] += ":*"
    return "(" + " <-> ".join(words) + ")"
