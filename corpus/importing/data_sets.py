"""Data sets among the files that hold many sources: their first records, and their columns."""

from itertools import islice

from corpus.importing.columns import Column, columns_in
from corpus.importing.containers import members_of
from corpus.importing.formats import format_of

LOOKED_AT = 30
"""So many records tell which columns there are."""


def is_data_set(raw: bytes, name: str) -> bool:
    """Say whether a file that holds many sources is one whose columns can be said."""
    return format_of(raw, name) in {"json", "csv"}


def first_records(raw: bytes, name: str, count: int = LOOKED_AT) -> list[bytes]:
    """Return the first records of a data set that can be read, at most `count`."""
    members = members_of(raw, name) or iter(())
    sound = (member.content for member in members if member.refusal is None)
    return list(islice(sound, count))


def first_columns(raw: bytes, name: str) -> list[Column]:
    """Return the columns of a data set, as its first records have them."""
    return columns_in(first_records(raw, name))
