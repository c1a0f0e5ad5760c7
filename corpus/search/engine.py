"""The full-text index of the database at hand, behind one interface.

The words of the index are folded already (corpus.text.words) and joined by spaces, so both
databases find the same; what differs between them stands in sqlite.py and postgres.py.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import connection
from django.db.models.expressions import RawSQL

from corpus.search.indexed import IndexedWords
from corpus.search.query import Query


class Engine(Protocol):
    """What a database has to offer. Writes are made inside a service's transaction.

    Conditions and ranks stand in a query whose first table is SearchWords.
    """

    def write(self, rows: Iterable[IndexedWords]) -> None:
        """Store the words of entries that have none yet."""

    def erase(self, entry_ids: Sequence[int]) -> None:
        """Remove the words of these entries."""

    def matches(self, query: Query) -> RawSQL:
        """Return the condition that an entry answers `query`, which wants something."""

    def rank(self, query: Query) -> RawSQL:
        """Return how well an entry answers `query`; more is better."""


def engine() -> Engine:
    """Return the engine of the database in use."""
    if connection.vendor == "postgresql":
        from corpus.search.postgres import PostgresEngine

        return PostgresEngine()
    from corpus.search.sqlite import SqliteEngine

    return SqliteEngine()
