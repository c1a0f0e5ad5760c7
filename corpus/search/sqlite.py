"""The index in SQLite: an FTS5 table that holds its own words, keyed like SearchEntry.

It has no external content and no triggers: a later change of a Django table would drop
those silently. Source: sqlite.org/fts5.html.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import BooleanField, FloatField
from django.db.models.expressions import RawSQL

from corpus.search.indexed import WEIGHTS, IndexedWords
from corpus.search.query import Query, Term


class SqliteEngine:
    """Full-text search by FTS5, ranked by bm25."""

    def write(self, rows: Iterable[IndexedWords]) -> None:
        """Store the words of entries that have none yet."""
        values = [
            (row.entry_id, " ".join(row.heading), " ".join(row.about), " ".join(row.body))
            for row in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO corpus_search_words (rowid, heading, about, body)"
                " VALUES (%s, %s, %s, %s)",
                values,
            )

    def erase(self, entry_ids: Sequence[int]) -> None:
        """Remove the words of these entries."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "DELETE FROM corpus_search_words WHERE rowid = %s",
                [(entry_id,) for entry_id in entry_ids],
            )

    def matches(self, query: Query) -> RawSQL:
        """Return the condition that an entry answers `query`."""
        return RawSQL("corpus_search_words MATCH %s", [_match_text(query)], BooleanField())

    def rank(self, query: Query) -> RawSQL:
        """Return how well an entry answers the query it is matched with."""
        return RawSQL("-bm25(corpus_search_words, %s, %s, %s)", list(WEIGHTS), FloatField())


def _match_text(query: Query) -> str:
    """Return the FTS5 expression; folded words hold no quote and no operator."""
    wanted = " AND ".join(_term_text(term) for term in query.wanted)
    if not query.unwanted:
        return wanted
    unwanted = " OR ".join(_term_text(term) for term in query.unwanted)
    return f"({wanted}) NOT ({unwanted})"


def _term_text(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + (" *" if term.is_prefix else "")
