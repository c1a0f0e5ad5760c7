"""Keeping what apps add to each other's pages, by key and in order."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...

    @property
    def order(self) -> int: ...


Entry = TypeVar("Entry", bound=_Keyed)


class Registry(Generic[Entry]):
    """Entries by their key, in their order; adding a key again replaces the entry."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, entry: Entry) -> None:
        """Keep `entry`."""
        self._entries[entry.key] = entry

    def get(self, key: str) -> Entry | None:
        """Return the entry called `key`, or None."""
        return self._entries.get(key)

    def __iter__(self) -> Iterator[Entry]:
        return iter(sorted(self._entries.values(), key=lambda entry: entry.order))
